import * as z from 'zod/mini';

const name = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(80)));

/** A name in any of three scripts; at least one is written. */
export const namesShape = z
  .strictObject({ sd: name, ur: name, en: name })
  .check(z.refine(({ sd, ur, en }) => sd !== null || ur !== null || en !== null));
export type Names = { readonly sd: string | null; readonly ur: string | null; readonly en: string | null };

/** The name in a reader's script, or in one she can at least see. */
export function nameIn(names: Names, language: 'sd' | 'ur' | 'en'): string {
  return (
    names[language] ??
    (language === 'en' ? (names.sd ?? names.ur) : (names.sd ?? names.ur ?? names.en)) ??
    names.en ??
    ''
  );
}

/** A name typed in one script, the others not written. */
export function namesFrom(text: string): Names {
  const written = text.trim();
  if (/[\u0600-\u06ff]/.test(written)) return { sd: written, ur: null, en: null };
  return { sd: null, ur: null, en: written };
}
