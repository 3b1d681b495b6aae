/* One office's book in memory, decided by the real decider and nothing else: for rules that are spoken through commands. */
import type { PlainDate } from '../../src/kernel/plain-date.ts';
import { reachOf } from '../../src/platform/access/reach.ts';
import type { Grant, Role } from '../../src/platform/access/role.ts';
import { type Register, registersOf } from '../../src/platform/book/command.ts';
import { type AnyKept, type Decided, decideLine, type Shelf } from '../../src/platform/book/decide.ts';
import { type Cell, cellsOf, sumCells } from '../../src/platform/book/figures.ts';
import type { Kept, Kind } from '../../src/platform/book/kind.ts';
import { type FlagPage, flagKind } from '../../src/platform/book/notices.ts';

type Saying = { readonly on?: PlainDate; readonly as?: readonly Grant[]; readonly person?: string };

export class PaperBook {
  readonly #registers;
  readonly #records = new Map<string, AnyKept>();
  #cells: Cell[] = [];
  #line = 0;

  constructor(registers: readonly Register[]) {
    this.#registers = registersOf(registers);
  }

  /** Says a command on a day, as an import unless roles are given. */
  try(
    command: string,
    input: unknown,
    { on = '2026-11-24', as, person = '1-1' }: Saying = {},
  ): Decided & { readonly id: string } {
    this.#line += 1;
    const at = Date.parse(`${on}T06:00:00Z`);
    const line = { seat: 7, line: this.#line, command, shape: 0, input, at, grants: 0 };
    const shared = { seat: 7, office: 10 } as const;
    const tree = this.#tree();
    const speaker = as
      ? { actor: { ...shared, nature: 'person' as const, person, grants: as }, reach: reachOf(person, as, tree) }
      : { actor: { ...shared, nature: 'import' as const, person: null, grants: [] }, reach: null };
    const outcome = decideLine(this.#registers, this.#shelf(tree), line as never, speaker);
    if (!('written' in outcome)) throw new Error(`${command}: ${outcome.state}`);
    for (const { kind, id, after, counts } of outcome.written) {
      if (after) this.#records.set(`${kind} ${id}`, after);
      else this.#records.delete(`${kind} ${id}`);
      this.#cells = sumCells([...this.#cells, ...counts]);
    }
    return { ...outcome, id: `7-${this.#line}` };
  }

  /** Says what must not be refused, and answers the id of the first record it makes. */
  say(command: string, input: unknown, saying?: Saying): string {
    const said = this.try(command, input, saying);
    if (said.refusal)
      throw new Error(`${command} was refused: ${said.refusal.code} ${JSON.stringify(said.refusal.params)}`);
    return said.id;
  }

  /** The code with which it is refused, or null. */
  refusal(command: string, input: unknown, saying?: Saying): string | null {
    return this.try(command, input, saying).refusal?.code ?? null;
  }

  get<T>(kind: Kind<T>, id: string): T {
    const kept = this.#records.get(`${kind.kind} ${id}`);
    if (!kept) throw new Error(`there is no ${kind.kind} ${id}`);
    return kept.body as T;
  }

  all<T>(kind: Kind<T>): Kept<T>[] {
    return [...this.#records.values()].filter((record) => record.kind === kind.kind) as Kept<T>[];
  }

  flags(): readonly string[] {
    return this.all<FlagPage>(flagKind).map(({ body }) => body.code);
  }

  /** The figures as they were counted line by line. */
  cells(): readonly Cell[] {
    return this.#cells;
  }

  /** The same figures from the records alone. */
  recount(): readonly Cell[] {
    return sumCells(
      cellsOf(
        [...this.#records.values()].flatMap(({ kind, body }) => this.#registers.kinds.get(kind)?.measure(body) ?? []),
      ),
    );
  }

  #tree() {
    const { tree } = this.#registers;
    const found = new Map<string, string | null>();
    for (const { kind, id, body } of this.#records.values()) if (kind === tree?.kind) found.set(id, tree.parent(body));
    return found;
  }

  #shelf(tree: ReadonlyMap<string, string | null>): Shelf {
    return {
      record: (kind, id) => this.#records.get(`${kind} ${id}`) ?? 'none',
      page: (kind, index, key) =>
        [...this.#records.values()].filter(
          (record) =>
            record.kind === kind && this.#registers.kinds.get(kind)?.indexes[index]?.(record.body).includes(key),
        ),
      rules: [],
      tree,
    };
  }
}

export function grant(role: Role, scope: string): Grant {
  return { role, scope };
}
