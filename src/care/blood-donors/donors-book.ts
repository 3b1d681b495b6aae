/*
 * The donors' register as it lies in the office: name, blood group, contact number, address. On paper and on the phone a line has the same number
 * and stands on the same page.
 */
import { organizationKind } from '../../federation/organizations/organization.ts';
import { sayOrganization } from '../../federation/organizations/say-organization.ts';
import { compareRecordIds } from '../../kernel/ids.ts';
import { nameIn } from '../../kernel/names.ts';
import type { Kept } from '../../platform/book/kind.ts';
import { formatBloodGroup } from '../../platform/languages/format.ts';
import type { Words } from '../../platform/languages/say.ts';
import { bind } from '../../platform/print/bind.ts';
import { emptyLine, inPages, linesOnPage } from '../../platform/print/book-pages.ts';
import { formatLeaf } from '../../platform/print/leaf.ts';
import type { PrintedCell, PrintedColumn, PrintedDocument, RegisterPage } from '../../platform/print/printed.ts';
import { type Donor, type DonorContact, donorContactKind, donorKind } from './donor.ts';
import { sayParent } from './say-parent.ts';

/** Those who give, in the order in which they were enlisted: a new donor comes on the last page. */
export function inBookOrder(donors: Iterable<Kept<Donor>>): Kept<Donor>[] {
  return [...donors]
    .filter(({ body }) => body.status === 'active')
    .sort((a, b) => a.body.enlistedOn.localeCompare(b.body.enlistedOn) || compareRecordIds(a.id, b.id));
}

function columnsOf(words: Words): readonly PrintedColumn[] {
  return [
    { head: words.say('design.row-number'), width: 'number' },
    { head: words.say('blood-donors.book-name'), width: 'wide' },
    { head: words.say('blood-donors.book-group'), width: 'narrow' },
    { head: words.say('blood-donors.book-number'), width: 'phone' },
    { head: words.say('blood-donors.book-address'), width: 'wide' },
  ];
}

/** A relayed donor is reached through her leader. Her number is not printed, whoever prints: paper goes from hand to hand. */
function contactOf(words: Words, { relay }: Donor, contact: DonorContact | undefined): PrintedCell {
  if (relay) return { text: words.say('blood-donors.book-through', { name: nameIn(relay.names, words.language) }) };
  return contact ? { text: { ltr: words.phone(contact.number) } } : null;
}

export const donorsBook: PrintedDocument = {
  name: 'donors',
  leaf: 3,
  where: 'inside',
  forBearers: true,
  kinds: [donorKind, donorContactKind, organizationKind],
  compose: (source, words) => {
    const contacts = new Map([...source.all(donorContactKind)].map(({ body }) => [body.donor, body]));
    const organizations = new Map([...source.all(organizationKind)].map(({ id, body }) => [id, body]));
    const columns = columnsOf(words);
    const pages = inPages(inBookOrder(source.all(donorKind)));
    return bind(
      source,
      words,
      words.say('blood-donors.book-title'),
      pages.map((lines, at): RegisterPage => {
        const page = at + 1;
        return {
          form: 'register',
          says: words.say('print.page-of', { page, of: pages.length }),
          columns,
          rows: lines.map((donor, line): readonly PrintedCell[] => {
            const number = words.number(at * linesOnPage + line + 1);
            if (donor === null) return emptyLine(number, columns.length);
            const vo = organizations.get(donor.body.vo);
            const place = vo ? sayOrganization(words, vo) : null;
            const { address, group, names } = donor.body;
            return [
              { text: { ltr: number } },
              { text: nameIn(names, words.language), note: sayParent(words, donor.body) },
              group ? { text: { ltr: formatBloodGroup(group) } } : null,
              contactOf(words, donor.body, contacts.get(donor.id)),
              address ? { text: address, note: place } : place ? { text: place } : null,
            ];
          }),
          address: source.origin + formatLeaf({ document: 3, page, record: lines[0]?.id ?? null }),
        };
      }),
    );
  },
  opens: ({ page, record }) => `/blood-donors/page/${page}${record === null ? '' : `/${record}`}`,
};

/** How many empty pages are printed at a time: a year of a small office. */
const blankPages = 10;

/** The same book, empty, for a shop to print and bind: its lines are numbered, so that they can be typed from the page later. */
export const blankDonorsBook: PrintedDocument = {
  name: 'blank',
  leaf: 4,
  where: 'outside',
  forBearers: false,
  kinds: [],
  compose: (source, words) => {
    const columns = columnsOf(words);
    return {
      // Bound and filled elsewhere: no head of a book stands on it, and no day.
      ...bind({ ...source, head: null }, words, words.say('blood-donors.book-title'), []),
      dated: '',
      pages: Array.from({ length: blankPages }, (_, at): RegisterPage => {
        const page = at + 1;
        return {
          form: 'register',
          says: words.say('print.page-of', { page, of: blankPages }),
          columns,
          rows: Array.from({ length: linesOnPage }, (_, line) =>
            emptyLine(words.number(at * linesOnPage + line + 1), columns.length),
          ),
          address: source.origin + formatLeaf({ document: 4, page, record: null }),
        };
      }),
    };
  },
  opens: () => '/blood-donors/enlist',
};
