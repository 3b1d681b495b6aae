/*
 * Opens offices, step by step. Each step looks at what stands and writes what is missing; run again, it answers the same office.
 *
 *   programme ─► district (its places, its book) ─► LSO (its book, its union council) ─► bearer (person, role) ─► code
 */
import type { Pool } from 'pg';
import { type Organization, organizationKind } from '../../../federation/organizations/organization.ts';
import { enterPerson } from '../../../federation/people/commands.ts';
import { personKind } from '../../../federation/people/person.ts';
import { addPlace } from '../../../federation/places/commands.ts';
import { type Place, placeKind } from '../../../federation/places/place.ts';
import { placeCodeList, sindhDistricts } from '../../../federation/places/sindh-places.ts';
import type { RecordId } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { dayInPakistan, type Instant } from '../../../kernel/plain-date.ts';
import { type GrantPage, giveRole, grantKind, type PhonePage, phoneKind } from '../../../platform/access/grants.ts';
import { type CodeDoors, makeEnrolment } from '../../../platform/access/server/gate.ts';
import { chainStart } from '../../../platform/book/chain.ts';
import type { Kept, Kind } from '../../../platform/book/kind.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import {
  type BearerInput,
  type LsoInput,
  type OpenedLso,
  type OpenedOffices,
  type OpeningRole,
  openingRoles,
  sameNames,
} from '../opening-input.ts';

export type OpeningDoors = CodeDoors & {
  readonly now: () => Instant;
  readonly writeLine: (
    office: number,
    nature: 'server' | 'import',
    command: string,
    input: unknown,
  ) => Promise<RecordId>;
};

/** Something that the opening cannot do as it was asked; the sentence says what would be right. */
export class CannotOpen extends Error {}

export type Book = {
  readonly office: number;
  readonly above: number | null;
  readonly tier: string;
  readonly names: Names;
};

const sindh: Names = { en: 'Sindh', sd: 'سنڌ', ur: 'سندھ' };
/** How long a code lives that is read to a leader on the first day, in milliseconds. */
const firstCodeLife = 7 * 24 * 3_600_000;

export function booksOf(app: Pool): Promise<readonly Book[]> {
  return onDuty(app, 'opener', async (client) => {
    const { rows } = await client.query<Book>('SELECT office, above, tier, names FROM books ORDER BY office');
    return rows;
  });
}

function addBook(app: Pool, book: Omit<Book, 'office'>): Promise<number> {
  return onDuty(app, 'opener', async (client) => {
    // Two who open at once take their numbers one after the other.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('otaq.books'))");
    const { rows } = await client.query<{ office: number }>(
      `INSERT INTO books (office, above, tier, names, head)
       SELECT coalesce(max(office), 0) + 1, $1, $2, $3, $4 FROM books RETURNING office`,
      [book.above, book.tier, book.names, chainStart],
    );
    return rows[0]?.office as number;
  });
}

/** Every record of a kind in an office's book, as they were made. */
export function recordsOf<T>(app: Pool, office: number, kind: Kind<T>): Promise<readonly Kept<T>[]> {
  return onDuty(
    app,
    'writer',
    async (client) => {
      const { rows } = await client.query<Kept<T>>(
        'SELECT id, kind, scope, version, body FROM records WHERE office = $1 AND kind = $2 ORDER BY sequence, id',
        [office, kind.kind],
      );
      return rows;
    },
    { office },
  );
}

/** The organization at the root of an office's book. */
async function rootOf(app: Pool, office: number): Promise<Kept<Organization> | null> {
  return (await recordsOf(app, office, organizationKind)).find(({ body }) => body.parent === null) ?? null;
}

async function ensureRoot(doors: OpeningDoors, book: Book, formedOn: string): Promise<RecordId> {
  const root = await rootOf(doors.app, book.office);
  if (root) return root.id;
  return doors.writeLine(book.office, 'import', 'organizations.form', {
    tier: book.tier,
    names: book.names,
    number: null,
    place: null,
    parent: null,
    of: 'women',
    formedOn,
    status: 'active',
  });
}

