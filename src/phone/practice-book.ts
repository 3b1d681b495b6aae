/*
 * The book of the practice office: a small LSO with sample people, decided by the same rules as a real one. The same day gives the same
 * book. It knows nothing of the real office, and every number in it is one that no operator gives out.
 */
import type { BloodGroup } from '../kernel/blood-group.ts';
import type { RecordId } from '../kernel/ids.ts';
import type { Names } from '../kernel/names.ts';
import { addDays, dayInPakistan, type Instant, millisecondsPerDay } from '../kernel/plain-date.ts';
import type { Grant } from '../platform/access/role.ts';
import type { Registers } from '../platform/book/command.ts';
import { type AnyKept, decideLine, type Shelf } from '../platform/book/decide.ts';
import { type Cell, sumCells } from '../platform/book/figures.ts';

/** The practice office is one of its own; the list that fills it and the woman who practises have a seat each. */
export const practiceOffice = 1;
const listSeat = 1;
export const practiceSeat = 2;

export type PracticeBook = {
  readonly records: readonly AnyKept[];
  readonly cells: readonly Cell[];
  readonly sequence: number;
  /** She who practises: a sample leader of the office. */
  readonly person: RecordId;
  readonly names: Names;
  readonly grants: readonly Grant[];
};

const names = (sd: string, ur: string, en: string): Names => ({ sd, ur, en });
const women = [
  names('مارئي', 'ماروی', 'Marvi'),
  names('مومل', 'مومل', 'Momal'),
  names('نوري', 'نوری', 'Noori'),
  names('سسئي', 'سسی', 'Sassui'),
  names('گل', 'گل', 'Gul'),
  names('سورٺ', 'سورٹھ', 'Sorath'),
] as const;
const men = [
  names('عمر', 'عمر', 'Umar'),
  names('راڻو', 'رانو', 'Rano'),
  names('تماچي', 'تماچی', 'Tamachi'),
  names('پنهون', 'پنوں', 'Punhoon'),
  names('چنيسر', 'چنیسر', 'Chanesar'),
  names('ڏياچ', 'دیاچ', 'Diyach'),
] as const;
const villages = [
  names('مشق ڳوٺ پهريون', 'مشق گاؤں پہلا', 'Practice village one'),
  names('مشق ڳوٺ ٻيو', 'مشق گاؤں دوسرا', 'Practice village two'),
  names('مشق ڳوٺ ٽيون', 'مشق گاؤں تیسرا', 'Practice village three'),
] as const;
const groups: readonly (BloodGroup | null)[] = [
  'B-',
  'O+',
  'B+',
  'A+',
  'O-',
  'AB+',
  'A-',
  'B+',
  null,
  'O+',
  'AB-',
  'B-',
];

/** 0300 0000901 and on. */
function sampleNumber(nth: number): string {
  return `0300${String(900 + nth).padStart(7, '0')}`;
}

