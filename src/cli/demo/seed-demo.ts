/*
 * The demo office: LSO Ibtida of UC Dhori, at the size of a real LSO, and a neighbour, a district and a head office. Figures of
 * the newsletter (107 donors, 102 people given blood, 8 families carried by Ali Gohar Trust) stand as records; every person is
 * a sample, and no fate is told that the newsletter leaves untold.
 */
import type { Pool } from 'pg';
import { placeCodeList, sindhDistricts } from '../../federation/places/sindh-places.ts';
import { type BloodGroup, bloodGroups, canReceive } from '../../kernel/blood-group.ts';
import type { Names } from '../../kernel/names.ts';
import { addDays, dayInPakistan, type Instant, millisecondsPerDay } from '../../kernel/plain-date.ts';
import { addBook } from '../../server/installation.ts';
import type { OfficeServer } from '../../server/office-server.ts';
import { Importer } from './importer.ts';
import { joined, sampleNames, seededChance } from './sample-names.ts';

export const demoOffices = { headOffice: 1, district: 2, ibtida: 10, neighbour: 11 } as const;

/** A leader of the demo, for whom a phone can be enrolled. */
export type DemoLeader = {
  readonly office: number;
  readonly person: string;
  readonly names: Names;
  readonly organization: string;
  readonly role: 'lso-bearer' | 'vo-bearer' | 'crp';
  readonly vo: number;
};

export type DemoSize = {
  readonly villageOrganizations: number;
  readonly communityOrganizations: number;
  readonly households: number;
  readonly organized: number;
  readonly persons: number;
};
export const realSize: DemoSize = {
  villageOrganizations: 15,
  communityOrganizations: 100,
  households: 3000,
  organized: 2000,
  persons: 12_000,
};
/** For tests: the same office, small. */
export const smallSize: DemoSize = {
  villageOrganizations: 4,
  communityOrganizations: 8,
  households: 60,
  organized: 40,
  persons: 160,
};

const donorsEnlisted = 107;
const peopleHelped = 102;
const familiesCarried = 8;
/** Days within which all COs of the sample were formed. */
const formedWithin = 300;

/** Seeds an empty database. `now` only says until when the past reaches; the rest is the same every time. */
export async function seedDemo(
  server: OfficeServer,
  owner: Pool,
  now: Instant,
  size: DemoSize = realSize,
): Promise<readonly DemoLeader[]> {
  const { headOffice, district, ibtida, neighbour } = demoOffices;
  const named = (en: string, sd: string): Names => ({ en, sd, ur: null });
  const srso = named('SRSO', 'ايس آر ايس او');
  const qambar = named('Qambar-Shahdadkot', 'قمبر-شهدادڪوٽ');
  await addBook(owner, { office: headOffice, above: null, tier: 'programme', names: srso });
  await addBook(owner, { office: district, above: headOffice, tier: 'district', names: qambar });
  await addBook(owner, {
    office: ibtida,
    above: district,
    tier: 'lso',
    names: named('LSO Ibtida', 'ايل ايس او ابتدا'),
  });
  await addBook(owner, {
    office: neighbour,
    above: district,
    tier: 'lso',
    names: named('LSO Sahara', 'ايل ايس او سهارا'),
  });
  await owner.query('UPDATE installation SET sample = true');

  const begun = Date.UTC(2017, 9, 30, 6);
  const head = await Importer.open(server, headOffice, begun);
  const root = head.say('organizations.form', organization('programme', srso, null, null, null, begun));
  const sindh = head.say('places.add', place('province', named('Sindh', 'سنڌ'), null, 'PK7', [], root));
  for (const { code, names, aliases, talukas } of sindhDistricts) {
    const id = head.say('places.add', place('district', names, sindh, code, aliases, root));
    talukas.forEach((taluka, i) => {
      const number = String(i + 1).padStart(2, '0');
      head.say('places.add', place('taluka', { en: taluka, sd: null, ur: null }, id, `${code}${number}`, [], root));
    });
  }
  await head.flush();

  const districtBook = await Importer.open(server, district, begun);
  districtBook.say('organizations.form', organization('district', qambar, null, null, null, begun));
  await districtBook.flush();

  const leaders = await seedIbtida(server, now, size, begun);
  leaders.push(await seedNeighbour(server, now, begun));
  await server.shareCounts();
  await server.listLsos();
  await server.carryTransfers();
  await owner.query('ANALYZE');
  return leaders;
}

