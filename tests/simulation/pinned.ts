import type { Script } from './steps.ts';

/*
 * Histories that once failed, as short as they were found to be. Each names what went wrong. `npm run simulate` prints a new one.
 */
export const pinned: Readonly<Record<string, Script>> = {
  'a phone that is taken back gives all of many lines before it is emptied': [
    { do: 'withdraw', who: 0 },
    { do: 'write', who: 0, luck: 1354451466, disk: 'writes' },
    { do: 'write', who: 0, luck: 449368533, disk: 'writes' },
    { do: 'write', who: 0, luck: 1069896843, disk: 'writes' },
    { do: 'write', who: 0, luck: 1056415590, disk: 'writes' },
    { do: 'write', who: 0, luck: 1880975548, disk: 'writes' },
    { do: 'write', who: 0, luck: 350875544, disk: 'writes' },
  ],
  'a torn copy does not hide that the server was restored': [
    { do: 'backup', safe: true },
    { do: 'write', who: 4, luck: 721719535, disk: 'writes' },
    { do: 'sync', who: 4, fates: [] },
    { do: 'restore' },
    { do: 'tear', who: 4 },
  ],
  'a line that another woman carried into the restored book, and that was refused there, is shown to its writer': [
    { do: 'backup', safe: false },
    { do: 'move', luck: 129666266 },
    { do: 'sync', who: 2, fates: [] },
    { do: 'write', who: 2, luck: 557735783, disk: 'writes' },
    { do: 'sync', who: 2, fates: [] },
    { do: 'restore' },
  ],
  'a command that throws on a phone does not keep its register shut': [
    { do: 'sync', who: 0, fates: [] },
    { do: 'write', who: 0, luck: 23, disk: 'writes' },
    { do: 'write', who: 0, luck: 299129576, disk: 'writes' },
    { do: 'write', who: 0, luck: 1039462271, disk: 'writes' },
    { do: 'office', luck: 941405823 },
    { do: 'write', who: 0, luck: 1999999995, disk: 'writes' },
    { do: 'write', who: 0, luck: 1786543426, disk: 'writes' },
    { do: 'poison', who: 0 },
    { do: 'sync', who: 0, fates: [] },
  ],
  'a line that throws once its page has changed does not stop the exchange': [
    { do: 'write', who: 0, luck: 1969593576, disk: 'writes' },
    { do: 'write', who: 0, luck: 1397398087, disk: 'writes' },
    { do: 'backup', safe: true },
    { do: 'write', who: 0, luck: 13, disk: 'writes' },
    { do: 'sync', who: 0, fates: [] },
    { do: 'sync', who: 4, fates: [] },
    { do: 'write', who: 0, luck: 6, disk: 'writes' },
    { do: 'write', who: 4, luck: 198918839, disk: 'writes' },
    { do: 'write', who: 0, luck: 819375289, disk: 'writes' },
    { do: 'poison', who: 0 },
    { do: 'restore' },
    { do: 'sync', who: 4, fates: [] },
  ],
  'a number that was taken off before she heard that her role ended does not stay on her phone': [
    { do: 'sync', who: 4, fates: [] },
    { do: 'sync', who: 3, fates: [] },
    { do: 'write', who: 3, luck: 517633338, disk: 'writes' },
    { do: 'move', luck: 1004895782 },
  ],
  'a line that may have been on its way when the phone died is not emptied': [
    { do: 'sync', who: 3, fates: [] },
    { do: 'write', who: 3, luck: 517633338, disk: 'writes' },
    { do: 'sync', who: 3, fates: [{ wire: 'late', server: 'lives', disk: 'writes' }] },
    { do: 'restart', who: 3 },
    { do: 'undo', who: 3 },
    { do: 'sync', who: 3, fates: [] },
    { do: 'wait', hours: 30 },
    { do: 'write', who: 3, luck: 517633338, disk: 'writes' },
  ],
  'a phone that was taken back is answered at once, also while a restored book waits for what it lacks': [
    { do: 'write', who: 5, luck: 1999999993, disk: 'writes' },
    { do: 'withdraw', who: 5 },
    { do: 'backup', safe: true },
    { do: 'restore' },
  ],
  'a role that was taken by a phone whose clock stood sixty days ahead is taken': [
    { do: 'clock', who: 0, days: 60 },
    { do: 'sync', who: 0, fates: [] },
    { do: 'write', who: 0, luck: 1199403967, disk: 'writes' },
  ],
};
