import * as z from 'zod/mini';
import { nameIn, namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { fold } from '../../kernel/words.ts';
import type { Actor } from '../../platform/access/role.ts';
import {
  type Change,
  command,
  create,
  flag,
  type Pages,
  read,
  readIfAny,
  readIndex,
  update,
} from '../../platform/book/command.ts';
import {
  isClosed,
  nameKeys,
  type Place,
  placeCodeShape,
  placeKind,
  placeLevels,
  positionShape,
  standsUnder,
} from './place.ts';

/** The LSO's bearers keep its places; an import brings them in. */
export function keepsPlaces(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'lso-bearer');
}

const aliasShape = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** Input of `places.add`. `deh` may be left out; `sure` says that a place of the same name was seen and is another one. */
const addInput = z.strictObject({
  names: namesShape,
  level: z.enum(placeLevels),
  parent: z.nullable(idShape),
  code: z.nullable(placeCodeShape),
  aliases: z.array(aliasShape).check(z.maxLength(20)),
  owner: idShape,
  deh: z.optional(z.nullable(idShape)),
  sure: z.optional(z.boolean()),
});

export const addPlace = command({
  name: 'places.add',
  nature: 'decision',
  input: addInput,
  reads: (input) => [
    ...(input.parent === null ? [] : [readIfAny(placeKind, input.parent)]),
    ...(input.deh ? [readIfAny(placeKind, input.deh)] : []),
    ...nameKeys(input).map((key) => readIndex(placeKind, 'name', key)),
  ],
  mayRun: keepsPlaces,
  decide: (pages, { sure, deh, ...input }, { id }) => {
    // A parent in a book above is not read by the server: only what is at hand can be held against the rule.
    const parent = input.parent === null ? undefined : pages.maybe(placeKind, input.parent);
    if (parent && !standsUnder(input.level, parent.body.level))
      return refuse('places.does-not-stand-under', { level: input.level, parent: parent.body.level });
    if (parent && isClosed(parent.body)) return refuse('places.parent-closed');
    const land = deh ? pages.maybe(placeKind, deh) : undefined;
    if (deh && input.level !== 'village' && input.level !== 'settlement') return refuse('places.no-deh-here');
    if (land && land.body.level !== 'deh') return refuse('places.not-a-deh');
    const aliases = withoutRepeats(input.aliases, input.names);
    const place: Place = { ...input, aliases, ...(deh && { deh }) };
    return accept([create(placeKind, place), ...(sure ? [] : flagsOf(pages, place, id(1)))]);
  },
});

/** Another name or another spelling. The old name stays as an alias: people go on using it, and old papers bear it. */
export const renamePlace = command({
  name: 'places.rename',
  nature: 'decision',
  input: z.strictObject({ place: idShape, names: namesShape }),
  reads: ({ place, names }, pages) => {
    const kept = pages.maybe(placeKind, place);
    return [
      read(placeKind, place),
      ...(kept
        ? nameKeys({ names, aliases: [], parent: kept.body.parent }).map((key) => readIndex(placeKind, 'name', key))
        : []),
    ];
  },
  mayRun: keepsPlaces,
  decide: (pages, { place, names }) => {
    const { body } = pages.get(placeKind, place);
    const old = [body.names.sd, body.names.ur, body.names.en].filter((name) => name !== null);
    const now = { ...body, names, aliases: withoutRepeats([...body.aliases, ...old], names) };
    return accept([update(placeKind, place, now), ...flagsOf(pages, { ...now, aliases: [] }, place)]);
  },
});

export const addAlias = command({
  name: 'places.add-alias',
  nature: 'decision',
  input: z.strictObject({ place: idShape, alias: aliasShape }),
  reads: ({ place, alias }, pages) => {
    const kept = pages.maybe(placeKind, place);
    return [
      read(placeKind, place),
      ...(kept ? [readIndex(placeKind, 'name', `${kept.body.parent ?? ''} ${fold(alias)}`)] : []),
    ];
  },
  mayRun: keepsPlaces,
  decide: (pages, { place, alias }) => {
    const { body } = pages.get(placeKind, place);
    const aliases = withoutRepeats([...body.aliases, alias], body.names);
    if (aliases.length === body.aliases.length) return accept([]);
    const spelling = {
      names: { sd: null, ur: null, en: null },
      aliases: [alias],
      parent: body.parent,
      owner: body.owner,
    };
    return accept([update(placeKind, place, { ...body, aliases }), ...flagsOf(pages, spelling, place)]);
  },
});

