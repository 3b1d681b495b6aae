/*
 * Clocks that are wrong, on real processes: the server's a day ahead and a day back, a phone's at 1970 or ten years off when it first
 * writes, and jumping between two lines of one meeting. Order is the server's sequence; what a phone's clock says is believed within reason.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultOffice, type FaultPhone } from './fault-office.ts';
import { clockOff, OfficeProcess } from './office-process.ts';

const day = 86_400_000;
let office: FaultOffice;
let server: OfficeProcess;
beforeAll(async () => {
  office = await FaultOffice.open();
  server = new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile });
  await server.start();
  for (const phone of office.phones) await phone.drain(server.url);
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await office?.close();
});

type Said = { readonly line: number; readonly state: string; readonly at: number; readonly receivedAt: number };

/** What the book holds of a phone, in the book's order. */
const saidBy = (phone: FaultPhone) =>
  office.beside(
    async (owner) =>
      (
        await owner.query<Said>(
          `SELECT line, state, at::float8 AS at, received_at::float8 AS "receivedAt" FROM entries WHERE seat = $1 ORDER BY sequence`,
          [phone.seat],
        )
      ).rows,
  );

test('the server’s clock runs a day ahead, then a day back, then right: every line is taken, in the order in which it came', async () => {
  const began = Date.now();
  for (const off of [day, -day, 0]) {
    await server.stop();
    await server.start(clockOff(off));
    const health = (await (await fetch(`${server.url}/health`)).json()) as { ok: boolean };
    expect(health.ok).toBe(true);
    for (const [i, phone] of office.phones.entries()) {
      await phone.enlist(i === 0 ? office.lso : (office.vos[i - 1] as string), 2);
      await phone.drain(server.url);
    }
    // Another woman's phone, let in by a server that is wrong about the day.
    const fresh = await office.newPhone(0);
    await fresh.drain(server.url);
    expect(fresh.book?.isFilled).toBe(true);
  }
  const heard = new Set<number>();
  for (const phone of office.phones) {
    const said = await saidBy(phone);
    expect(said.map(({ line }) => line)).toEqual(said.map((_, i) => i + 1));
    expect(said.map(({ state }) => state)).toEqual(said.map(() => 'accepted'));
    // The clock was wrong indeed, a day each way.
    for (const { receivedAt } of said) heard.add(Math.round((receivedAt - began) / day));
  }
  expect([...heard].sort()).toEqual([-1, 0, 1]);
  expect(await office.judge(server.url)).toEqual([]);
}, 120_000);

test.each([
  ['1970', () => day],
  ['ten years ahead', () => Date.now() + 3650 * day],
  ['ten years back', () => Date.now() - 3650 * day],
])(
  'a phone whose clock says %s when it first writes: its pages bear the day that the office told it',
  async (_name, now) => {
    const phone = await office.newPhone(1);
    phone.now = now;
    await phone.drain(server.url);
    expect(phone.book?.clockIsBelievable).toBe(false);
    await phone.enlist(office.vos[0] as string, 2);
    await phone.drain(server.url);
    for (const { at, state } of await saidBy(phone)) {
      expect(state).toBe('accepted');
      expect(Math.abs(at - Date.now())).toBeLessThan(10 * 60_000);
    }
    expect(await office.judge(server.url)).toEqual([]);
  },
);

test('a clock that jumps between the lines of one meeting, back and forth by hours and years, loses no line and changes no order', async () => {
  const phone = await office.newPhone(2);
  await phone.drain(server.url);
  const jumps = [0, -3 * 3_600_000, 2 * 3_600_000, -20_000 * day, 3650 * day, 30 * day, 0];
  for (const jump of jumps) {
    phone.now = () => Date.now() + jump;
    await phone.enlist(office.vos[1] as string, 1);
  }
  phone.now = Date.now;
  await phone.drain(server.url);
  const said = await saidBy(phone);
  expect(said.map(({ line }) => line)).toEqual(jumps.map((_, i) => i + 1));
  expect(said.map(({ state }) => state)).toEqual(jumps.map(() => 'accepted'));
  // Back beyond the office's last word, or years ahead of it, is not believed; hours and weeks ahead are.
  const days = said.map(({ at }) => Math.abs(Math.round((at - Date.now()) / day)));
  expect(days).toEqual([0, 0, 0, 0, 0, 30, 0]);
  expect(await office.judge(server.url)).toEqual([]);
});
