/* The offices of a history: a district and two LSOs in it. */
export const lsoOffice = 10;
/** A second LSO of the district, to which people and whole organizations go, and from which they come. */
export const otherLso = 11;
export const lsos = [lsoOffice, otherLso] as const;
export const districtOffice = 2;
export const offices: readonly { readonly office: number; readonly above: number | null }[] = [
  { office: districtOffice, above: null },
  { office: lsoOffice, above: districtOffice },
  { office: otherLso, above: districtOffice },
];
