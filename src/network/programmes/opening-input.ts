import * as z from 'zod/mini';
import { type DistrictEntry, sindhDistricts } from '../../federation/places/sindh-places.ts';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayShape } from '../../kernel/record-shape.ts';
import { fold } from '../../kernel/words.ts';

/** The posts for which a phone is opened from above. Whoever else writes gets her code from a bearer. */
export const openingRoles = ['lso-bearer', 'vo-bearer', 'co-bearer', 'crp'] as const;
export type OpeningRole = (typeof openingRoles)[number];

export const programmeInput = z.strictObject({ names: namesShape });
export const districtInput = z.strictObject({ code: z.string().check(z.maxLength(8)) });
export const lsoInput = z.strictObject({
  /** The district's office. */
  district: z.int().check(z.positive()),
  names: namesShape,
  council: namesShape,
  /** P-code of the taluka, where it is known. */
  taluka: z.nullable(z.string().check(z.maxLength(12))),
  formedOn: dayShape,
});
export const bearerInput = z.strictObject({
  office: z.int().check(z.positive()),
  names: namesShape,
  role: z.enum(openingRoles),
});
export const codeInput = z.strictObject({
  office: z.int().check(z.positive()),
  grant: z.string().check(z.maxLength(32)),
});
export const firstStaffInput = z.strictObject({
  name: z.string().check(z.regex(/^[a-z][a-z0-9.-]{1,39}$/)),
  shownName: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
});
/** The header in which the first run's word travels: never in an address. */
export const wordHeader = 'x-otaq-word';
export type LsoInput = z.infer<typeof lsoInput>;
export type BearerInput = z.infer<typeof bearerInput>;

/** What stands of an opening: enough to continue, and no name once the office has a phone of its own. */
export type OpenedOffices = {
  readonly programme: { readonly office: number; readonly names: Names } | null;
  readonly districts: readonly { readonly office: number; readonly names: Names; readonly code: string | null }[];
  readonly lsos: readonly OpenedLso[];
  readonly hasStaff: boolean;
};
export type OpenedLso = {
  readonly office: number;
  readonly above: number;
  readonly names: Names;
  /** Null once a bearer's phone is open: then the office names its own. */
  readonly bearers: readonly OpenedBearer[] | null;
};
export type OpenedBearer = { readonly grant: string; readonly names: Names; readonly role: OpeningRole };

/** Finds a district by its code or by any spelling in any script: PK709, Kambar, قمبر. */
export function findDistrict(text: string): DistrictEntry | null {
  const wanted = fold(text);
  return (
    sindhDistricts.find(({ code, names, aliases }) =>
      [code, names.en, names.sd, names.ur, ...aliases].some((name) => name !== null && fold(name) === wanted),
    ) ?? null
  );
}

/** Whether two names are one in any script that both are written in. */
export function sameNames(a: Names, b: Names): boolean {
  return (['sd', 'ur', 'en'] as const).some((script) => {
    const [one, other] = [a[script], b[script]];
    return one !== null && other !== null && fold(one) === fold(other);
  });
}