/** From a day on it belongs to another parent; for the days before, it stays where it was. */
export const movePlace = command({
  name: 'places.move',
  nature: 'decision',
  input: z.strictObject({ place: idShape, parent: idShape, from: dayShape }),
  reads: ({ place, parent }, pages) => {
    const kept = pages.maybe(placeKind, place);
    return [
      read(placeKind, place),
      readIfAny(placeKind, parent),
      ...(kept ? nameKeys({ ...kept.body, parent }).map((key) => readIndex(placeKind, 'name', key)) : []),
    ];
  },
  mayRun: keepsPlaces,
  decide: (pages, { place, parent, from }, { on }) => {
    const { body } = pages.get(placeKind, place);
    if (body.parent === parent) return accept([]);
    if (from > on) return refuse('places.day-to-come', { on: from });
    const before = body.former?.at(-1)?.until;
    if (before !== undefined && from <= before) return refuse('places.moved-later', { on: before });
    const above = pages.maybe(placeKind, parent);
    if (above && !standsUnder(body.level, above.body.level))
      return refuse('places.does-not-stand-under', { level: body.level, parent: above.body.level });
    if (above && isClosed(above.body)) return refuse('places.parent-closed');
    const former = [...(body.former ?? []), { parent: body.parent, until: from }];
    const moved = { ...body, parent, former };
    return accept([update(placeKind, place, moved), ...flagsOf(pages, moved, place)]);
  },
});

/** Nobody lives there any more, or it was written twice. What names it goes on naming it. */
export const closePlace = command({
  name: 'places.close',
  nature: 'decision',
  input: z.strictObject({ place: idShape, on: dayShape }),
  reads: ({ place }) => [read(placeKind, place)],
  mayRun: keepsPlaces,
  decide: (pages, { place, on: closedOn }, { on }) => {
    const { body } = pages.get(placeKind, place);
    if (isClosed(body)) return accept([]);
    if (closedOn > on) return refuse('places.day-to-come', { on: closedOn });
    return accept([update(placeKind, place, { ...body, closedOn })]);
  },
});

/**
 * Its official code. Another code of the same list puts right what was read wrongly; a code of another list leaves the one before beside it,
 * because old papers bear it.
 */
export const setCode = command({
  name: 'places.set-code',
  nature: 'decision',
  input: z.strictObject({
    place: idShape,
    code: z.strictObject({
      value: z.string().check(z.trim(), z.minLength(1), z.maxLength(20)),
      list: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
    }),
  }),
  reads: ({ place }) => [read(placeKind, place)],
  mayRun: keepsPlaces,
  decide: (pages, { place, code }) => {
    const { body } = pages.get(placeKind, place);
    const before = body.code === null ? (body.formerCodes ?? []) : [...(body.formerCodes ?? []), body.code];
    const formerCodes = before.filter(({ list }) => list !== code.list);
    return accept([update(placeKind, place, { ...body, code, formerCodes })]);
  },
});

/** Where it lies on a map; null where what was written is wrong and the right one is not known. */
export const locatePlace = command({
  name: 'places.locate',
  nature: 'decision',
  input: z.strictObject({ place: idShape, position: z.nullable(positionShape) }),
  reads: ({ place }) => [read(placeKind, place)],
  mayRun: keepsPlaces,
  decide: (pages, { place, position }) => {
    const { body } = pages.get(placeKind, place);
    return accept([update(placeKind, place, { ...body, position })]);
  },
});

function withoutRepeats(aliases: readonly string[], names: Place['names']): readonly string[] {
  const seen = new Set([names.sd, names.ur, names.en].filter((name) => name !== null).map(fold));
  return aliases.filter((alias) => {
    const key = fold(alias);
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

// Two places of one name under one parent do occur, so it is written; somebody looks whether it is one place twice.
function flagsOf(
  pages: Pages,
  place: Pick<Place, 'names' | 'aliases' | 'parent' | 'owner'>,
  about: string,
): readonly Change[] {
  for (const key of nameKeys(place))
    for (const { id, body } of pages.page(placeKind, 'name', key))
      if (id !== about) return [flag('places.same-name', { name: nameIn(body.names, 'sd') }, about, place.owner)];
  return [];
}
