import * as z from 'zod/mini';
import { toLatinDigits } from '../../kernel/digits.ts';
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
export type PlaceCode = z.infer<typeof placeCodeShape>;

/**
 * Where a place lies: degrees north and east in thousandths, some hundred metres. Finer would find a house, and a village is not one.
 * The bounds are Pakistan's.
 */
export const positionShape = z.strictObject({
  north: z.int().check(z.minimum(23_500), z.maximum(37_100)),
  east: z.int().check(z.minimum(60_800), z.maximum(77_900)),
});
export type Position = z.infer<typeof positionShape>;

/** Reads two numbers as a map writes them, north before east: `27.589, 68.001`. Null for anything else, and for a place outside Pakistan. */
export function parsePosition(text: string): Position | null {
  const found = /^\s*(\d{2}(?:\.\d+)?)\s*°?\s*N?\s*[,،;\s]\s*(\d{2}(?:\.\d+)?)\s*°?\s*E?\s*$/i.exec(
    toLatinDigits(text),
  );
  if (!found) return null;
  const position = { north: Math.round(Number(found[1]) * 1000), east: Math.round(Number(found[2]) * 1000) };
  return positionShape.safeParse(position).success ? position : null;
}

/** `27.589, 68.001`, as a map takes it. */
export function formatPosition({ north, east }: Position): string {
  return `${(north / 1000).toFixed(3)}, ${(east / 1000).toFixed(3)}`;
}

/** Where a place stood before, until the day it went to another parent. */
const formerShape = z.strictObject({ parent: z.nullable(idShape), until: dayShape });

export type Place = {
  readonly names: Names;
  readonly level: PlaceLevel;
  /** Null where this book does not keep what stands above. */
  readonly parent: string | null;
  /** The deh a village lies in: of the other tree, never its parent. */
  readonly deh?: string | null;
  readonly code: PlaceCode | null;
  /** Its codes in other lists, oldest first: old papers bear them. */
  readonly formerCodes?: readonly PlaceCode[];
  readonly position?: Position | null;
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
    formerCodes: z.optional(z.array(placeCodeShape)),
    position: z.optional(z.nullable(positionShape)),
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
