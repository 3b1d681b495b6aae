import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PhoneBook } from '../client.ts';
import { SyncDriver } from './sync-driver.ts';

/** The office's answers, in the test's hand: each sync waits until it is let go. */
let asked: { readonly answer: () => void; readonly fail: () => void }[];
let driver: SyncDriver;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  vi.stubGlobal('document', { addEventListener: () => undefined, removeEventListener: () => undefined });
  asked = [];
  const sync = () =>
    new Promise((done, fail) => {
      const answer = { cloned: false, withdrawn: false, urgent: false };
      asked.push({ answer: () => done(answer), fail: () => fail(new Error('not reached')) });
    });
  driver = new SyncDriver({ sync } as unknown as PhoneBook, {
    onChange: () => undefined,
    stateOf: () => 'not-reached',
  });
});
afterEach(() => {
  driver.stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a page written while the phone is talking to the office is sent when its undo is over, not a minute later', async () => {
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(1);
  driver.soon();
  driver.after(8000);
  await vi.advanceTimersByTimeAsync(1000);
  asked[0]?.answer();
  await vi.advanceTimersByTimeAsync(6900);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveLength(2);
});

test('a touch on "send" while the phone is talking to the office is answered by another round at once', async () => {
  await vi.advanceTimersByTimeAsync(0);
  driver.now();
  await vi.advanceTimersByTimeAsync(50);
  asked[0]?.answer();
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toHaveLength(2);
});

test('with nothing to send the phone asks once a minute, and after a failure it waits longer each time', async () => {
  await vi.advanceTimersByTimeAsync(0);
  asked[0]?.answer();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
  asked[1]?.fail();
  await vi.advanceTimersByTimeAsync(4000);
  expect(asked).toHaveLength(3);
  asked[2]?.fail();
  await vi.advanceTimersByTimeAsync(7900);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toHaveLength(4);
});
