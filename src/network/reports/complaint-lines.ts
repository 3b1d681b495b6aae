import type { ComplaintLine } from './desk-pages.ts';
import { holdBack } from './held-back.ts';

/** As the complaint book counts itself: no words, no names, no days. */
export type ComplaintCount = { readonly about: string; readonly state: string; readonly count: number };

const posts = ['leader', 'crp', 'social-organizer', 'district', 'head-office', 'auditor'] as const;
const columns = [['new', 'heard'], ['settled'], ['not-upheld']] as const;

/**
 * The complaints of a programme by the post that is complained of. A reader is not told of her own: to one who has heard of no complaint,
 * "few" says that there is one. No line says which office, for offices could be told apart by leaving one out; and none adds up the posts.
 */
export function complaintLines(counts: readonly ComplaintCount[], readersPost: string): readonly ComplaintLine[] {
  const told = posts.filter((about) => about !== readersPost && counts.some((count) => count.about === about));
  const rows = told.map((about) => {
    const parts = columns.map((states: readonly string[]) =>
      counts
        .filter((count) => count.about === about && states.includes(count.state))
        .reduce((sum, { count }) => sum + count, 0),
    );
    return { parent: null, counts: [...parts, parts.reduce((sum, part) => sum + part, 0)] };
  });
  return holdBack({ rows, summed: true }).map(([waiting = 0, settled = 0, notUpheld = 0, came = 0], i) => ({
    about: told[i] as ComplaintLine['about'],
    waiting,
    settled,
    notUpheld,
    came,
  }));
}
