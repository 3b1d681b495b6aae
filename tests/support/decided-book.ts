/* One office's book in memory that decides lines as phone and server do, for tests of rules: no store, no clock, no chance. */
import type { LineNumber, RecordId, SeatNumber } from '../../src/kernel/ids.ts';
import { reachOf } from '../../src/platform/access/reach.ts';
import type { Actor, Grant, Role } from '../../src/platform/access/role.ts';
import type { Registers } from '../../src/platform/book/command.ts';
import { type AnyKept, type Apart, type Decided, decideLine, type Shelf } from '../../src/platform/book/decide.ts';
import { type Cell, cellsOf, sumCells } from '../../src/platform/book/figures.ts';
import type { Kept, Kind } from '../../src/platform/book/kind.ts';
import type { Line } from '../../src/platform/book/line.ts';
import { type FlagPage, flagKind } from '../../src/platform/book/notices.ts';

/** Who says it and when. Without grants an import speaks, who reaches everything. */
type Said = { readonly person?: string; readonly grants?: readonly Grant[]; readonly day?: string };

export function grant(role: Role, scope: RecordId): Grant {
  return { role, scope };
}

export class DecidedBook {
  readonly #registers: Registers;
  readonly records = new Map<string, AnyKept>();
  readonly apart: Apart[] = [];
  #cells: Cell[] = [];
  #line = 0;
  readonly seat: SeatNumber;

  constructor(registers: Registers, seat: SeatNumber = 7) {
    this.#registers = registers;
    this.seat = seat;
  }

  /** The line as it would be written, without deciding it. */
  line(command: string, input: unknown, day = '2026-11-24'): Line {
    this.#line += 1;
    const shape = this.#registers.commands.get(command)?.upgrades.length ?? 0;
    const at = Date.parse(`${day}T07:00:00Z`);
    return { seat: this.seat, line: this.#line as LineNumber, command, shape, input, at, grants: 0 };
  }

  /** Decides a line over the book and writes what it changes. */
  decide(line: Line, { grants, person = grants ? '1-1' : undefined }: Said = {}): Decided {
    const actor: Actor = {
      nature: person ? 'person' : 'import',
      seat: this.seat,
      office: 10,
      person: person ?? null,
      grants: grants ?? [],
    };
    const tree = this.tree();
    const outcome = decideLine(this.#registers, this.shelf(), line, {
      actor,
      reach: person ? reachOf(person, actor.grants, tree) : null,
    });
    if (outcome.state === 'to-confirm' || outcome.state === 'not-loaded')
      throw new Error(`${line.command} was not decided: ${outcome.state}`);
    for (const { kind, id, after, counts } of outcome.written) {
      if (after) this.records.set(`${kind} ${id}`, after);
      else this.records.delete(`${kind} ${id}`);
      this.#cells = sumCells([...this.#cells, ...counts]);
    }
    this.apart.push(...(outcome.apart ?? []));
    return outcome;
  }

  /** Says a line, whatever becomes of it; `id` is the first record that it makes when it is taken. */
  say(command: string, input: unknown, said: Said = {}): Decided & { readonly id: RecordId } {
    const line = this.line(command, input, said.day);
    return { ...this.decide(line, said), id: `${line.seat}-${line.line}` };
  }

  /** Says a line that must be taken, and answers the id of the first record that it makes. */
  made(command: string, input: unknown, said: Said = {}): RecordId {
    const { refusal, id } = this.say(command, input, said);
    if (refusal) throw new Error(`${command} was refused: ${JSON.stringify(refusal)}`);
    return id;
  }

  /** The code with which a line is refused, or null. */
  refusal(command: string, input: unknown, said: Said = {}): string | null {
    return this.say(command, input, said).refusal?.code ?? null;
  }

  get<T>(kind: Kind<T>, id: RecordId): Kept<T> {
    const kept = this.records.get(`${kind.kind} ${id}`);
    if (!kept) throw new Error(`there is no ${kind.kind} ${id}`);
    return kept as Kept<T>;
  }

  all<T>(kind: Kind<T>): Kept<T>[] {
    return [...this.records.values()].filter((kept) => kept.kind === kind.kind) as Kept<T>[];
  }

  /** Codes of the flags that stand beside a record; without one, of all. */
  flags(about?: RecordId): string[] {
    return this.all<FlagPage>(flagKind)
      .filter(({ body }) => about === undefined || body.about === about)
      .map(({ body }) => body.code);
  }

  /** The figures as they were counted line by line. */
  cells(): readonly Cell[] {
    return this.#cells;
  }

  /** The same figures from the records alone. */
  recount(): readonly Cell[] {
    return sumCells(
      cellsOf(
        [...this.records.values()].flatMap(({ kind, body }) => this.#registers.kinds.get(kind)?.measure(body) ?? []),
      ),
    );
  }

  tree(): Map<RecordId, RecordId | null> {
    const source = this.#registers.tree;
    const tree = new Map<RecordId, RecordId | null>();
    for (const { kind, id, body } of this.records.values())
      if (kind === source?.kind) tree.set(id, source.parent(body));
    return tree;
  }

  shelf(): Shelf {
    return {
      record: (kind, id) => this.records.get(`${kind} ${id}`) ?? 'none',
      page: (kind, index, key) => {
        const keysOf = this.#registers.kinds.get(kind)?.indexes[index];
        return [...this.records.values()].filter((kept) => kept.kind === kind && keysOf?.(kept.body).includes(key));
      },
      holders: (field, value) => {
        const now = new Map(this.apart.filter((held) => held.field === field).map((held) => [held.id, held.value]));
        return [...now].filter(([, held]) => held === value).map(([id]) => id);
      },
      rules: [],
      tree: this.tree(),
    };
  }
}
