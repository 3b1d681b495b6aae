import type { Words } from '../../platform/languages/say.ts';
import { whatIsWrongHeadings } from './list-columns.ts';
import type { Cell, Sheet, Wrong } from './sheet.ts';

/** What is wrong, where, and what would be right, as one sentence. */
export function sayWrong(words: Words, { row, column, code, params }: Wrong): string {
  const sentence = words.sayRefusal({ code, params });
  if (row !== null && column !== null) return words.say('exchange.at-cell', { row, column, sentence });
  if (row !== null) return words.say('exchange.at-row', { row, sentence });
  return sentence;
}

/** The wrong rows as a table to correct: as they were, with what to correct in the first column. */
export function wrongRowsOf(words: Words, sheet: Sheet, wrong: readonly Wrong[]): readonly (readonly Cell[])[] {
  const sentences = new Map<number, string[]>();
  for (const fault of wrong) {
    if (fault.row === null) continue;
    const sentence = words.sayRefusal(fault);
    const said = fault.column === null ? sentence : `${fault.column}: ${sentence}`;
    sentences.set(fault.row, [...(sentences.get(fault.row) ?? []), said]);
  }
  const heading = { en: whatIsWrongHeadings[0], ur: whatIsWrongHeadings[1], sd: whatIsWrongHeadings[2] }[
    words.language
  ];
  // A file that was corrected once already has the column: it is written anew.
  const kept = sheet.headings.flatMap((text, i) =>
    (whatIsWrongHeadings as readonly string[]).includes(text) ? [] : [i],
  );
  const rows = sheet.rows.filter(({ row }) => sentences.has(row));
  return [
    [heading, ...kept.map((i) => sheet.headings[i] ?? null)],
    ...rows.map(({ row, cells }) => [(sentences.get(row) ?? []).join(' · '), ...kept.map((i) => cells[i] ?? null)]),
  ];
}