function organization(
  tier: string,
  names: Names,
  number: number | null,
  place: string | null,
  parent: string | null,
  formedAt: Instant,
) {
  return { tier, names, number, place, parent, of: 'women', formedOn: dayInPakistan(formedAt), status: 'active' };
}

function place(
  level: string,
  names: Names,
  parent: string | null,
  code: string | null,
  aliases: readonly string[],
  owner: string,
) {
  return { level, names, parent, code: code === null ? null : { value: code, list: placeCodeList }, aliases, owner };
}

type Chance = () => number;
function pick<T>(chance: Chance, list: readonly T[]): T {
  return list[Math.floor(chance() * list.length)] as T;
}

// Roughly as blood groups occur in Sindh; exact shares do not matter to the demo.
const groupShares: readonly (readonly [BloodGroup, number])[] = [
  ['O+', 0.33],
  ['B+', 0.31],
  ['A+', 0.2],
  ['AB+', 0.07],
  ['O-', 0.03],
  ['B-', 0.03],
  ['A-', 0.02],
  ['AB-', 0.01],
];
function groupOf(chance: Chance): BloodGroup {
  let at = chance();
  for (const [group, share] of groupShares) {
    if (at < share) return group;
    at -= share;
  }
  return 'O+';
}

/** Numbers that no operator gives out to callers: 0300 0000101 and on. */
function sampleNumber(nth: number): string {
  return `0300${String(nth).padStart(7, '0')}`;
}

