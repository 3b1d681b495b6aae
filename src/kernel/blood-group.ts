import { toLatinDigits } from './digits.ts';

/** ABO letters and the RhD sign. The sign in code is a hyphen; on a page it is the true minus, U+2212. */
export const bloodGroups = ['O-', 'O+', 'A-', 'A+', 'B-', 'B+', 'AB-', 'AB+'] as const;
export type BloodGroup = (typeof bloodGroups)[number];

/** The antigens on the red cells of a group. */
function antigensOf(group: BloodGroup): readonly string[] {
  return [...group.slice(0, -1).replace('O', ''), ...(group.endsWith('+') ? ['D'] : [])];
}

/**
 * Whether a donor's red cells suit a recipient: every antigen of the donor is also on the recipient. Red cells and whole
 * blood only; plasma is the reverse. The hospital's cross-match decides. Source: MSD Manual, transfusion medicine.
 */
export function canReceive(recipient: BloodGroup, donor: BloodGroup): boolean {
  const own = antigensOf(recipient);
  return antigensOf(donor).every((antigen) => own.includes(antigen));
}

export function isRhNegative(group: BloodGroup): boolean {
  return group.endsWith('-');
}

/** Reads a group as people write it: `B-`, `(O +ve)`, `ab neg`, `O−`; null when it is none. */
export function parseBloodGroup(text: string): BloodGroup | null {
  const plain = toLatinDigits(text)
    .toUpperCase()
    .replace(/[()[\]\s.]/g, '')
    .replace(/[−–—]/g, '-')
    .replace(/(POSITIVE|POS|\+VE)$/, '+')
    .replace(/(NEGATIVE|NEG|-VE)$/, '-')
    .replace(/^0/, 'O');
  return bloodGroups.find((group) => group === plain) ?? null;
}

export function formatBloodGroup(group: BloodGroup): string {
  return group.replace('-', '−');
}
