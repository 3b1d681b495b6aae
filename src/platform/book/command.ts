import type { ZodMiniType } from 'zod/mini';
import type { EntryId, OfficeId, OrganizationId, PersonId, RecordId } from '../../kernel/ids.ts';
import type { Names } from '../../kernel/names.ts';
import type { Instant, PlainDate } from '../../kernel/plain-date.ts';
import type { Params, Result } from '../../kernel/result.ts';
import type { Actor } from '../access/role.ts';
import type { AnyKind, Kept, Kind } from './kind.ts';
import type { Rule } from './rule.ts';

/**
 * What a command asks to read: a record by its id, or a page of a declared index. A page `beyond` her reach may only be taken away:
 * a consent that is withdrawn takes a number with it that the writer herself never sees.
 */
export type Lookup =
  | { readonly kind: AnyKind; readonly id: RecordId; readonly optional?: boolean }
  | { readonly kind: AnyKind; readonly index: string; readonly key: string; readonly beyond?: boolean }
  | Held;

/** What follows a person when she moves: of every kind that says so, also what lies beyond the writer's reach. */
export type Following = { readonly following: PersonId };

/** Which records hold a value that is kept apart. A phone knows of none. */
export type Held = { readonly field: string; readonly value: string };

/** A page of an index holds at most this many records. */
export const pageLimit = 200;

export function read(kind: AnyKind, id: RecordId): Lookup {
  return { kind, id };
}

/** A record that need not exist: the decision copes without it. */
export function readIfAny(kind: AnyKind, id: RecordId): Lookup {
  return { kind, id, optional: true };
}

export function readIndex(kind: AnyKind, index: string, key: string): Lookup {
  return { kind, index, key };
}

/** A page of an index, with the records that lie beyond her reach: they may be taken away and nothing else. */
export function readBeyond(kind: AnyKind, index: string, key: string): Lookup {
  return { kind, index, key, beyond: true };
}

/** The pages that go along when a person moves. They may be moved with her and nothing else. */
export function readFollowing(person: PersonId): Following {
  return { following: person };
}

/** The records for which the server keeps the same value apart. */
export function readHolders(field: string, value: string): Lookup {
  return { field, value };
}

/** What the reads answered. Asking for a page that `reads` did not name is a bug and throws. */
export type Pages = {
  readonly get: <T>(kind: Kind<T>, id: RecordId) => Kept<T>;
  /** Undefined when there is none, or when it was not read yet in this round. */
  readonly maybe: <T>(kind: Kind<T>, id: RecordId) => Kept<T> | undefined;
  readonly page: <T>(kind: Kind<T>, index: string, key: string) => readonly Kept<T>[];
  readonly rule: <T>(rule: Rule<T>) => T;
  /** Ids of records that hold the same value apart; none on a phone. */
  readonly holders: (field: string, value: string) => readonly RecordId[];
};

/** When, by whom and under which number a line is decided. The same on phone and server. */
export type Occasion = {
  readonly entry: EntryId;
  readonly actor: Actor;
  /** The phone's moment, and the day it was in Sindh. */
  readonly at: Instant;
  readonly on: PlainDate;
  /** The id that the nth created record (from 1) will get. */
  readonly id: (nth: number) => RecordId;
};

/** What a decision does to the book. */
export type Change =
  | { readonly do: 'create'; readonly kind: AnyKind; readonly body: unknown }
  | { readonly do: 'update'; readonly kind: AnyKind; readonly id: RecordId; readonly body: unknown }
  | {
      readonly do: 'correct';
      readonly kind: AnyKind;
      readonly id: RecordId;
      readonly fields: object;
      readonly saw: number;
    }
  | { readonly do: 'remove'; readonly kind: AnyKind; readonly id: RecordId }
  | { readonly do: 'arrive'; readonly kind: AnyKind; readonly id: RecordId; readonly body: unknown }
  | {
      readonly do: 'flag';
      readonly code: string;
      readonly params: Params;
      readonly about: RecordId;
      readonly owner: OrganizationId;
    }
  | { readonly do: 'take-along'; readonly person: PersonId; readonly move: Move }
  | { readonly do: 'depart'; readonly departure: Departing }
  | { readonly do: 'keep-apart'; readonly id: RecordId; readonly field: string; readonly value: string | null };

/**
 * From one organization to another of the same office. `under` is the one above `to` where the tree does not say so yet: because the
 * line itself forms `to`, or moves it.
 */
export type Move = { readonly from: OrganizationId; readonly to: OrganizationId; readonly under?: OrganizationId };

/** What has gone where, for those whom it left. */
export type Departing = {
  readonly about: RecordId;
  readonly kind: 'person' | 'household' | 'organization';
  readonly names: Names;
  readonly from: OrganizationId;
  /** Null where it goes to another office, which is then named. */
  readonly to: OrganizationId | null;
  readonly office?: { readonly office: OfficeId; readonly names: Names };
};