async function seedIbtida(server: OfficeServer, now: Instant, size: DemoSize, begun: Instant): Promise<DemoLeader[]> {
  const chance = seededChance(107);
  const book = await Importer.open(server, demoOffices.ibtida, begun);
  const { women, men, castes, villages } = sampleNames;
  const womanName = () => pick(chance, women);
  const manName = () => joined(pick(chance, men), pick(chance, castes));

  const lso = book.say(
    'organizations.form',
    organization('lso', { sd: 'ابتدا', en: 'Ibtida', ur: null }, null, null, null, begun),
  );
  const council = book.say(
    'places.add',
    place('union-council', { sd: 'ڌوري', en: 'Dhori', ur: null }, null, null, ['Dhoori'], lso),
  );
  book.say('organizations.correct', { organization: lso, saw: 1, fields: { place: council } });
  const vos = Array.from({ length: size.villageOrganizations }, (_, i) => {
    const names = villages[i % villages.length] as Names;
    const village = book.say('places.add', place('village', names, council, null, [], lso));
    const id = book.say('organizations.form', organization('vo', names, i + 1, village, lso, begun));
    return { id, village, number: i + 1 };
  });
  // The COs were formed within three hundred days; who wrote them down did so when all stood.
  book.at(begun + 300 * millisecondsPerDay);
  const cos = Array.from({ length: size.communityOrganizations }, (_, i) => {
    const vo = vos[i % vos.length] as (typeof vos)[number];
    const names = joined(womanName(), { sd: 'پاڙو', en: 'Para', ur: null });
    const formed = begun + (i % formedWithin) * millisecondsPerDay;
    // A line of an import stands on its own day: nobody writes of a day to come.
    book.at(formed);
    const number = Math.floor(i / vos.length) + 1;
    return { id: book.say('organizations.form', organization('co', names, number, vo.village, vo.id, formed)), vo };
  });
  book.at(begun + formedWithin * millisecondsPerDay);
  await book.flush();

  const leaders: DemoLeader[] = [];
  const enterLeader = (names: Names, role: DemoLeader['role'], vo: (typeof vos)[number], organizationId: string) => {
    const co = cos.find((candidate) => candidate.vo === vo) as (typeof cos)[number];
    const person = book.say('people.enter-person', {
      names,
      parent: manName(),
      sex: 'f',
      bornYear: 1978 + Math.floor(chance() * 20),
      household: null,
      number: null,
      owner: co.id,
    });
    book.say('access.give-role', { person, names, role, organization: organizationId });
    leaders.push({ office: demoOffices.ibtida, person, names, organization: organizationId, role, vo: vo.number });
    return person;
  };
  const [shabana, nasreen, halima, rubina, zeba, sakina] = women as unknown as readonly [
    Names,
    Names,
    Names,
    Names,
    Names,
    Names,
  ];
  const vo = (number: number) => vos[number - 1] as (typeof vos)[number];
  const appoint = (organization: string, post: string, person: string) =>
    book.say('posts.appoint', { organization, post, person, from: dayInPakistan(begun), owner: lso });
  appoint(lso, 'president', enterLeader(shabana, 'lso-bearer', vo(3), lso));
  appoint(lso, 'manager', enterLeader(nasreen, 'lso-bearer', vo(2), lso));
  appoint(lso, 'treasurer', enterLeader(halima, 'lso-bearer', vo(1), lso));
  appoint(vo(4).id, 'crp', enterLeader(rubina, 'crp', vo(4), vo(4).id));
  const presidents = [
    [vo(4), enterLeader(zeba, 'vo-bearer', vo(4), vo(4).id)] as const,
    [vo(2), enterLeader(sakina, 'vo-bearer', vo(2), vo(2).id)] as const,
    ...vos.slice(4).map((at) => [at, enterLeader(womanName(), 'vo-bearer', at, at.id)] as const),
  ];
  for (const [at, person] of presidents) {
    appoint(at.id, 'president', person);
    appoint(at.id, 'representative', person);
  }
  await book.flush();

  book.at(Date.UTC(2024, 6, 1, 6));
  const perHousehold = size.persons / size.households;
  let entered = leaders.length;
  for (let i = 0; i < size.households; i++) {
    const organized = i < size.organized;
    const co = cos[i % cos.length] as (typeof cos)[number];
    const head = manName();
    const owner = organized ? co.id : co.vo.id;
    const people = Math.min(size.persons - entered, Math.round((i + 1) * perHousehold) - Math.round(i * perHousehold));
    const household = book.say('people.enter-household', {
      head,
      headParent: pick(chance, men),
      size: Math.max(1, people + Math.floor(chance() * 4)),
      place: co.vo.village,
      co: organized ? co.id : null,
      owner,
      since: addDays(dayInPakistan(begun), (i % cos.length) % formedWithin),
      bookPage: String(Math.floor(i / 20) + 1),
    });
    for (let p = 0; p < people; p++, entered++) {
      const female = p % 2 === 0;
      book.say('people.enter-person', {
        names: female ? womanName() : pick(chance, men),
        parent: head,
        sex: female ? 'f' : 'm',
        born: { year: 1950 + Math.floor(chance() * 74) },
        household,
        number: organized && p === 0 ? Math.floor(i / cos.length) + 1 : null,
        owner,
      });
    }
    await book.flushWhenFull();
  }
  await book.flush();
  await seedCare(book, chance, now, lso, vos, leaders);
  return leaders;
}

type VillageOrganization = { readonly id: string; readonly village: string; readonly number: number };

