import { nameIn } from '../../kernel/names.ts';
import { formatHead } from '../book/chain.ts';
import type { Words } from '../languages/say.ts';
import { formatHeadPath } from './head-path.ts';
import type { Printed, PrintedPage, PrintSource } from './printed.ts';

/** Pages under their title, with whose they are, of which day, and the head of the book they were taken from. */
export function bind(source: PrintSource, words: Words, title: string, pages: readonly PrintedPage[]): Printed {
  return {
    language: words.language,
    title,
    office: nameIn(source.officeNames, words.language),
    dated: words.date(source.today),
    head: source.head && {
      says: words.say('print.head', { sequence: source.head.sequence }),
      digits: formatHead(source.head.hash),
      address: source.origin + formatHeadPath({ sequence: source.head.sequence, digits: formatHead(source.head.hash) }),
    },
    pages,
  };
}
