import { existsSync, readFileSync } from 'node:fs';
import { pino } from 'pino';
import { readHandover } from '../platform/sync/handover.ts';
import type { LineAnswer } from '../platform/sync/protocol.ts';
import { pushLines, type ShutLine, shutOf } from '../platform/sync/server/push.ts';
import { openServer } from '../server/main.ts';
import type { OfficeServer } from '../server/office-server.ts';
import { environmentHelp, NotUnderstood, readWords, say, type Verb } from './verb.ts';

export const takeIn: Verb = {
  help: `otaq take-in: takes in a file of pages that a phone could not send.

  otaq take-in FILE

Only the server whose key sealed them can read them. A file that is taken in twice changes nothing the second time.
${environmentHelp}`,
  async run(words, config) {
    const { positionals } = readWords('take-in', words, {});
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) throw new NotUnderstood('otaq take-in needs one FILE.');
    if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
    const text = readFileSync(path, 'utf8');
    const { server, database } = await openServer(config, pino({ level: process.env.LOG_LEVEL ?? 'warn' }));
    try {
      const taken = await takeInHandover(server, text);
      if (taken === null) throw new Error(`${path} is no handover of a phone, or not a whole one.`);
      for (const { seat, answers, why, shut } of taken) {
        say(`seat ${seat}: ${why ?? counted(answers)}`);
        if (shut.length > 0) say(`  ${shutSentence(shut)}`);
      }
      return taken.some(({ why, shut }) => why !== null || shut.length > 0) ? 1 : 0;
    } finally {
      await database.close();
    }
  },
};

export type TakenSeat = {
  readonly seat: number;
  readonly answers: readonly LineAnswer[];
  /** Why nothing of this seat could be taken; null where it could. */
  readonly why: string | null;
  /** Lines that do not open here: damaged, or sealed for another server. */
  readonly shut: readonly ShutLine[];
};

/** Decides every line of a handover, as if its phone had sent it. Null for text that is no handover. */
export async function takeInHandover(server: OfficeServer, text: string): Promise<readonly TakenSeat[] | null> {
  const bundles = readHandover(text);
  if (bundles === null) return null;
  const taken: TakenSeat[] = [];
  for (const bundle of bundles) {
    const { seat } = bundle;
    const office = await server.officeOfSeat(seat);
    const opened = await server.unseal(bundle);
    const shut = shutOf(opened.shut, bundle);
    if (office === null) taken.push({ seat, answers: [], why: 'no such seat writes here', shut: [] });
    else if (opened.lines.length === 0 && shut.every(({ lost }) => !lost))
      taken.push({ seat, answers: [], why: 'sealed for another server, or damaged', shut: [] });
    else {
      const { answers, cloned } = await pushLines(server, office, seat, opened.lines, shut);
      taken.push({ seat, answers, why: cloned ? 'two phones have used its numbers: it is closed' : null, shut });
    }
  }
  return taken;
}

function shutSentence(shut: readonly ShutLine[]): string {
  const numbers = (lost: boolean) => shut.filter((line) => line.lost === lost).map(({ line }) => line);
  const lost = numbers(true);
  const kept = numbers(false);
  return [
    lost.length > 0 &&
      `Nobody can read line ${lost.join(', ')} any more, neither here nor on the phone: it stands as refused, and its writer is told.`,
    kept.length > 0 &&
      `Line ${kept.join(', ')} does not open here. What comes after it waits until the phone itself sends it, or gives the file once more.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

function counted(answers: readonly LineAnswer[]): string {
  const counts = new Map<string, number>();
  for (const { state } of answers) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ') || 'nothing';
}
