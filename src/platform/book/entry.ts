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

/**
 * What an erasure has left of an entry: the hash of the line that was sent, and each change with its own salt or, where its words were
 * taken, by its hash. The hashes are null in an entry that was hashed in one piece, as the first ones were.
 */
export type Remains = {
  readonly line: string | null;
  readonly changes: readonly (
    | { readonly salt: string; readonly change: EntryChange }
    | { readonly kind: string; readonly id: RecordId; readonly hash: string | null }
  )[];
};

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
  /** Null once somebody in it was erased. */
  readonly body: EntryBody | null;
  readonly salt: string;
  readonly bodyHash: string;
  readonly hash: string;
  readonly remains?: Remains | null;
};

/** The changes of which an entry still has the words. */
export function changesIn({ body, remains }: Pick<Entry, 'body' | 'remains'>): readonly EntryChange[] {
  if (body !== null) return body.changes;
  return (remains?.changes ?? []).flatMap((part) => ('change' in part ? [part.change] : []));
}

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
 * Writes an entry's changes over records without deciding anything again. A page of which a change was erased is `unknown` from there
 * on: what it says can no longer be made from the entries, until it is removed.
 */
export function replay(
  { body, remains }: Pick<Entry, 'body' | 'remains'>,
  records: Map<string, AnyKept>,
  unknown: Set<string>,
): void {
  const parts = body === null ? (remains?.changes ?? []) : body.changes.map((change) => ({ change }));
  for (const part of parts)
    if ('change' in part) replayChange(part.change, records, unknown);
    else {
      records.delete(`${part.kind} ${part.id}`);
      unknown.add(`${part.kind} ${part.id}`);
    }
}

function replayChange(change: EntryChange, records: Map<string, AnyKept>, unknown: Set<string>): void {
  const key = `${change.kind} ${change.id}`;
  if (change.do === 'remove') {
    records.delete(key);
    unknown.delete(key);
  } else if (unknown.has(key)) return;
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
