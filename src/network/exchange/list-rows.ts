import { enlist } from '../../care/blood-donors/commands.ts';
import { sameDonorKey } from '../../care/blood-donors/donor.ts';
import { formOrganization } from '../../federation/organizations/commands.ts';
import { birthYears } from '../../federation/people/birth.ts';
import { enterHousehold, enterPerson } from '../../federation/people/commands.ts';
import { addPlace } from '../../federation/places/commands.ts';
import type { PlaceLevel } from '../../federation/places/place.ts';
import { placeCodeList } from '../../federation/places/sindh-places.ts';
import type { Names } from '../../kernel/names.ts';
import { fold } from '../../kernel/words.ts';
import {
  type Finder,
  type KnownOffice,
  knownOrganization,
  likeness,
  organizationNumber,
  type Ref,
  refKey,
  spellingsOf,
} from './known-office.ts';
import {
  knownBy,
  type ListedLevel,
  levels,
  listedTiers,
  membersAre,
  sexes,
  whosePhone,
  yesOrNo,
} from './list-answers.ts';
import type { Field, ImportList } from './list-columns.ts';
import type { RightRow } from './preview.ts';
import type { RowReader } from './row-reader.ts';

/** What a row becomes when nothing in it is wrong. */
export type ReadRow = {
  readonly command: string;
  readonly input: RightRow['input'];
  /** The cell beside which is said that this one stands there already. */
  readonly field: Field;
  readonly alike: readonly string[];
  /** What later rows may name. */
  readonly add?: (finder: Finder) => void;
};

type Reading = (reader: RowReader, finder: Finder, office: KnownOffice) => ReadRow | null;

const livedIn: readonly PlaceLevel[] = ['village', 'settlement'];

/** The organization a row belongs to: its CO, else its VO, else the LSO. */
function membership(reader: RowReader, finder: Finder, { root }: KnownOffice) {
  const vo = reader.organization('vo', finder, 'vo', null);
  const co = reader.organization('co', finder, 'co', vo?.at ?? null);
  const owner: Ref = co?.at ?? vo?.at ?? root;
  return { vo, co, owner };
}

const readPlace: Reading = (reader, finder, { root }) => {
  const names = reader.names('name', true);
  const level = reader.choice('level', levels, true);
  const within = level === null ? null : reader.place('within', finder, placesAbove[level]);
  const code = reader.text('code', 20);
  const aliases = (reader.text('aliases', 800) ?? '')
    .split(/[;,،؛|]/)
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '');
  if (names === null || level === null) return null;
  const parent: Ref | null = within?.at ?? null;
  return {
    command: addPlace.name,
    field: 'name',
    alike: likeness('place', names, null, `${level} ${refKey(parent)}`),
    input: (idOf) => ({
      names,
      level,
      parent: parent === null ? null : idOf(parent),
      code: code === null ? null : { value: code, list: placeCodeList },
      aliases,
      owner: root,
    }),
    add: (to) => to.addPlace({ at: { row: reader.row }, level, parent, spellings: spellingsOf(names, aliases) }),
  };
};
const placesAbove: Readonly<Record<ListedLevel, readonly PlaceLevel[]>> = {
  'union-council': ['taluka', 'district'],
  village: ['union-council'],
  settlement: ['village', 'union-council'],
};

const readOrganization: Reading = (reader, finder, { root, today }) => {
  const names = reader.names('name', true);
  const tier = reader.choice('tier', listedTiers, true);
  const numberText = reader.text('number', 20);
  const number = numberText === null ? null : organizationNumber(numberText);
  if (numberText !== null && number === null)
    reader.refuse('number', 'exchange.not-a-number', { value: numberText, from: 1, to: 9999 });
  const above = tier === 'co' ? reader.organization('above', finder, 'vo', null) : null;
  const place = reader.place('village', finder, ['village', 'settlement', 'union-council']);
  const of = reader.choice('of', membersAre, false) ?? 'women';
  const formedOn = reader.day('formed', true, today);
  if (names === null || tier === null || formedOn === null) return null;
  const parent: Ref = above?.at ?? root;
  return {
    command: formOrganization.name,
    field: 'name',
    alike: likeness('organization', names, null, `${tier} ${refKey(parent)}`),
    input: (idOf) => ({
      tier,
      names,
      number,
      place: place === null ? null : idOf(place.at),
      parent: idOf(parent),
      of,
      formedOn,
      status: 'active',
    }),
    add: (to) => {
      const made = { tier, names, number, parent: null, place: null };
      to.addOrganization({ ...knownOrganization({ row: reader.row }, made), parent, place: place?.at ?? null });
    },
  };
};

