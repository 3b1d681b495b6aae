/*
 * Several women call from one list, on phones that do not hear each other. What they write is appended in the book's order;
 * what stands of it is computed here. The law: arrivals are a set of donors, so no order and no repetition counts one twice.
 */

export const answers = [
  'coming',
  'later',
  'maybe',
  'no',
  'no-answer',
  'wrong-number',
  'someone-else',
  'arrived',
  'not-arrived',
] as const;
export type Answer = (typeof answers)[number];

export type Call = {
  readonly donor: string;
  readonly answer: Answer;
  /** The caller, and her phone's moment. */
  readonly by: string | null;
  readonly at: number;
};

/** What stands for each donor: the last that was written, but an arrival is undone only by saying that it was none. */
export function standingAnswers(calls: readonly Call[]): Map<string, Answer> {
  const standing = new Map<string, Answer>();
  for (const { donor, answer } of calls) {
    if (standing.get(donor) === 'arrived' && answer !== 'not-arrived') continue;
    standing.set(donor, answer);
  }
  return standing;
}

export type Tally = { readonly arrived: number; readonly coming: number; readonly stillToFind: number };

/** `maybe` and `later` count as no: calling goes on until enough have arrived. */
export function tally(calls: readonly Call[], bottles: number): Tally {
  let arrived = 0;
  let coming = 0;
  for (const answer of standingAnswers(calls).values()) {
    if (answer === 'arrived') arrived += 1;
    if (answer === 'coming') coming += 1;
  }
  return { arrived, coming, stillToFind: Math.max(0, bottles - arrived - coming) };
}
