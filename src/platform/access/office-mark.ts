/*
 * How a phone knows that the office which answers is the one that the picture was made by.
 *
 *   picture   https://ibtida.example.org/#1234567890.9f3c…        code, and the mark of the office's key
 *   phone  ── a point that was made this moment ──►  office
 *          ◄── the office's public key, and what only its private key makes of that point ──
 *
 * A key that has another mark is another office's; a right key without the right proof was copied. The key goes along when an office
 * moves to another machine or is restored, so its mark stays.
 */

/** What of a public key is marked. */
export type MarkedKey = { readonly x?: string | undefined; readonly y?: string | undefined };

/** The mark is the beginning of the SHA-256 of this text, as so many hexadecimal signs: 128 bits. */
export const markedText = ({ x = '', y = '' }: MarkedKey): string => `otaq office ${x}.${y}`;
export const markLength = 32;

/** Bound into the proof, so that it opens nothing that is sealed to the office. */
export const proofInfo = 'otaq office proof 1';

/** What a picture leads to. It stands behind the #, which no server and no log ever sees. */
export function codeAddress(origin: string, code: string, mark: string): string {
  return `${origin.replace(/\/$/, '')}/#${code}.${mark}`;
}

export type CodeInAddress = {
  /** Ten digits; none where a phone was only sent to the office's new address. */
  readonly code: string;
  /** Null on a code that an older program made. */
  readonly mark: string | null;
};

/** Null where no code and no mark came along. */
export function readCodeAddress(hash: string): CodeInAddress | null {
  const [, code = '', mark] = /^#(\d{10})?(?:\.([0-9a-f]{32}))?$/.exec(hash) ?? [];
  return code === '' && mark === undefined ? null : { code, mark: mark ?? null };
}