/** The programme's head office. There is one in an installation. */
export async function openProgramme(doors: OpeningDoors, names: Names): Promise<number> {
  const found = (await booksOf(doors.app)).find(({ tier }) => tier === 'programme');
  const book = found ?? { above: null, tier: 'programme', names };
  const office = found?.office ?? (await addBook(doors.app, book));
  const root = await ensureRoot(doors, { ...book, office }, dayInPakistan(doors.now()));
  const places = await recordsOf(doors.app, office, placeKind);
  if (!places.some(({ body }) => body.level === 'province'))
    await doors.writeLine(office, 'import', addPlace.name, placeInput('province', sindh, null, 'PK7', [], root));
  return office;
}

function placeInput(
  level: Place['level'],
  names: Names,
  parent: RecordId | null,
  code: string | null,
  aliases: readonly string[],
  owner: RecordId,
) {
  return { level, names, parent, code: code === null ? null : { value: code, list: placeCodeList }, aliases, owner };
}

/** A district's office, with its talukas among the head office's places. */
export async function openDistrict(doors: OpeningDoors, code: string): Promise<number> {
  const entry = sindhDistricts.find((district) => district.code === code);
  if (!entry) throw new CannotOpen(`There is no district ${code} among the 15 that ship.`);
  const books = await booksOf(doors.app);
  const programme = books.find(({ tier }) => tier === 'programme');
  if (!programme) throw new CannotOpen('The programme comes first: otaq office add programme --name "…".');
  const root = await rootOf(doors.app, programme.office);
  if (!root) throw new CannotOpen('The programme is not whole yet: add it once more, it continues where it was.');
  const places = await recordsOf(doors.app, programme.office, placeKind);
  const known = new Map(places.flatMap(({ id, body }) => (body.code ? [[body.code.value, id] as const] : [])));
  const add = async (
    level: Place['level'],
    names: Names,
    parent: RecordId | null,
    value: string,
    also: readonly string[],
  ) =>
    known.get(value) ??
    doors.writeLine(programme.office, 'import', addPlace.name, placeInput(level, names, parent, value, also, root.id));
  const district = await add('district', entry.names, known.get('PK7') ?? null, entry.code, entry.aliases);
  for (const [i, taluka] of entry.talukas.entries())
    await add('taluka', { en: taluka, sd: null, ur: null }, district, `${code}${String(i + 1).padStart(2, '0')}`, []);

  const found = books.find(({ tier, names }) => tier === 'district' && sameNames(names, entry.names));
  const book = found ?? { above: programme.office, tier: 'district', names: entry.names };
  const office = found?.office ?? (await addBook(doors.app, book));
  await ensureRoot(doors, { ...book, office }, dayInPakistan(doors.now()));
  return office;
}

/** A Local Support Organization's office, with its union council. */
export async function openLso(doors: OpeningDoors, input: LsoInput): Promise<number> {
  const books = await booksOf(doors.app);
  const district = books.find(({ office, tier }) => office === input.district && tier === 'district');
  if (!district) throw new CannotOpen(`Office ${input.district} is not a district's office.`);
  if (input.formedOn > dayInPakistan(doors.now()))
    throw new CannotOpen(`${input.formedOn} has not come yet. Give the day on which the LSO was formed.`);
  const found = books.find(
    ({ tier, above, names }) => tier === 'lso' && above === district.office && sameNames(names, input.names),
  );
  const book = found ?? { above: district.office, tier: 'lso', names: input.names };
  const office = found?.office ?? (await addBook(doors.app, book));
  const root = await ensureRoot(doors, { ...book, office }, input.formedOn);
  const places = await recordsOf(doors.app, office, placeKind);
  if (!places.some(({ body }) => body.level === 'union-council' && sameNames(body.names, input.council))) {
    const taluka = input.taluka === null ? null : await placeOfCode(doors.app, books, input.taluka);
    if (input.taluka !== null && taluka === null)
      throw new CannotOpen(`There is no taluka ${input.taluka} in the programme's places.`);
    await doors.writeLine(
      office,
      'import',
      addPlace.name,
      placeInput('union-council', input.council, taluka, null, [], root),
    );
  }
  return office;
}