/** What follows a person goes to whoever keeps it where she is now: her CO's pages to her new CO, her VO's to her new VO. */
export function takeAlong(person: PersonId, move: Move): Change {
  return { do: 'take-along', person, move };
}

/** Leaves a page that says where it went. The platform writes into it every page that the line moves. */
export function depart(departure: Departing): Change {
  return { do: 'depart', departure };
}

export function create<T>(kind: Kind<T>, body: T): Change {
  return { do: 'create', kind, body };
}

/** Replaces a body with one made from the body that was read. */
export function update<T>(kind: Kind<T>, id: RecordId, body: T): Change {
  return { do: 'update', kind, id, body };
}

/** Carries only the fields it changes and the version it saw: different fields merge, the same field twice is flagged. */
export function correct<T>(kind: Kind<T>, id: RecordId, fields: Partial<T>, saw: number): Change {
  return { do: 'correct', kind, id, fields: fields as object, saw };
}

export function remove<T>(kind: Kind<T>, id: RecordId): Change {
  return { do: 'remove', kind, id };
}

/** What happened is written even when it breaks a rule; the flag stands beside it until its owner settles it. */
export function flag(code: string, params: Params, about: RecordId, owner: OrganizationId): Change {
  return { do: 'flag', code, params, about, owner };
}

/** A page that comes from another office's book keeps the id it was made under. */
export function arrive<T>(kind: Kind<T>, id: RecordId, body: T): Change {
  return { do: 'arrive', kind, id, body };
}

/**
 * The server keeps a value apart, sealed, beside a keyed hash by which a second one like it is found; null takes it away. It stands in
 * no record, no entry and no answer. A phone does nothing.
 */
export function keepApart(id: RecordId, field: string, value: string | null): Change {
  return { do: 'keep-apart', id, field, value };
}

/** One step that turns an older phone's input into the next version's. Never edited once released. */
export type Upgrade = (input: unknown) => unknown;

/** One thing a person does. Decided on her phone and again on the server by the same function. */
export type Command<Input, Code extends string = string> = {
  /** `blood-donors.enlist`: the register, and an imperative. */
  readonly name: `${string}.${string}`;
  /** A decision may be refused. A witness says what happened and is refused only for form, authority or replay. */
  readonly nature: 'decision' | 'witness';
  readonly input: ZodMiniType<Input>;
  readonly upgrades: readonly Upgrade[];
  /** Asked up to three times, each time with what the round before answered. */
  readonly reads: (input: Input, pages: Pages, actor: Actor) => readonly (Lookup | Following)[];
  readonly mayRun: (actor: Actor, pages: Pages, input: Input) => boolean;
  readonly decide: (pages: Pages, input: Input, occasion: Occasion) => Result<readonly Change[], Code>;
  /**
   * Fields of the input that no book may hold, and what stays of each. A line is emptied of them before it is hashed and written, and
   * on its phone as soon as it is answered. `decide` must give the same for the emptied line: it may be offered again after a restore.
   */
  readonly secret?: Readonly<Record<string, (value: unknown) => unknown>>;
};

// biome-ignore lint/suspicious/noExplicitAny: a list of commands holds commands of different inputs; `decideLine` parses before it calls.
export type AnyCommand = Command<any>;

/** Declares a command; only fills in what most commands leave empty. */
export function command<Input, Code extends string>(
  declaration: Omit<Command<Input, Code>, 'upgrades' | 'reads'> &
    Partial<Pick<Command<Input, Code>, 'upgrades' | 'reads'>>,
): Command<Input, Code> {
  return { upgrades: [], reads: () => [], ...declaration };
}

/** What the platform must know of a register. */
export type Register = {
  /** `blood-donors` */
  readonly name: string;
  readonly kinds: readonly AnyKind[];
  readonly commands: readonly AnyCommand[];
  readonly rules?: readonly Rule<unknown>[];
  /** The one register that knows which organization stands below which. */
  readonly tree?: TreeSource;
};

/** Where the platform reads an office's organizations: the kind, and the parent a record names (null at the root). */
export type TreeSource = { readonly kind: string; readonly parent: (body: unknown) => OrganizationId | null };

/** All registers of an installation, by name of kind and of command. */
export type Registers = {
  readonly kinds: ReadonlyMap<string, AnyKind>;
  readonly commands: ReadonlyMap<string, AnyCommand>;
  readonly tree: TreeSource | null;
};

export function registersOf(registers: readonly Register[]): Registers {
  const kinds = new Map<string, AnyKind>();
  const commands = new Map<string, AnyCommand>();
  let tree: TreeSource | null = null;
  for (const register of registers) {
    tree = register.tree ?? tree;
    for (const kind of register.kinds) {
      if (kinds.has(kind.kind)) throw new Error(`two kinds are called ${kind.kind}`);
      kinds.set(kind.kind, kind);
    }
    for (const command of register.commands) {
      if (commands.has(command.name)) throw new Error(`two commands are called ${command.name}`);
      commands.set(command.name, command);
    }
  }
  return { kinds, commands, tree };
}
