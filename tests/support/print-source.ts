import type { AnyKept } from '../../src/platform/book/decide.ts';
import type { Kept, Kind } from '../../src/platform/book/kind.ts';
import type { Language } from '../../src/platform/languages/language.ts';
import type { Words } from '../../src/platform/languages/say.ts';
import { wordsOf } from '../../src/platform/languages/server/whole-catalogs.ts';
import type { PrintSource } from '../../src/platform/print/printed.ts';

/** What a reader of these records reaches, on a day in November. */
export function printSourceOf(records: readonly AnyKept[]): PrintSource {
  return {
    all: <T>(kind: Kind<T>) => records.filter((record) => record.kind === kind.kind) as Kept<T>[],
    cells: () => [],
    rules: () => [],
    officeNames: { sd: 'ايل ايس او ابتدا', ur: null, en: 'LSO Ibtida' },
    root: '1-1',
    today: '2026-11-24',
    head: { sequence: 1234, hash: 'a'.repeat(64) },
    origin: 'https://otaq.example.org',
  };
}

export async function printWords(language: Language): Promise<Words> {
  return wordsOf(language);
}
