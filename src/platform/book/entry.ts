import type {
  EntryId,
  LineNumber,
  OfficeId,
  OrganizationId,
  PersonId,
  RecordId,
  SeatNumber,
} from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/plain-date.ts';
import type { AnyKept, Decided, Written } from './decide.ts';
import type { Line } from './line.ts';

/** What an entry did to one record: a whole body when it was made, the fields that changed when it was changed. */
export type EntryChange =
  | {
      readonly do: 'create';
      readonly kind: string;
      readonly id: RecordId;
      readonly scope: OrganizationId;
      readonly body: unknown;
    }
  | {
      readonly do: 'update';
      readonly kind: string;
      readonly id: RecordId;
      readonly version: number;
      readonly scope: OrganizationId;
      readonly set: Readonly<Record<string, unknown>>;
      readonly unset: readonly string[];
    }
  | { readonly do: 'remove'; readonly kind: string; readonly id: RecordId };

/** A page that an entry changed. */
export type Touched = { readonly kind: string; readonly id: RecordId };

/** What the chain holds in the open. */
export type EntryHeader = {
  readonly office: OfficeId;
  /** Given by the server under the book's lock: 1, 2, 3 … */
  readonly sequence: number;
  readonly seat: SeatNumber;
  readonly line: LineNumber;
  readonly person: PersonId | null;
  readonly command: string | null;
  readonly state: Decided['state'];
  /** The phone's moment and the server's. Order never depends on the first. */
  readonly at: Instant;
  readonly receivedAt: Instant;
};

/** What the chain holds by its salted hash only, so that it can be erased. */
export type EntryBody = {
  readonly input: unknown;
  readonly shape: number;
  readonly grants: number;
  readonly refusal: Decided['refusal'];
  readonly changes: readonly EntryChange[];
};

export type Entry = EntryHeader & {
  readonly id: EntryId;
  /** Null once erased. */
  readonly body: EntryBody | null;
  readonly salt: string;
  readonly bodyHash: string;
  readonly hash: string;
  /** Of an erased entry: the pages that it changed. */
  readonly touched?: readonly Touched[] | null;
};

export function entryBodyOf(line: Line, decided: Decided): EntryBody {
  return {
    input: line.input,
    shape: line.shape,
    grants: line.grants,
    refusal: decided.refusal,
    changes: decided.written.map(entryChangeOf),
  };
}

function entryChangeOf({ kind, id, before, after }: Written): EntryChange {
  if (after === null) return { do: 'remove', kind, id };
  if (before === null) return { do: 'create', kind, id, scope: after.scope, body: after.body };
  const was = before.body as Record<string, unknown>;
  const is = after.body as Record<string, unknown>;
  const set: Record<string, unknown> = {};
  for (const field of Object.keys(is))
    if (JSON.stringify(is[field]) !== JSON.stringify(was[field])) set[field] = is[field];
  const unset = Object.keys(was).filter((field) => !(field in is));
  return { do: 'update', kind, id, version: after.version, scope: after.scope, set, unset };
}

/**
 * Writes an entry's changes over records without deciding anything again. What an erased entry changed is `unknown` from there on: what
 * it says can no longer be made from the entries, until it is removed.
 */
export function replay(
  { body, touched }: Pick<Entry, 'body' | 'touched'>,
  records: Map<string, AnyKept>,
  unknown: Set<string>,
): void {
  if (body === null) {
    for (const { kind, id } of touched ?? []) {
      records.delete(`${kind} ${id}`);
      unknown.add(`${kind} ${id}`);
    }
    return;
  }
  for (const change of body.changes) {
    const key = `${change.kind} ${change.id}`;
    if (change.do === 'remove') {
      records.delete(key);
      unknown.delete(key);
    } else if (unknown.has(key)) continue;
    else if (change.do === 'create') {
      const { id, kind, scope, body } = change;
      records.set(key, { id, kind, scope, version: 1, body });
    } else {
      const before = records.get(key);
      if (!before) throw new Error(`an entry changes ${key}, which no entry made`);
      const body = { ...(before.body as Record<string, unknown>), ...change.set };
      for (const field of change.unset) delete body[field];
      records.set(key, { ...before, scope: change.scope, version: change.version, body });
    }
  }
}
