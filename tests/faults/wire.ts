/*
 * A wire between the server and its PostgreSQL, so that production code needs no hooks: it reads what the server says, and at a named
 * moment does what a fault does (somebody is killed, a cable is cut).
 *
 *   server ── message ──► wire ──► PostgreSQL          before: the message has not been passed on
 *          ◄── answer ───      ◄──                     after:  PostgreSQL has answered, and the server has not heard it
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export type Moment = {
  /** What the statement says. */
  readonly statement: RegExp;
  readonly when: 'before' | 'after';
  /** Only on a connection that has said this in its transaction: other transactions commit too. */
  readonly having?: RegExp;
};

export class Wire {
  #server: Server | null = null;
  readonly #upstream: { host: string; port: number };
  #moment: { readonly moment: Moment; readonly act: () => void | Promise<void> } | null = null;
  readonly #sockets = new Set<Socket>();
  /** How many statements the server has sent, and where to cut the cable, if anywhere. */
  statements = 0;
  cutAt = Number.POSITIVE_INFINITY;
  port = 0;

  constructor(port: number) {
    this.#upstream = { host: '127.0.0.1', port };
  }

  static async lay(port: number): Promise<Wire> {
    const wire = new Wire(port);
    const server = createServer((socket) => wire.#join(socket));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    wire.#server = server;
    const address = server.address();
    wire.port = typeof address === 'object' && address ? address.port : 0;
    return wire;
  }

  /** Resolves when the moment has come and the fault was done. */
  arm(moment: Moment, act: () => void | Promise<void>): Promise<void> {
    return new Promise((done, fail) => {
      this.#moment = {
        moment,
        act: async () => {
          try {
            await act();
            done();
          } catch (error) {
            fail(error as Error);
          }
        },
      };
    });
  }

  /** Everything that is connected is cut. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.#server?.close(done));
  }

  #join(client: Socket): void {
    const backend = connect(this.#upstream);
    for (const socket of [client, backend]) {
      // A message at a time, as the server sent them: waiting for company would make each take 40 ms.
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        backend.destroy();
      });
    }
    let started = false;
    let saidBefore = '';
    let asked: Buffer = Buffer.alloc(0);
    let held: Buffer | null = null;
    let awaiting: (() => void | Promise<void>) | null = null;

    client.on('data', (chunk: Buffer) => {
      asked = asked.length > 0 ? Buffer.concat([asked, chunk]) : chunk;
      for (;;) {
        // The first message has no letter.
        const head = started ? 1 : 0;
        if (asked.length < head + 4) return;
        const length = asked.readUInt32BE(head) + head;
        if (asked.length < length) return;
        const message = asked.subarray(0, length);
        asked = asked.subarray(length);
        const said = started ? statementOf(message) : null;
        started = true;
        if (said !== null) {
          this.statements += 1;
          if (this.statements > this.cutAt) {
            this.cut();
            return;
          }
          const armed = this.#moment;
          const { statement, having } = armed?.moment ?? {};
          if (armed && statement?.test(said) && (!having || having.test(saidBefore))) {
            this.#moment = null;
            if (armed.moment.when === 'before') {
              void armed.act();
              return;
            }
            held = Buffer.alloc(0);
            awaiting = armed.act;
          }
          saidBefore = /^(COMMIT|ROLLBACK)/.test(said) ? '' : `${saidBefore}\n${said}`.slice(-50_000);
        }
        backend.write(message);
      }
    });
    backend.on('data', (chunk: Buffer) => {
      if (held === null) {
        client.write(chunk);
        return;
      }
      // Until PostgreSQL says that it is ready, the answer is not whole.
      held = Buffer.concat([held, chunk]);
      if (!endsReady(held)) return;
      const act = awaiting;
      awaiting = null;
      void act?.();
    });
  }
}

function statementOf(message: Buffer): string | null {
  const letter = String.fromCharCode(message[0] ?? 0);
  if (letter === 'Q') return message.subarray(5, message.length - 1).toString('utf8');
  if (letter !== 'P') return null;
  const name = message.indexOf(0, 5);
  return message.subarray(name + 1, message.indexOf(0, name + 1)).toString('utf8');
}

function endsReady(answer: Buffer): boolean {
  let at = 0;
  let letter = 0;
  while (at + 5 <= answer.length) {
    letter = answer[at] ?? 0;
    at += 1 + answer.readUInt32BE(at + 1);
  }
  return at === answer.length && letter === 'Z'.charCodeAt(0);
}