const readHousehold: Reading = (reader, finder, office) => {
  const head = reader.names('head', true);
  const headParent = reader.names('parent', false);
  const size = reader.number('size', 1, 99);
  const { vo, co, owner } = membership(reader, finder, office);
  const village = reader.place('village', finder, livedIn);
  const since = reader.day('since', false, office.today) ?? office.today;
  const bookPage = reader.text('page', 20);
  if (head === null) return null;
  const place = village?.at ?? co?.place ?? vo?.place ?? null;
  return {
    command: enterHousehold.name,
    field: 'head',
    alike: likeness('household', head, headParent, refKey(owner)),
    input: (idOf) => ({
      head,
      headParent,
      size,
      place: place === null ? null : idOf(place),
      co: co === null ? null : idOf(co.at),
      owner: idOf(owner),
      since,
      bookPage,
    }),
  };
};

const readPerson: Reading = (reader, finder, office) => {
  const names = reader.names('name', true);
  const parent = reader.names('parent', false);
  const sex = reader.choice('sex', sexes, true);
  const born = reader.born(office.today);
  const { co, owner } = membership(reader, finder, office);
  const number = reader.number('number', 1, 9999);
  if (number !== null && co === null) reader.refuse('number', 'exchange.number-without-co');
  if (names === null || sex === null) return null;
  return {
    command: enterPerson.name,
    field: 'name',
    alike: likeness('person', names, parent, refKey(owner)),
    input: (idOf) => ({ names, parent, sex, born, household: null, number, owner: idOf(owner) }),
  };
};

const readDonor: Reading = (reader, finder, office) => {
  const names = reader.names('name', true);
  const parent = reader.names('parent', false);
  const sex = reader.choice('sex', sexes, true);
  const born = reader.born(office.today);
  const group = reader.bloodGroup('group');
  const groupKnownBy = reader.choice('known', knownBy, false) ?? 'told';
  const number = reader.phone('phone');
  const whose = reader.choice('whose', whosePhone, false) ?? 'own';
  const relay = leaderOf(reader, office);
  // A woman's number never leaves her VO's phones: for that it needs the leader through whom she is reached.
  if (sex === 'f' && number !== null && relay === null) reader.refuse('through', 'exchange.woman-needs-leader');
  const vo = reader.organization('vo', finder, 'vo', null);
  const village = reader.place('village', finder, livedIn);
  const address = reader.text('address', 200);
  const consent = reader.choice('consent', yesOrNo, true);
  if (consent === 'no') reader.refuse('consent', 'exchange.not-agreed');
  if (names === null || sex === null || group === null) return null;
  if (vo === null) {
    if (reader.wrong.length === 0) reader.refuse('vo', 'exchange.needed');
    return null;
  }
  const place = village?.at ?? vo.place;
  return {
    command: enlist.name,
    field: 'name',
    alike: donorKeys(names, parent, refKey(vo.at)),
    input: (idOf) => ({
      names,
      parent,
      sex,
      bornYear: born === null ? null : birthYears(born)[1],
      kilograms: null,
      group: group === 'unknown' ? null : group,
      groupKnownBy: group === 'unknown' ? 'unknown' : groupKnownBy,
      village: place === null ? null : idOf(place),
      vo: idOf(vo.at),
      address,
      relay,
      number,
      whose,
      // Nobody has asked yet whether it is safe to ring a number that is not the donor's own.
      safeToCall: whose === 'own',
      owner: office.root,
      consented: true,
      sure: false,
    }),
  };
};

function leaderOf(reader: RowReader, { leaders }: KnownOffice) {
  const text = reader.text('through', 80);
  if (text === null) return null;
  const wanted = fold(text);
  const found = leaders.filter(({ names }) => spellingsOf(names).includes(wanted));
  const persons = new Set(found.map(({ person }) => person));
  if (persons.size === 1) return { person: found[0]?.person as string, names: found[0]?.names as Names };
  if (persons.size === 0) return reader.refuse('through', 'exchange.no-such-leader', { value: text });
  return reader.refuse('through', 'exchange.several', { value: text, count: persons.size });
}

/** As the register itself compares donors, and in every spelling that is written. */
export function donorKeys(names: Names, parent: Names | null, vo: string): string[] {
  return [...new Set([...likeness('donor', names, parent, vo), `donor|${sameDonorKey({ names, parent, vo })}`])];
}

const readings: Readonly<Record<ImportList, Reading>> = {
  places: readPlace,
  organizations: readOrganization,
  households: readHousehold,
  people: readPerson,
  donors: readDonor,
};

/** Reads a row as one of a list. Null where too much is wrong to say what it would become. */
export function readListRow(list: ImportList, reader: RowReader, finder: Finder, office: KnownOffice): ReadRow | null {
  return readings[list](reader, finder, office);
}