async function placeOfCode(app: Pool, books: readonly Book[], code: string): Promise<RecordId | null> {
  const programme = books.find(({ tier }) => tier === 'programme');
  if (!programme) return null;
  const places = await recordsOf(app, programme.office, placeKind);
  return places.find(({ body }) => body.code?.value === code)?.id ?? null;
}

/** A leader and her role, for the whole office; answers the grant. */
export async function enterBearer(doors: OpeningDoors, input: BearerInput): Promise<RecordId> {
  const { app } = doors;
  const root = await rootOf(app, input.office);
  if (root?.body.tier !== 'lso') throw new CannotOpen(`Office ${input.office} is not an LSO's office.`);
  const grants = await recordsOf(app, input.office, grantKind);
  const held = grants.find(
    ({ body }) => body.until === null && body.role === input.role && sameNames(body.names, input.names),
  );
  if (held) return held.id;
  const persons = await recordsOf(app, input.office, personKind);
  // Stopped between the person and her role: she is there, and holds none yet.
  const waiting = persons.find(
    ({ id, body }) =>
      body.owner === root.id && sameNames(body.names, input.names) && !grants.some((grant) => grant.body.person === id),
  );
  const person =
    waiting?.id ?? (await doors.writeLine(input.office, 'import', enterPerson.name, bearerPerson(input, root.id)));
  return doors.writeLine(input.office, 'import', giveRole.name, {
    person,
    names: input.names,
    role: input.role,
    organization: root.id,
  });
}

function bearerPerson({ names }: BearerInput, owner: RecordId) {
  return { names, parent: null, sex: 'f', household: null, number: null, owner } as const;
}

/** A code for the phone of whoever holds a role. Every bearer will see that it was made from above. */
export async function codeForGrant(doors: OpeningDoors, office: number, grant: RecordId): Promise<string> {
  const found = (await recordsOf(doors.app, office, grantKind)).find(
    ({ id, body }) => id === grant && body.until === null,
  );
  if (!found) throw new CannotOpen(`Nobody in office ${office} holds the role ${grant}.`);
  const { person, names, organization } = found.body;
  const phone = { office, person, names, organization, madeBy: null, byStaff: true };
  return makeEnrolment(doors, phone, doors.now(), firstCodeLife);
}

/** Whether a phone of an LSO bearer is open: from then on the office lets people in by itself. */
export async function hasBearersPhone(app: Pool, office: number): Promise<boolean> {
  const bearers = new Set(
    (await recordsOf<GrantPage>(app, office, grantKind))
      .filter(({ body }) => body.role === 'lso-bearer' && body.until === null)
      .map(({ body }) => body.person),
  );
  const phones = await recordsOf<PhonePage>(app, office, phoneKind);
  return phones.some(({ body }) => body.withdrawnOn === null && bearers.has(body.person));
}

/** Bearers who may be given a first code from above: nobody once the office has a bearer's phone. */
async function bearersOf(app: Pool, office: number): Promise<OpenedLso['bearers']> {
  if (await hasBearersPhone(app, office)) return null;
  return (await recordsOf<GrantPage>(app, office, grantKind))
    .filter(({ body }) => body.until === null && (openingRoles as readonly string[]).includes(body.role))
    .map(({ id, body }) => ({ grant: id, names: body.names, role: body.role as OpeningRole }));
}

export async function openedOffices(app: Pool): Promise<OpenedOffices> {
  const books = await booksOf(app);
  const programme = books.find(({ tier }) => tier === 'programme') ?? null;
  const staff = await onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM users) AS any');
    return rows[0]?.any === true;
  });
  const lsos: OpenedLso[] = [];
  for (const { office, above, names } of books.filter(({ tier }) => tier === 'lso'))
    lsos.push({ office, above: above as number, names, bearers: await bearersOf(app, office) });
  return {
    programme: programme && { office: programme.office, names: programme.names },
    districts: books
      .filter(({ tier }) => tier === 'district')
      .map(({ office, names }) => ({
        office,
        names,
        code: sindhDistricts.find((entry) => sameNames(entry.names, names))?.code ?? null,
      })),
    lsos,
    hasStaff: staff,
  };
}
