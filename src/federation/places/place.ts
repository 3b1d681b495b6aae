import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create, type Register } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';

/** From the widest down. A settlement is the smallest place that has a name of its own. */
export const placeLevels = [
  'province',
  'division',
  'district',
  'taluka',
  'union-council',
  'village',
  'settlement',
] as const;
export type PlaceLevel = (typeof placeLevels)[number];

const placeFields = {
  names: namesShape,
  level: z.enum(placeLevels),
  parent: z.nullable(idShape),
  /** The official code, and the version of the list it is from. */
  code: z.nullable(z.strictObject({ value: z.string().check(z.maxLength(20)), list: z.string() })),
  /** Other spellings: Kambar, Qambar. */
  aliases: z.array(z.string().check(z.maxLength(80))),
  /** The organization whose book keeps it. */
  owner: idShape,
} as const;

export type Place = {
  readonly names: Names;
  readonly level: PlaceLevel;
  readonly parent: string | null;
  readonly code: { readonly value: string; readonly list: string } | null;
  readonly aliases: readonly string[];
  readonly owner: string;
};

export const placeKind = kind<Place>({
  kind: 'place',
  shape: z.object(placeFields) as never,
  seenBy: purposes.reference,
  stage: 0,
  scope: (place) => place.owner,
});

export const addPlace = command({
  name: 'places.add',
  nature: 'decision',
  input: z.strictObject(placeFields),
  mayRun: (actor) => actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'lso-bearer'),
  decide: (_pages, input) => accept([create(placeKind, input as Place)]),
});

export const placesRegister: Register = { name: 'places', kinds: [placeKind], commands: [addPlace] };
