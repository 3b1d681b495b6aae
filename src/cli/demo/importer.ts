import type { Instant } from '../../kernel/plain-date.ts';
import { ownSeat } from '../../platform/access/server/gate.ts';
import type { SentLine } from '../../platform/book/line.ts';
import { pushLines } from '../../platform/sync/server/push.ts';
import type { OfficeServer } from '../../server/office-server.ts';

const linesInOnePush = 500;

/** Writes an office's book from a list, in order, through the same door as everybody else. */
export class Importer {
  readonly #server: OfficeServer;
  readonly #office: number;
  readonly #seat: number;
  #line: number;
  #waiting: SentLine[] = [];
  #clock: Instant;

  private constructor(server: OfficeServer, office: number, seat: number, line: number, clock: Instant) {
    this.#server = server;
    this.#office = office;
    this.#seat = seat;
    this.#line = line;
    this.#clock = clock;
  }

  static async open(server: OfficeServer, office: number, clock: Instant): Promise<Importer> {
    const { seat, lastLine } = await ownSeat(server.app, office, 'import');
    return new Importer(server, office, seat, lastLine, clock);
  }

  /** The moment at which the following lines happened. */
  at(clock: Instant): void {
    this.#clock = clock;
  }

  /** Adds a line and answers the id of the first record it makes; the second's is that id and `.2`. */
  say(command: string, input: unknown): string {
    this.#line += 1;
    const shape = this.#server.registers.commands.get(command)?.upgrades.length ?? 0;
    this.#waiting.push({ line: this.#line, command, shape, input, at: this.#clock, grants: 0 });
    return `${this.#seat}-${this.#line}`;
  }

  /** Writes, when enough for one push waits: a book of any size is written without ever being held whole. */
  async flushWhenFull(): Promise<void> {
    if (this.#waiting.length >= linesInOnePush) await this.flush();
  }

  /** Writes what waits. Throws when a line was refused: an import that is half right is wrong. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting.splice(0, linesInOnePush);
      const { answers } = await pushLines(this.#server, this.#office, this.#seat, lines);
      const refused = answers.find(({ state }) => state === 'refused' || state === 'waiting');
      if (refused) throw new Error(`line ${refused.line} was refused: ${JSON.stringify(refused)}`);
    }
  }
}
