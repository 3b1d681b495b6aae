/*
 * Records travel columnar: one array per field, under ordinary content encoding. Like stands beside like, which is what a
 * compressor wants. Source of the choice: DESIGN, section 4; the figures are printed by the benchmark.
 */
import type { AnyKept } from '../book/decide.ts';

/** The records of one kind. Every column is as long as `ids`; a field that no record has is no column. */
export type Columns = {
  readonly kind: string;
  readonly ids: readonly string[];
  readonly versions: readonly number[];
  /** The scopes that occur, and for each record the place of its own among them. */
  readonly scopes: readonly string[];
  readonly scope: readonly number[];
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
  /** Where a record lacks a field that others have: the places of those records. JSON has no undefined. */
  readonly absent?: Readonly<Record<string, readonly number[]>>;
  /** Marks of corrections, by the place of the record. */
  readonly corrected?: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

export function toColumns(records: readonly AnyKept[]): Columns[] {
  const byKind = new Map<string, AnyKept[]>();
  for (const record of records) {
    const list = byKind.get(record.kind);
    if (list) list.push(record);
    else byKind.set(record.kind, [record]);
  }
  return [...byKind].map(([kind, list]) => columnsOf(kind, list));
}

function columnsOf(kind: string, records: readonly AnyKept[]): Columns {
  const scopes = [...new Set(records.map((record) => record.scope))];
  const place = new Map(scopes.map((scope, i) => [scope, i]));
  const names = new Set<string>();
  for (const record of records) for (const name of Object.keys(record.body as object)) names.add(name);
  const fields: Record<string, unknown[]> = {};
  const absent: Record<string, number[]> = {};
  for (const name of [...names].sort())
    fields[name] = records.map(({ body }, i) => {
      const value = (body as Record<string, unknown>)[name];
      if (value !== undefined) return value;
      absent[name] = [...(absent[name] ?? []), i];
      return null;
    });
  const corrected: Record<string, Readonly<Record<string, number>>> = {};
  records.forEach((record, i) => {
    if (record.corrected) corrected[i] = record.corrected;
  });
  return {
    kind,
    ids: records.map((record) => record.id),
    versions: records.map((record) => record.version),
    scopes,
    scope: records.map((record) => place.get(record.scope) as number),
    fields,
    ...(Object.keys(absent).length > 0 && { absent }),
    ...(Object.keys(corrected).length > 0 && { corrected }),
  };
}

export function fromColumns(columns: readonly Columns[]): AnyKept[] {
  const records: AnyKept[] = [];
  for (const { kind, ids, versions, scopes, scope, fields, absent, corrected } of columns) {
    const entries = Object.entries(fields);
    const missing = new Map(Object.entries(absent ?? {}).map(([name, places]) => [name, new Set(places)]));
    ids.forEach((id, i) => {
      const body: Record<string, unknown> = {};
      for (const [name, column] of entries) if (!missing.get(name)?.has(i)) body[name] = column[i];
      const marks = corrected?.[i];
      records.push({
        id,
        kind,
        scope: scopes[scope[i] as number] as string,
        version: versions[i] as number,
        body,
        ...(marks && { corrected: marks }),
      });
    });
  }
  return records;
}