async function seedCare(
  book: Importer,
  chance: Chance,
  now: Instant,
  lso: string,
  vos: readonly VillageOrganization[],
  leaders: readonly DemoLeader[],
): Promise<void> {
  const { women, men, castes } = sampleNames;
  const oneDay = millisecondsPerDay;
  book.at(Date.UTC(2023, 2, 1, 6));
  const provider = (
    en: string,
    sd: string,
    type: string,
    number: string,
    free: boolean,
    order: number,
    vo: string | null,
  ) => book.say('emergencies.add-provider', { names: { en, sd, ur: null }, type, number, free, order, vo, owner: lso });
  const trust = provider('Ali Gohar Trust', 'علي گوهر ٽرسٽ', 'trust', sampleNumber(11), true, 1, null);
  const rescue = provider('Rescue 1122', 'ريسڪيو 1122', 'rescue', '1122', true, 2, null);
  const neighbours = vos
    .slice(0, 4)
    .map(({ id, number }) =>
      provider(
        `Neighbour’s car, VO ${number}`,
        `پاڙي جي گاڏي، وي او ${number}`,
        'neighbour',
        sampleNumber(20 + number),
        false,
        3,
        id,
      ),
    );
  const facility = (en: string, sd: string, type: string, number: string | null, whereEn: string, whereSd: string) =>
    book.say('emergencies.add-facility', {
      names: { en, sd, ur: null },
      type,
      number,
      where: { en: whereEn, sd: whereSd, ur: null },
      owner: lso,
    });
  const government = facility('Government hospital', 'سرڪاري اسپتال', 'government', sampleNumber(31), 'Kambar', 'قمبر');
  const clinic = facility('Private hospital', 'خانگي اسپتال', 'private', sampleNumber(32), 'Kambar city', 'قمبر شهر');
  facility('Blood bank', 'بلڊ بئنڪ', 'blood-bank', sampleNumber(33), 'Larkana', 'لاڙڪاڻو');
  for (const leader of leaders.slice(0, 6))
    book.say('emergencies.agree-on-call', {
      names: leader.names,
      number: sampleNumber(40 + leader.vo),
      person: leader.person,
      vo: vos[leader.vo - 1]?.id ?? null,
      owner: lso,
    });

  const donors: { id: string; group: BloodGroup; sex: 'f' | 'm'; vo: VillageOrganization; gaveAt: number }[] = [];
  for (let i = 0; i < donorsEnlisted; i++) {
    const vo = vos[i % vos.length] as VillageOrganization;
    const sex = chance() < 0.22 ? 'f' : 'm';
    // Rare groups are enlisted in the villages that the story visits; a few still do not know theirs.
    const group = i < bloodGroups.length ? (bloodGroups[i] as BloodGroup) : groupOf(chance);
    const unknown = i >= bloodGroups.length && chance() < 0.06;
    const leader = leaders.find((candidate) => candidate.vo === vo.number);
    const relayed = sex === 'f' && leader !== undefined;
    book.at(Date.UTC(2023, 3, 1, 6) + i * 5 * oneDay);
    const id = book.say('blood-donors.enlist', {
      names: sex === 'f' ? pick(chance, women) : pick(chance, men),
      parent: joined(pick(chance, men), pick(chance, castes)),
      sex,
      bornYear: 1970 + Math.floor(chance() * 34),
      kilograms: null,
      group: unknown ? null : group,
      groupKnownBy: unknown ? 'unknown' : pick(chance, ['card', 'lab', 'told'] as const),
      village: vo.village,
      vo: vo.id,
      address: null,
      relay: relayed ? { person: leader.person, names: leader.names } : null,
      number: sampleNumber(101 + i),
      whose: 'own',
      safeToCall: true,
      owner: lso,
      consented: true,
      sure: true,
    });
    if (!unknown) donors.push({ id, group, sex, vo, gaveAt: 0 });
  }

  // One night after the other, from the day the register was whole until last week.
  const first = Date.UTC(2024, 8, 15, 18);
  const last = now - 7 * oneDay;
  const step = Math.floor((last - first) / peopleHelped);
  for (let i = 0; i < peopleHelped; i++) {
    const at = first + i * step;
    const vo = vos[Math.floor(chance() * vos.length)] as VillageOrganization;
    const ready = donors
      .filter(({ gaveAt, sex }) => at - gaveAt > (sex === 'f' ? 120 : 90) * oneDay)
      .sort((a, b) => a.gaveAt - b.gaveAt || (a.id < b.id ? -1 : 1));
    const donor = ready[0];
    if (!donor) throw new Error('the demo has too few donors for its nights');
    const group = bloodGroups.find((candidate) => candidate === donor.group && canReceive(candidate, donor.group));
    const carried = i % 12 === 5 && i / 12 < familiesCarried;
    const delivery = i % 4 === 1;
    book.at(at);
    const emergency = book.say('emergencies.open', {
      type: delivery ? 'delivery' : i % 9 === 4 ? 'accident' : 'blood',
      patient: null,
      vo: vo.id,
      village: vo.village,
      owner: lso,
      blood: { group, bottles: 1, sex: delivery ? 'f' : 'unknown', age: null, village: vo.village, vo: vo.id },
      bookPage: String(Math.floor(i / 14) + 1),
    });
    if (carried)
      book.say('emergencies.answer-provider', {
        emergency,
        provider: trust,
        answer: 'coming',
        minutes: 15 + (i % 3) * 5,
      });
    if (i % 17 === 3) book.say('emergencies.see-facility', { emergency, facility: government, staff: 'no' });
    book.at(at + 30 * 60_000);
    book.say('emergencies.see-facility', { emergency, facility: clinic, staff: 'yes' });
    book.say('blood-donors.answer', { list: `${emergency}.2`, donor: donor.id, answer: 'arrived' });
    book.at(at + 12 * 3_600_000);
    const on = dayInPakistan(at + 12 * 3_600_000);
    // The newsletter does not say how these nights ended: nor does the demo.
    book.say('emergencies.tell-outcome', {
      emergency,
      ending: 'untold',
      bloodGiven: true,
      carriedBy: carried ? trust : null,
      facility: clinic,
      on,
    });
    if (i === 0)
      book.say('emergencies.add-support', { emergency, what: 'operation', from: 'Private hospital', rupees: null });
    book.say('blood-donors.thank', { donor: donor.id, gaveOn: on });
    donor.gaveAt = at;
  }
  book.at(now - 3 * oneDay);
  book.say('emergencies.test-provider', { provider: trust, works: true });
  book.say('emergencies.see-facility', { emergency: null, facility: government, staff: 'no' });
  book.at(now - 90 * oneDay);
  book.say('emergencies.test-provider', { provider: rescue, works: true });
  if (neighbours[1]) {
    book.say('emergencies.test-provider', { provider: neighbours[1], works: false });
    book.say('emergencies.test-provider', { provider: neighbours[1], works: false });
  }
  await book.flush();
}

