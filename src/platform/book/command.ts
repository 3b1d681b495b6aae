import type { ZodMiniType } from 'zod/mini';
import type { EntryId, OrganizationId, RecordId } from '../../kernel/ids.ts';
import type { Instant, PlainDate } from '../../kernel/plain-date.ts';
import type { Params, Result } from '../../kernel/result.ts';
import type { Actor } from '../access/role.ts';
import type { AnyKind, Kept, Kind } from './kind.ts';
import type { Rule } from './rule.ts';

/** What a command asks to read: a record by its id, or a page of a declared index. */
export type Lookup =
  | { readonly kind: AnyKind; readonly id: RecordId; readonly optional?: boolean }
  | { readonly kind: AnyKind; readonly index: string; readonly key: string };

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

/** What the reads answered. Asking for a page that `reads` did not name is a bug and throws. */
export type Pages = {
  readonly get: <T>(kind: Kind<T>, id: RecordId) => Kept<T>;
  /** Undefined when there is none, or when it was not read yet in this round. */
  readonly maybe: <T>(kind: Kind<T>, id: RecordId) => Kept<T> | undefined;
  readonly page: <T>(kind: Kind<T>, index: string, key: string) => readonly Kept<T>[];
  readonly rule: <T>(rule: Rule<T>) => T;
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
  | {
      readonly do: 'flag';
      readonly code: string;
      readonly params: Params;
      readonly about: RecordId;
      readonly owner: OrganizationId;
    };

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
  readonly reads: (input: Input, pages: Pages, actor: Actor) => readonly Lookup[];
  readonly mayRun: (actor: Actor, pages: Pages, input: Input) => boolean;
  readonly decide: (pages: Pages, input: Input, occasion: Occasion) => Result<readonly Change[], Code>;
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
