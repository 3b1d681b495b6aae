import { afterAll, beforeAll, expect, test } from 'vitest';
import { donorInput, type Leader, named, type SeatInHand, SmallOffice } from '../../tests/support/small-office.ts';
import { subjectCopy } from '../platform/book/server/subject-copy.ts';

let office: SmallOffice;
let zeba: Leader;
let phone: SeatInHand;

beforeAll(async () => {
  office = await SmallOffice.open();
  zeba = await office.leader('Zeba', 'vo-bearer', office.vos[0] as string);
  phone = await office.phoneOf(zeba);
  await office.import(10, 'people.write-cnic', { person: zeba.person, cnic: '41303-1234567-8' });
  await phone.write('blood-donors.enlist', {
    ...donorInput('Through Zeba', '03001234567', office.vos[0] as string, zeba),
    owner: office.lso,
  });
  await office.leader('Somebody else', 'vo-bearer', office.vos[1] as string);
}, 60_000);
afterAll(() => office?.close());

test('a woman’s copy is all that a search of the whole database finds of her', async () => {
  const { owner } = office.database;
  const copy = await subjectCopy(owner, office.server.registers, 10, zeba.person);
  const ids = [zeba.person, ...copy.hers.map(({ id }) => id)];
  expect(copy.hers.map(({ kind }) => kind).sort()).toEqual(['grant', 'person', 'phone']);
  expect(copy.beside.map(({ kind }) => kind)).toEqual(['donor']);

  // Whatever tables there are, today and later: an id between quotes, also inside of a text.
  const { rows: tables } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${name} t
       WHERE EXISTS (SELECT FROM unnest($1::text[]) AS i (id) WHERE position('"' || i.id || '"' IN replace(row_to_json(t)::text, '\\', '')) > 0)`,
      [ids],
    );
    if (rows[0]?.n) found[name] = rows[0].n;
  }
  expect(Object.fromEntries(Object.entries(copy.rows).map(([table, rows]) => [table, rows.length]))).toEqual(found);
  expect(found).toMatchObject({ records: expect.any(Number), entries: expect.any(Number), seats: 1, kept_apart: 1 });
});

test('it holds nothing that opens a door, and nobody else’s pages', async () => {
  const copy = await subjectCopy(office.database.owner, office.server.registers, 10, zeba.person);
  const text = JSON.stringify(copy);
  for (const field of ['token_hash', 'code_hash', 'sealed', 'salt']) expect(text).not.toContain(`"${field}"`);
  expect(text).not.toContain('4130312345678');
  expect(text).not.toContain('Somebody else');
  expect(
    JSON.stringify(await subjectCopy(office.database.owner, office.server.registers, 11, zeba.person)),
  ).not.toContain(named('Zeba').en);
});