async function seedNeighbour(server: OfficeServer, now: Instant, begun: Instant): Promise<DemoLeader> {
  const chance = seededChance(11);
  const book = await Importer.open(server, demoOffices.neighbour, begun);
  const { women, men, castes } = sampleNames;
  const lso = book.say(
    'organizations.form',
    organization('lso', { sd: 'سهارا', en: 'Sahara', ur: null }, null, null, null, begun),
  );
  const vo = book.say(
    'organizations.form',
    organization('vo', { sd: 'وارهه', en: 'Warah', ur: null }, 1, null, lso, begun),
  );
  const names = women[10] as Names;
  const person = book.say('people.enter-person', {
    names,
    parent: pick(chance, men),
    sex: 'f',
    bornYear: 1985,
    household: null,
    number: null,
    owner: vo,
  });
  book.say('access.give-role', { person, names, role: 'lso-bearer', organization: lso });
  // She married into a village of UC Dhori; LSO Ibtida has not answered yet.
  const bride = women[14] as Names;
  const married = book.say('people.enter-person', {
    names: bride,
    parent: men[3],
    sex: 'f',
    bornYear: 2001,
    household: null,
    number: null,
    owner: vo,
  });
  const officeNames: Names = { en: 'LSO Ibtida', sd: 'ايل ايس او ابتدا', ur: null };
  book.say('emergencies.agree-on-call', { names, number: sampleNumber(60), person, vo: null, owner: lso });
  for (let i = 0; i < 38; i++) {
    book.at(now - (60 + i * 9) * millisecondsPerDay);
    book.say('blood-donors.enlist', {
      names: pick(chance, men),
      parent: joined(pick(chance, men), pick(chance, castes)),
      sex: 'm',
      bornYear: 1975 + Math.floor(chance() * 28),
      kilograms: null,
      group: i < bloodGroups.length ? bloodGroups[i] : groupOf(chance),
      groupKnownBy: 'lab',
      village: null,
      vo,
      address: null,
      relay: null,
      number: sampleNumber(300 + i),
      whose: 'own',
      safeToCall: true,
      owner: lso,
      consented: true,
      sure: true,
    });
  }
  book.at(now - 2 * millisecondsPerDay);
  book.say('transfers.offer', {
    kind: 'person',
    about: married,
    office: demoOffices.ibtida,
    officeNames,
    agreed: true,
  });
  await book.flush();
  return { office: demoOffices.neighbour, person, names, organization: lso, role: 'lso-bearer', vo: 1 };
}
