import type { Fate, Says, Script, Step } from './steps.ts';

/*
 * Histories that once failed, short and in their own words. Each names what goes well now. `npm run simulate` prints a new one where
 * a seed fails.
 *
 * The office: LSO 1-1, VO 1-2 with CO 1-4, VO 1-3. Shabana 1-5 leads the LSO (phone 0), Zeba 1-6 the first VO (phones 1 and 4),
 * Sakina 1-7 the second (phones 2 and 5), Halima 1-8 is resource person in the first (phone 3). Phones 1, 2 and 3 are one.
 */
const write = (who: number, ...says: Says): Step => ({ do: 'write', who, luck: 0, disk: 'writes', about: null, says });
const carried: Fate = { wire: 'carried', server: 'lives', disk: 'writes' };
const sync = (who: number, ...fates: Partial<Fate>[]): Step => ({
  do: 'sync',
  who,
  fates: fates.map((fate) => ({ ...carried, ...fate })),
});
const office = (...says: Says): Step => ({ do: 'office', luck: 1, about: null, says });
const thanked = ['blood-donors.thank', { donor: '1-15', gaveOn: null }] as const;
const learnt = ['blood-donors.learn-group', { donor: '1-15', group: 'O-', knownBy: 'lab' }] as const;
const enlisted = [
  'blood-donors.enlist',
  {
    names: { en: 'Rahim', sd: null, ur: null },
    parent: null,
    sex: 'm',
    bornYear: 1990,
    kilograms: null,
    group: 'B+',
    groupKnownBy: 'card',
    village: null,
    vo: '1-2',
    address: null,
    relay: { person: '1-6', names: { en: 'Zeba', sd: null, ur: null } },
    number: '03000000101',
    whose: 'own',
    safeToCall: true,
    owner: '1-2',
    consented: true,
    sure: true,
  },
] as const;
const names = { en: 'Halima', sd: null, ur: null };
const give = (person: string, role: string, organization: string) =>
  ['access.give-role', { person, names, role, organization }] as const;
const take = (grant: string) => ['access.take-role', { grant }] as const;

const wish = (kind: string, subject: string) => ['book.ask-erasure', { kind, subject, owner: '1-1' }] as const;
const minute: Step = { do: 'minute', cut: null };
const renamed = (en: string) =>
  ['people.correct-person', { person: '10-1', saw: 1, fields: { names: { en, sd: null, ur: null } } }] as const;
/** A line of hers has gone by hand as well, the donor it speaks of is erased, and the phone has emptied it. */
const handedOverAndErased: Script = [
  sync(1),
  { do: 'backup', safe: false },
  write(1, learnt),
  { do: 'hand-over', who: 1 },
  sync(1),
  write(0, wish('donor', '1-15')),
  sync(0),
  { do: 'wait', hours: 30 },
  minute,
  sync(1),
];

