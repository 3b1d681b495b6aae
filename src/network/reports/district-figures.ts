import type { Asked } from './opened-figure.ts';

/** What the offices' registers say, in the order of the page. A register that is not kept yet has no line here. */
export const districtFigures = [
  { key: 'people-given-blood', asked: { figure: 'people-given-blood' } },
  { key: 'families-carried', asked: { figure: 'families-carried' } },
  { key: 'emergencies', asked: { figure: 'emergencies' } },
  { key: 'donors', asked: { figure: 'donors' } },
  { key: 'households-organized', asked: { figure: 'households', by: { organized: 'yes' } } },
  { key: 'households', asked: { figure: 'households' } },
  { key: 'village-organizations', asked: { figure: 'organizations', by: { tier: 'vo' } } },
  { key: 'community-organizations', asked: { figure: 'organizations', by: { tier: 'co' } } },
  { key: 'phones', asked: { figure: 'phones' } },
  { key: 'waiting', asked: { figure: 'refusals-waiting' } },
] as const satisfies readonly { readonly key: string; readonly asked: Asked }[];

export type DistrictFigure = (typeof districtFigures)[number]['key'];

export function isDistrictFigure(text: string): text is DistrictFigure {
  return districtFigures.some(({ key }) => key === text);
}