export function practiceBook(registers: Registers, now: Instant): PracticeBook {
  const list = new List(registers);
  const formedOn = addDays(dayInPakistan(now), -400);
  const say = (command: string, input: unknown, daysAgo = 400) =>
    list.say(command, input, now - daysAgo * millisecondsPerDay);
  const form = (tier: string, called: Names, number: number | null, place: string | null, parent: string | null) =>
    say('organizations.form', {
      tier,
      names: called,
      number,
      place,
      parent,
      of: 'women',
      formedOn,
      status: 'active',
    });
  const settle = (level: string, called: Names, parent: string | null) =>
    say('places.add', { level, names: called, parent, code: null, aliases: [], owner: lso });

  const lso = form('lso', names('مشق', 'مشق', 'Practice'), null, null, null);
  const council = settle('union-council', names('مشق يونين ڪائونسل', 'مشق یونین کونسل', 'Practice council'), null);
  const vos = villages.map((called, i) => {
    const village = settle('village', called, council);
    const vo = form('vo', called, i + 1, village, lso);
    return {
      vo,
      village,
      cos: [1, 2].map((number) => form('co', women[i * 2 + number - 1] as Names, number, village, vo)),
    };
  });

  const leaders = vos.map(({ vo, cos }, i) => {
    const called = women[i] as Names;
    const person = say('people.enter-person', {
      names: called,
      parent: men[i],
      sex: 'f',
      bornYear: 1984 + i,
      household: null,
      number: null,
      owner: cos[0],
    });
    const [role, organization] = i === 0 ? ['lso-bearer', lso] : ['vo-bearer', vo];
    say('access.give-role', { person, names: called, role, organization });
    return { person, names: called };
  });
  vos.forEach(({ vo, village, cos }, v) => {
    for (let house = 0; house < 4; house++) {
      const co = cos[house % 2] as string;
      const head = men[(v * 2 + house) % men.length] as Names;
      const household = say('people.enter-household', {
        head,
        headParent: men[(v + house + 3) % men.length],
        size: 4 + house,
        place: village,
        co: house === 3 ? null : co,
        owner: house === 3 ? vo : co,
        since: formedOn,
        bookPage: String(v + 1),
      });
      say('people.enter-person', {
        names: women[(v * 2 + house) % women.length],
        parent: head,
        sex: 'f',
        born: { year: 1975 + v * 7 + house * 4 },
        household,
        number: null,
        owner: house === 3 ? vo : co,
      });
    }
  });

  const provider = (called: Names, type: string, nth: number, order: number, vo: string | null) =>
    say('emergencies.add-provider', {
      names: called,
      type,
      number: sampleNumber(nth),
      free: order === 1,
      order,
      vo,
      owner: lso,
    });
  const trust = provider(names('مشق ٽرسٽ', 'مشق ٹرسٹ', 'Practice trust'), 'trust', 1, 1, null);
  provider(names('مشق ايمبولنس', 'مشق ایمبولینس', 'Practice ambulance'), 'rescue', 2, 2, null);
  vos.forEach(({ vo }, i) => {
    provider(names(`مشق گاڏي ${i + 1}`, `مشق گاڑی ${i + 1}`, `Practice car ${i + 1}`), 'neighbour', 3 + i, 3, vo);
  });
  const facility = (called: Names, type: string, nth: number) =>
    say('emergencies.add-facility', {
      names: called,
      type,
      number: sampleNumber(nth),
      where: villages[0],
      owner: lso,
    });
  const hospital = facility(names('مشق اسپتال', 'مشق ہسپتال', 'Practice hospital'), 'government', 7);
  facility(names('مشق بلڊ بئنڪ', 'مشق بلڈ بینک', 'Practice blood bank'), 'blood-bank', 8);
  leaders.forEach(({ person, names: called }, i) => {
    say('emergencies.agree-on-call', {
      names: called,
      number: sampleNumber(10 + i),
      person,
      vo: vos[i]?.vo ?? null,
      owner: lso,
    });
  });

  const donors = groups.map((group, i) => {
    const at = vos[i % vos.length] as (typeof vos)[number];
    const woman = i % 4 === 3;
    return say(
      'blood-donors.enlist',
      {
        names: (woman ? women : men)[i % 6],
        parent: men[(i + 2) % men.length],
        sex: woman ? 'f' : 'm',
        bornYear: 1980 + i,
        kilograms: null,
        group,
        groupKnownBy: group === null ? 'unknown' : (['card', 'lab', 'told'] as const)[i % 3],
        village: at.village,
        vo: at.vo,
        address: null,
        relay: woman ? leaders[i % 3] : null,
        number: sampleNumber(20 + i),
        whose: 'own',
        safeToCall: true,
        owner: lso,
        consented: true,
        sure: true,
      },
      300 - i * 10,
    );
  });

  // One night that is over, so that the figures and the list of nights are not empty.
  const { vo, village } = vos[1] as (typeof vos)[number];
  const emergency = say(
    'emergencies.open',
    {
      type: 'delivery',
      patient: null,
      vo,
      village,
      owner: lso,
      blood: { group: 'O+', bottles: 1, sex: 'f', age: null, village, vo },
      bookPage: null,
    },
    30,
  );
  say('emergencies.answer-provider', { emergency, provider: trust, answer: 'coming', minutes: 20 }, 30);
  say('emergencies.see-facility', { emergency, facility: hospital, staff: 'yes' }, 30);
  say('blood-donors.answer', { list: `${emergency}.2`, donor: donors[1], answer: 'arrived' }, 30);
  const gaveOn = addDays(dayInPakistan(now), -29);
  say(
    'emergencies.tell-outcome',
    { emergency, ending: 'untold', bloodGiven: true, carriedBy: trust, facility: hospital, on: gaveOn },
    29,
  );
  say('blood-donors.thank', { donor: donors[1], gaveOn }, 29);
  say('emergencies.test-provider', { provider: trust, works: true }, 3);

  const leader = leaders[0] as (typeof leaders)[number];
  return { ...list.whole(), person: leader.person, names: leader.names, grants: [{ role: 'lso-bearer', scope: lso }] };
}

/** Decides lines of an import one after the other over what the earlier ones made. */
class List {
  readonly #registers: Registers;
  readonly #records = new Map<string, AnyKept>();
  #cells: Cell[] = [];
  #line = 0;

  constructor(registers: Registers) {
    this.#registers = registers;
  }

  /** Answers the id of the first record that the line makes. Throws on a refusal: a sample that breaks a rule is wrong. */
  say(command: string, input: unknown, at: Instant): RecordId {
    this.#line += 1;
    const shape = this.#registers.commands.get(command)?.upgrades.length ?? 0;
    const line = { seat: listSeat, line: this.#line, command, shape, input, at, grants: 0 };
    const actor = { nature: 'import', seat: listSeat, office: practiceOffice, person: null, grants: [] } as const;
    const outcome = decideLine(this.#registers, this.#shelf(), line, { actor, reach: null });
    if (outcome.state !== 'accepted') throw new Error(`practice line ${this.#line}: ${JSON.stringify(outcome)}`);
    for (const { kind, id, after, counts } of outcome.written) {
      if (after) this.#records.set(`${kind} ${id}`, after);
      else this.#records.delete(`${kind} ${id}`);
      this.#cells.push(...counts);
    }
    return `${listSeat}-${this.#line}`;
  }

  whole(): Pick<PracticeBook, 'records' | 'cells' | 'sequence'> {
    this.#cells = sumCells(this.#cells);
    return { records: [...this.#records.values()], cells: this.#cells, sequence: this.#line };
  }

  #shelf(): Shelf {
    const source = this.#registers.tree;
    const tree = new Map<RecordId, RecordId | null>();
    for (const { kind, id, body } of this.#records.values())
      if (kind === source?.kind) tree.set(id, source.parent(body));
    return {
      record: (kind, id) => this.#records.get(`${kind} ${id}`) ?? 'none',
      page: (kind, index, key) => {
        const keysOf = this.#registers.kinds.get(kind)?.indexes[index];
        return [...this.#records.values()].filter((kept) => kept.kind === kind && keysOf?.(kept.body).includes(key));
      },
      rules: [],
      tree,
    };
  }
}
