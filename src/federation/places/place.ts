import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { fold } from '../../kernel/words.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { type Kept, kind } from '../../platform/book/kind.ts';

/*
 * Two trees that meet in the taluka and nowhere else. A village names its union council as parent and, where it is known, its deh.
 *
 *   province ─ division ─ district ─ taluka ─┬─ union council ─ village ─ settlement      people and their councils
 *                                            └─ circle ─ tapa ─ deh                       land and its revenue
 *
 * Source: docs/glossary.md#places. A settlement is the smallest place that has a name of its own.
 */
export const placeLevels = [
  'province',
  'division',
  'district',
  'taluka',
  'union-council',
  'village',
  'settlement',
  'circle',
  'tapa',
  'deh',
] as const;
export type PlaceLevel = (typeof placeLevels)[number];

/** Which levels may stand right above one. Divisions come and go, so a district may name its province itself. */
const above: Readonly<Record<PlaceLevel, readonly PlaceLevel[]>> = {
  province: [],
  division: ['province'],
  district: ['division', 'province'],
  taluka: ['district'],
  'union-council': ['taluka'],
  village: ['union-council'],
  settlement: ['village'],
  circle: ['taluka'],
  tapa: ['circle'],
  deh: ['tapa'],
};

export function standsUnder(level: PlaceLevel, parent: PlaceLevel): boolean {
  return above[level].includes(parent);
}

/** The official code, and the version of the list it is from: the same place had another code in another list. */
export const placeCodeShape = z.strictObject({
  value: z.string().check(z.minLength(1), z.maxLength(20)),
  list: z.string().check(z.minLength(1), z.maxLength(80)),
});

/** Where a place stood before, until the day it went to another parent. */
const formerShape = z.strictObject({ parent: z.nullable(idShape), until: dayShape });

export type Place = {
  readonly names: Names;
  readonly level: PlaceLevel;
  /** Null where this book does not keep what stands above. */
  readonly parent: string | null;
  /** The deh a village lies in: of the other tree, never its parent. */
  readonly deh?: string | null;
  readonly code: { readonly value: string; readonly list: string } | null;
  /** Other spellings: Kambar, Qambar. */
  readonly aliases: readonly string[];
  /** The organization whose book keeps it. */
  readonly owner: string;
  /** Parents it had, oldest first; each until the day the next one began. */
  readonly former?: readonly { readonly parent: string | null; readonly until: string }[];
  /** The day on which it ceased to be one; it stays for the records that name it. */
  readonly closedOn?: string | null;
};

export const placeKind = kind<Place>({
  kind: 'place',
  shape: z.object({
    names: namesShape,
    level: z.enum(placeLevels),
    parent: z.nullable(idShape),
    deh: z.optional(z.nullable(idShape)),
    code: z.nullable(placeCodeShape),
    aliases: z.array(z.string()),
    owner: idShape,
    former: z.optional(z.array(formerShape)),
    closedOn: z.optional(z.nullable(dayShape)),
  }) as never,
  seenBy: purposes.reference,
  stage: 0,
  scope: (place) => place.owner,
  indexes: { name: (place) => (isClosed(place) ? [] : nameKeys(place)) },
});

export function isClosed(place: Pick<Place, 'closedOn'>): boolean {
  return place.closedOn !== undefined && place.closedOn !== null;
}

/** Every spelling of a place under its parent, folded: a second place with one of these keys is probably the same. */
export function nameKeys({ names, aliases, parent }: Pick<Place, 'names' | 'aliases' | 'parent'>): readonly string[] {
  const spellings = [names.sd, names.ur, names.en, ...aliases].filter((name) => name !== null);
  return [...new Set(spellings.map((name) => `${parent ?? ''} ${fold(name)}`))];
}

/** What a place stood under on a day; null where nobody keeps it. */
export function parentOn(place: Pick<Place, 'parent' | 'former'>, on: string): string | null {
  const then = place.former?.find(({ until }) => on < until);
  return then ? then.parent : place.parent;
}

/** A place and those above it on a day, from itself upward, as far as they are known here. */
export function placeLine(from: string, on: string, find: (id: string) => Kept<Place> | undefined): Kept<Place>[] {
  const line: Kept<Place>[] = [];
  for (let at = find(from); at && !line.includes(at); ) {
    line.push(at);
    const up = parentOn(at.body, on);
    at = up === null ? undefined : find(up);
  }
  return line;
}
