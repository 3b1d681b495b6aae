import type { Asked } from './month-series.ts';

/**
 * What the offices' registers say, in the order of the page. A register that is not kept yet has no line here. `of` says what is
 * counted: a small count of persons, their households, donors or nights is held back; one of organizations, phones or pages is not.
 */
export const deskFigures = [
  { key: 'people-given-blood', of: 'persons', asked: { figure: 'people-given-blood' } },
  { key: 'families-carried', of: 'persons', asked: { figure: 'families-carried' } },
  { key: 'emergencies', of: 'persons', asked: { figure: 'emergencies' } },
  { key: 'donors', of: 'persons', asked: { figure: 'donors' } },
  { key: 'households-organized', of: 'persons', asked: { figure: 'households', by: { organized: 'yes' } } },
  { key: 'households', of: 'persons', asked: { figure: 'households' } },
  { key: 'village-organizations', of: 'things', asked: { figure: 'organizations', by: { tier: 'vo' } } },
  { key: 'community-organizations', of: 'things', asked: { figure: 'organizations', by: { tier: 'co' } } },
  { key: 'phones', of: 'things', asked: { figure: 'phones' } },
  { key: 'waiting', of: 'things', asked: { figure: 'refusals-waiting' } },
  { key: 'flags', of: 'things', asked: { figure: 'flags-waiting' } },
] as const satisfies readonly { readonly key: string; readonly of: 'persons' | 'things'; readonly asked: Asked }[];

export type DeskFigureLine = (typeof deskFigures)[number];
export type DeskFigure = DeskFigureLine['key'];

export function deskFigure(key: string): DeskFigureLine | null {
  return deskFigures.find((figure) => figure.key === key) ?? null;
}

/** All that a desk asks the figures for. */
export const askedFigures: readonly string[] = [
  ...new Set([...deskFigures.map(({ asked }) => asked.figure), 'households-told', 'facilities']),
];

/** From this share of a union council's households on, an LSO may form. Source: RSPN, programme rules; DOMAIN 1.2. */
export const organizedLine = 40;