export const pinned: Readonly<Record<string, Script>> = {
  'a phone that is taken back gives all of many lines before it is emptied': [
    { do: 'withdraw', who: 0 },
    ...Array.from({ length: 8 }, () => write(0, learnt)),
  ],
  'a phone that is taken back is answered at once, also while a restored book waits for what it lacks': [
    write(5, ['blood-donors.thank', { donor: '99-1', gaveOn: null }]),
    { do: 'withdraw', who: 5 },
    { do: 'backup', safe: true },
    { do: 'restore' },
  ],
  'a torn copy does not hide that the server was restored': [
    { do: 'backup', safe: true },
    write(4, learnt),
    sync(4),
    { do: 'restore' },
    { do: 'tear', who: 4 },
  ],
  'a line that another woman carried into the restored book, and that was refused there, is shown to its writer': [
    sync(1),
    office(take('1-11')),
    { do: 'backup', safe: false },
    office(give('1-7', 'vo-bearer', '1-2')),
    sync(2),
    write(2, learnt),
    sync(2),
    { do: 'restore' },
    { do: 'wait', hours: 200 },
    sync(1),
  ],
  'a line that was torn is offered to a restored book as it was sealed, and nothing takes its number': [
    { do: 'backup', safe: true },
    write(1, ['people.write-cnic', { person: '1-6', cnic: '43201-1234567-8' }]),
    { do: 'tear-line', who: 1 },
    { do: 'restore' },
    sync(1, { wire: 'late-too' }),
  ],
  'a torn line stays, sealed, on a phone that is cut off because its copy has spoken with its numbers': [
    { do: 'backup', safe: true },
    write(4, learnt),
    { do: 'clone', who: 4 },
    // One of the two takes her line back, so that they differ; the restored book waits for seat 99, and so do the lines behind.
    { do: 'undo', who: 4 },
    { do: 'restore' },
    write(4, ['blood-donors.thank', { donor: '99-1', gaveOn: null }]),
    write(4, ['blood-donors.thank', { donor: '99-2', gaveOn: null }]),
    { do: 'tear-line', who: 4 },
  ],
  'a phone that was cut off brings what it wrote to a restored book that has not heard of its copy': [
    sync(4),
    { do: 'backup', safe: true },
    write(4, learnt),
    sync(4),
    { do: 'clone', who: 4 },
    write(4, learnt),
    sync(4),
    write(6, thanked),
    sync(6),
    sync(4),
    { do: 'restore' },
  ],
  'what she took back on one of two phones of one number, and said on the other, is in the restored book': [
    sync(4),
    { do: 'backup', safe: true },
    write(4, learnt),
    { do: 'clone', who: 4 },
    { do: 'undo', who: 4 },
    sync(4),
    { do: 'restore' },
    sync(6),
  ],
  'a line that throws once its page has changed keeps no register shut': [
    sync(0),
    // More than one request carries: its page comes back changed before the line itself has gone.
    ...Array.from({ length: 5 }, () => write(0, thanked)),
    { do: 'poison', who: 0 },
    office(['blood-donors.learn-group', { donor: '1-15', group: 'A+', knownBy: 'lab' }]),
    sync(0, {}, { wire: 'lost-before' }),
    { do: 'restart', who: 0 },
    write(0, learnt),
  ],
  'a number that was taken away before she heard that her role had ended does not stay on her phone': [
    sync(4),
    office(['blood-donors.withdraw', { donor: '1-15', contact: '1-15.2' }]),
    office(take('1-10'), give('1-6', 'vo-bearer', '1-3')),
    sync(4),
  ],
  'what an unfinished fill had brought goes with the role': [
    sync(5),
    office(...Array.from({ length: 40 }, () => enlisted)),
    office(give('1-7', 'vo-bearer', '1-2')),
    // One page of the fill has come when the line breaks, and before it is whole the role is taken.
    sync(5, {}, { wire: 'lost-before' }),
    office(take('1-58')),
    sync(5),
  ],
  'figures go with the role, and the organizations stay with a woman who has none': [sync(2), office(take('1-11'))],
  'a circle that she is named in stays hers when her role moves': [
    sync(5),
    write(5, [
      'emergencies.plan-birth',
      {
        woman: names,
        parent: null,
        expectedMonth: null,
        facility: null,
        vehicle: null,
        companion: null,
        money: null,
        whoDecides: null,
        donors: [],
        consented: true,
        circle: ['1-7'],
        owner: '1-3',
      },
    ]),
    sync(5),
    sync(2),
    office(take('1-11'), give('1-7', 'vo-bearer', '1-2')),
  ],
  'a line that may have been on its way when the phone died is not emptied': [
    sync(3),
    write(3, learnt),
    sync(3, { wire: 'late' }),
    { do: 'restart', who: 3 },
    { do: 'undo', who: 3 },
    sync(3),
    { do: 'wait', hours: 30 },
    write(3, thanked),
  ],
  'a role that was taken by a phone whose clock stood sixty days ahead is taken': [
    { do: 'clock', who: 0, days: 60 },
    sync(0),
    write(0, take('1-11')),
  ],
  'a page is asked for where there can be none: the line is refused, and the next goes on': [
    write(0, ['book.settle-flag', { notice: 'page 4', how: 'seen' }]),
    write(0, learnt),
  ],
  'what is written into a CO that has gone to another LSO is refused, also where it had been moved before': [
    sync(0),
    {
      do: 'transfer',
      luck: 1398422706,
      says: [
        [
          'transfers.offer',
          {
            kind: 'organization',
            about: '1-4',
            office: 11,
            officeNames: { en: 'LSO 11', sd: null, ur: null },
            agreed: true,
          },
        ],
      ],
    },
    write(0, [
      'access.give-role',
      { person: '1-8', names: { en: 'Amina', sd: null, ur: null }, role: 'vo-bearer', organization: '1-4' },
    ]),
    office(['moves.move-organization', { organization: '1-4', under: '1-1' }]),
    { do: 'carry', dies: 1 },
    {
      do: 'move',
      luck: 1269829162,
      says: [
        ['access.take-role', { grant: '1-12' }],
        [
          'access.give-role',
          { person: '1-8', names: { en: 'moved', sd: null, ur: null }, role: 'member', organization: '1-4' },
        ],
      ],
    },
    {
      do: 'transfer',
      luck: 525592651,
      says: [['transfers.answer', { arrival: '5-3', to: '4-1', household: null }]],
    },
    { do: 'carry', dies: null },
  ],
  'a wish to be erased is told again to a book that has lost it, and so is the list': [
    sync(0),
    { do: 'backup', safe: false },
    write(0, wish('donor', '1-15')),
    sync(0),
    { do: 'wait', hours: 30 },
    minute,
    sync(0),
    { do: 'restore', burnt: true },
  ],
  'a phone that hears of an erasure only from a restored book empties its own lines of her': [
    sync(2),
    { do: 'backup', safe: false },
    write(0, wish('person', '1-5')),
    sync(0),
    { do: 'wait', hours: 30 },
    write(2, [
      'people.tell-consent',
      { person: '1-5', purpose: 'photo', given: true, how: 'read-aloud', on: '2026-11-01' },
    ]),
    { do: 'minute', cut: 3 },
    { do: 'restore', burnt: false },
  ],
  'a line that is refused under the number by which it once made a page of hers leaves its refusal': [
    sync(0),
    write(0, [
      'people.tell-consent',
      { person: '1-5', purpose: 'called', given: true, how: 'read-aloud', on: '2026-11-01' },
    ]),
    { do: 'backup', safe: true },
    write(0, wish('person', '1-5')),
    sync(0),
    { do: 'wait', hours: 30 },
    minute,
    { do: 'restore', burnt: false },
  ],
  'what was handed over can no longer be taken back: it may have arrived': [
    sync(5),
    write(5, thanked),
    { do: 'hand-over', who: 5 },
    { do: 'undo', who: 5 },
    { do: 'take-in', luck: 0 },
  ],
  'a phone that offers an emptied line meets its words, which came by another way, and is no second phone': [
    ...handedOverAndErased,
    { do: 'restore', burnt: true },
    // It has heard that the book was restored, and the line breaks before it has offered anything.
    sync(1, {}, {}, { wire: 'lost-before' }),
    { do: 'take-in', luck: 0 },
  ],
  'words that are handed over late meet the line that was emptied of them, and are no second phone': [
    ...handedOverAndErased,
    { do: 'restore', burnt: true },
    sync(1),
    { do: 'take-in', luck: 0 },
  ],
  'what was written twice of her goes with her, in whose words it ever stood': [
    sync(0),
    write(0, ['people.enter-person', { names, parent: null, sex: 'f', household: null, number: null, owner: '1-2' }]),
    sync(0),
    sync(1),
    write(0, renamed('Marvi')),
    write(1, renamed('Momal')),
    sync(0),
    sync(1),
    write(0, wish('person', '10-1')),
    sync(0),
    { do: 'wait', hours: 30 },
    minute,
  ],
  'a line that is emptied of an erased page, and offered to a restored book, is no other line': [
    sync(3),
    write(3, [
      'office.estimate',
      {
        figure: 'children-enrolled',
        by: {},
        count: 298,
        on: '2026-11-01',
        leader: '1-5',
        names: { en: 'Zeba', sd: null, ur: null },
        owner: '1-4',
      },
    ]),
    { do: 'backup', safe: true },
    {
      do: 'office',
      luck: 721368822,
      about: null,
      says: [['book.erase', { subject: '1-4', hers: [], beside: [], erasure: null, before: [], owner: '1-2' }]],
    },
    sync(3),
    { do: 'wait', hours: 1 },
    { do: 'restore', burnt: false },
  ],
  'words of an erased woman that come late to a restored book are refused there, and not on the phone that lost them': [
    sync(6),
    {
      do: 'ask-erasure',
      who: 1,
      luck: 1293238313,
      says: [['book.ask-erasure', { kind: 'person', subject: '4-4', owner: '4-1' }]],
    },
    { do: 'two-servers', who: 1, other: 6, fates: [carried, carried] },
    { do: 'backup', safe: true },
    { do: 'wait', hours: 2160 },
    write(6, ['people.merge', { stays: '4-5', goes: '4-4' }]),
    sync(6, { wire: 'late-too' }),
    { do: 'minute', cut: 4 },
    sync(6),
    { do: 'restore', burnt: false },
  ],
  'who is erased in one office is looked for in another, whose phone brings a line about her after a restore': [
    sync(0),
    { do: 'backup', safe: false },
    {
      do: 'transfer',
      luck: 1499749008,
      says: [
        [
          'transfers.offer',
          {
            kind: 'organization',
            about: '1-3',
            office: 11,
            officeNames: { en: 'LSO 11', sd: null, ur: null },
            agreed: true,
          },
        ],
      ],
    },
    { do: 'carry', dies: 2 },
    {
      do: 'transfer',
      luck: 962674611,
      says: [['transfers.answer', { arrival: '5-3', to: '4-1', household: null }]],
    },
    { do: 'ask-erasure', who: 4, luck: 1335185593, says: [wish('donor', '1-16')] },
    { do: 'carry', dies: null },
    sync(7),
    write(7, ['blood-donors.learn-group', { donor: '1-16', group: 'B-', knownBy: 'lab' }]),
    { do: 'restore', burnt: false },
  ],
  'a flag of a line is not asked for once its words are gone and the book that flagged it has burnt': [
    sync(0),
    { do: 'backup', safe: true },
    write(0, ['blood-donors.learn-group', { donor: '1-16', group: 'A+', knownBy: 'told' }]),
    { do: 'ask-erasure', who: 0, luck: 66382665, says: [wish('donor', '1-16')] },
    sync(0),
    { do: 'wait', hours: 200 },
    minute,
    sync(0),
    { do: 'restore', burnt: true },
  ],
  'a restored book that never knew her tells the phones that she was erased, once a line about her has come': [
    {
      do: 'move',
      luck: 665347524,
      says: [
        ['access.take-role', { grant: '1-11' }],
        [
          'access.give-role',
          { person: '1-7', names: { en: 'moved', sd: null, ur: null }, role: 'lso-bearer', organization: '1-4' },
        ],
      ],
    },
    { do: 'backup', safe: true },
    office([
      'people.enter-person',
      {
        names: { en: 'Halima', sd: null, ur: null },
        parent: { en: 'Sakina', sd: 'سڪينه', ur: null },
        sex: 'f',
        bornYear: null,
        born: { on: '1979-01-17' },
        household: null,
        number: 6,
        owner: '1-1',
        cnic: null,
        phones: [],
        phonesOwner: '1-2',
        agreed: [],
      },
    ]),
    sync(2),
    sync(0),
    sync(6),
    sync(5),
    { do: 'ask-erasure', who: 5, luck: 896646273, says: [wish('person', '1-20')] },
    sync(2),
    { do: 'wait', hours: 2160 },
    minute,
    write(0, [
      'people.tell-consent',
      { person: '1-20', purpose: 'register', given: true, how: 'read-aloud', on: '2026-11-01' },
    ]),
    { do: 'restore', burnt: false },
  ],
  'an erasure that was cut off between two books is carried on in the other one': [
    sync(6),
    {
      do: 'transfer',
      luck: 1117025008,
      says: [
        [
          'transfers.offer',
          { kind: 'person', about: '4-4', office: 10, officeNames: { en: 'LSO 10', sd: null, ur: null }, agreed: true },
        ],
      ],
    },
    {
      do: 'ask-erasure',
      who: 5,
      luck: 1888917368,
      says: [['book.ask-erasure', { kind: 'person', subject: '4-4', owner: '4-1' }]],
    },
    sync(6),
    { do: 'carry', dies: 1 },
    { do: 'wait', hours: 200 },
    { do: 'minute', cut: 4 },
  ],
  'an erasure does not hide that two phones use one number': [
    sync(0),
    write(0, wish('person', '1-5')),
    { do: 'clone', who: 0 },
    sync(0),
    { do: 'wait', hours: 30 },
    write(0, ['emergencies.test-provider', { provider: '1-13', works: false }]),
    { do: 'ask-erasure', who: 5, luck: 0, says: [wish('person', '1-5')] },
    minute,
    sync(0),
    minute,
  ],
  'a wish that three have told is carried out once, and none of them waits': [
    write(0, wish('donor', '1-15')),
    write(0, wish('donor', '1-15')),
    write(0, wish('donor', '1-15')),
    sync(0),
  ],
};
