/* A forgotten PIN and a lost phone: two bearers stand by the new code, and nothing that was written is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { named, SeatInHand, SmallOffice } from '../../../../tests/support/small-office.ts';
import { makeEnrolment } from './gate.ts';

let office: SmallOffice;
type Woman = { readonly person: string; readonly organization: string; readonly names: ReturnType<typeof named> };
let first: SeatInHand;
let second: SeatInHand;
let women: { readonly shabana: Woman; readonly nasreen: Woman; readonly zeba: Woman };

async function leader(name: string, role: string, organization: string): Promise<Woman> {
  const { server } = office;
  await server.writeLine(10, 'import', 'people.enter-person', {
    names: named(name),
    parent: null,
    sex: 'f',
    bornYear: null,
    household: null,
    number: null,
    owner: organization,
  });
  const { rows } = await office.database.owner.query<{ id: string }>(
    'SELECT id FROM records WHERE office = 10 ORDER BY sequence DESC LIMIT 1',
  );
  const person = rows[0]?.id as string;
  await server.writeLine(10, 'import', 'access.give-role', { person, names: named(name), role, organization });
  return { person, organization, names: named(name) };
}

async function enrolled(woman: Woman): Promise<SeatInHand> {
  const phone = { ...woman, office: 10, madeBy: null, byStaff: true };
  const code = await makeEnrolment(office.server, phone, office.clock);
  return new SeatInHand(office, (await (await office.post('/api/enrol', { code })).json()) as never);
}

beforeAll(async () => {
  office = await SmallOffice.open();
  women = {
    shabana: await leader('Shabana', 'lso-bearer', office.lso),
    nasreen: await leader('Nasreen', 'lso-bearer', office.lso),
    zeba: await leader('Zeba', 'vo-bearer', office.vos[0] as string),
  };
  first = await enrolled(women.shabana);
}, 60_000);
afterAll(() => office?.database.close());

const make = async (maker: SeatInHand, woman: Woman) => {
  const answer = await office.post('/api/enrolments', woman, maker.headers);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { readonly code: string; readonly needsSecond: boolean };
};
const knock = async (code: string) => (await office.post('/api/enrol', { code })).status;
const confirm = async (bearer: SeatInHand, woman: Woman, code: string) =>
  (await office.post('/api/enrolments/confirm', { person: woman.person, code }, bearer.headers)).status;

test('the first phone of a woman needs one bearer, and so does every phone while there is one bearer only', async () => {
  const { code, needsSecond } = await make(first, women.zeba);
  expect(needsSecond).toBe(false);
  expect(await knock(code)).toBe(200);
  // Zeba has a phone now; Nasreen, the other bearer, has none and could not confirm.
  expect((await make(first, women.zeba)).needsSecond).toBe(false);
});

test('a woman who has a phone comes back only when another bearer stands by her code; the code alone opens nothing', async () => {
  second = await enrolled(women.nasreen);
  const zeba = await enrolled(women.zeba);
  const { code, needsSecond } = await make(first, women.zeba);
  expect(needsSecond).toBe(true);
  expect(await knock(code)).toBe(409);
  // Not she who made it, not she whom it is for, not for another woman, not another office's bearer, not a wrong code.
  expect(await confirm(first, women.zeba, code)).toBe(404);
  expect(await confirm(zeba, women.zeba, code)).toBe(403);
  expect(await confirm(second, women.shabana, code)).toBe(404);
  expect(await confirm(second, women.zeba, code === '0000000000' ? '0000000001' : '0000000000')).toBe(404);
  expect(await knock(code)).toBe(409);
  expect(await confirm(second, women.zeba, code)).toBe(200);
  const answer = await office.post('/api/enrol', { code });
  expect(answer.status).toBe(200);
  const back = (await answer.json()) as { readonly seat: number; readonly earlier: readonly number[] };
  expect(back.earlier).toContain(zeba.seat);
  expect(back.earlier).not.toContain(back.seat);
  expect(await knock(code)).toBe(404);
});

test('a lost phone that was taken back makes no short way: her next code needs another bearer as well', async () => {
  const { rows } = await office.database.owner.query<{ id: string }>(
    "SELECT id FROM records WHERE kind = 'phone' AND body->>'person' = $1 AND body->>'withdrawnOn' IS NULL",
    [women.zeba.person],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows) expect((await first.write('access.withdraw-phone', { phone: id })).state).toBe('accepted');
  expect((await make(first, women.zeba)).needsSecond).toBe(true);
});

test('a bearer cannot confirm for herself what another bearer made for her', async () => {
  const { code, needsSecond } = await make(first, women.nasreen);
  // Shabana made it and Nasreen is the only other bearer: nobody could stand by it, and the announcement is what is left.
  expect(needsSecond).toBe(false);
  expect(await confirm(second, women.nasreen, code)).toBe(404);
});

test('a confirmation is a day’s, as the code is, and who guesses at codes is stopped', async () => {
  const { code } = await make(first, women.zeba);
  office.clock += 25 * 3_600_000;
  expect(await confirm(second, women.zeba, code)).toBe(404);
  const answers: number[] = [];
  for (let i = 0; i < 12; i++) answers.push(await confirm(second, women.zeba, String(1_000_000_000 + i)));
  expect(answers.filter((status) => status === 429).length).toBeGreaterThan(0);
});
