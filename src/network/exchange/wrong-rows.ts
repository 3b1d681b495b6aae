import type { Words } from '../../platform/languages/say.ts';
import { type AnsweredField, answersOf } from './list-answers.ts';
import { type Field, headingOf, type Spellings, whatIsWrongHeadings } from './list-columns.ts';
import type { Cell, Sheet, Wrong } from './sheet.ts';

/** What is wrong, where, and what would be right, as one sentence. */
export function sayWrong(words: Words, wrong: Wrong): string {
  const { row } = wrong;
  const [column, sentence] = [columnOf(words, wrong), sentenceOf(words, wrong)];
  if (row !== null && column !== null) return words.say('exchange.at-cell', { row, column, sentence });
  if (row !== null) return words.say('exchange.at-row', { row, sentence });
  return sentence;
}

/** As it stands in the file; where it is missing there, as the reader's language heads it. */
function columnOf(words: Words, { column, params }: Wrong): string | null {
  return column ?? (params.field === undefined ? null : headingOf(params.field as Field, words.language));
}

function sentenceOf(words: Words, { code, params: { field, answers, ...params } }: Wrong): string {
  const named = {
    ...(field !== undefined && { column: headingOf(field as Field, words.language) }),
    ...(answers !== undefined && { examples: examplesOf(answers as AnsweredField, words) }),
  };
  return words.sayRefusal({ code, params: { ...params, ...named } });
}

function examplesOf(field: AnsweredField, { language }: Words): string {
  return Object.values<Spellings>(answersOf[field])
    .map((spellings) => spellings[language][0])
    .join(language === 'en' ? ', ' : '، ');
}

/** The wrong rows as a table to correct: as they were, with what to correct in the first column. */
export function wrongRowsOf(words: Words, sheet: Sheet, wrong: readonly Wrong[]): readonly (readonly Cell[])[] {
  const sentences = new Map<number, string[]>();
  for (const fault of wrong) {
    if (fault.row === null) continue;
    const [column, sentence] = [columnOf(words, fault), sentenceOf(words, fault)];
    const said = column === null ? sentence : `${column}: ${sentence}`;
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
