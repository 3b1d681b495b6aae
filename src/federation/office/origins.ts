import { type Cell, countOf, type FigureQuestion } from '../../platform/book/figures.ts';

/** One figure by where its number comes from. Reports add the three and say which is which. */
export type Origins = {
  /** From records, each of which opens. */
  readonly counted: number;
  /** From the old books: a number, its page, who told it. */
  readonly carriedForward: number;
  /** Told by a named leader where nobody counted. */
  readonly estimated: number;
  readonly total: number;
};

export function originsOf(cells: Iterable<Cell>, question: FigureQuestion): Origins {
  // Asked three times: a generator would be empty after the first.
  const all = [...cells];
  const from = (origin: string) => countOf(all, { ...question, by: { ...question.by, origin } });
  const total = countOf(all, question);
  const [carriedForward, estimated] = [from('carried-forward'), from('estimated')];
  return { counted: total - carriedForward - estimated, carriedForward, estimated, total };
}
