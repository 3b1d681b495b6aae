/*
 * The page that opens offices. Before there is any staff it is led by the one-time word that `otaq serve` prints; afterwards by a
 * session of the head office. The word ends with the first staff account.
 */

import { timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import type { Pool } from 'pg';
import type { ZodMiniType } from 'zod/mini';
import { deskTokenOf } from '../../../platform/access/server/desk-cookie.ts';
import { userOfSession } from '../../../platform/access/server/desk-sessions.ts';
import { markOf } from '../../../platform/access/server/office-proof.ts';
import { hashSecret } from '../../../platform/access/server/secrets.ts';
import { addUser } from '../../../platform/access/server/staff-accounts.ts';
import { bodyOf, json } from '../../../platform/http/server/answers.ts';
import { addressOf } from '../../../platform/http/server/asker.ts';
import type { Limiter } from '../../../platform/http/server/limiter.ts';
import {
  bearerInput,
  codeInput,
  districtInput,
  firstStaffInput,
  lsoInput,
  programmeInput,
  wordHeader,
} from '../opening-input.ts';
import {
  booksOf,
  CannotOpen,
  codeForGrant,
  enterBearer,
  hasBearersPhone,
  type OpeningDoors,
  openDistrict,
  openedOffices,
  openLso,
  openProgramme,
} from './opening.ts';

/** The first run of an empty installation: the word that leads it, and the owner's rights to make the first account. */
export type FirstRun = { readonly word: string; readonly owner: Pool };

export type OpeningRouteDoors = OpeningDoors & {
  readonly firstRun: FirstRun | null;
  readonly limiter: Limiter;
};

const mostBytes = 4000;

export function openingRoutes(doors: OpeningRouteDoors): Hono {
  const { app, now, firstRun, limiter } = doors;
  const routes = new Hono();

  /** Who leads: the word while there is no staff, then the head office. Null lets nobody on. */
  const leader = async (c: Context): Promise<'word' | 'staff' | 'too-often' | null> => {
    const token = deskTokenOf(c);
    const user = token ? await userOfSession(app, token, now()) : null;
    if (user) return user.role === 'head-office' ? 'staff' : null;
    const said = c.req.header(wordHeader);
    if (!firstRun || said === undefined) return null;
    if (!sameWord(said, firstRun.word)) return limiter.waitFor(addressOf(c), now()) > 0 ? 'too-often' : null;
    return (await openedOffices(app)).hasStaff ? null : 'word';
  };
  const refused = (c: Context, led: 'too-often' | null) =>
    led === null ? json(c, { code: 'access.wrong-word' }, 401) : json(c, { code: 'access.too-often' }, 429);

  const step = <T>(path: string, shape: ZodMiniType<T>, work: (input: T, led: 'word' | 'staff') => Promise<object>) =>
    routes.post(path, async (c) => {
      const led = await leader(c);
      if (led !== 'word' && led !== 'staff') return refused(c, led);
      const input = shape.safeParse(await bodyOf(c, mostBytes));
      if (!input.success) return json(c, { code: 'book.bad-form', where: input.error.issues[0]?.path.join('.') }, 400);
      try {
        return await json(c, await work(input.data, led));
      } catch (error) {
        if (error instanceof CannotOpen) return json(c, { code: 'programmes.cannot-open' }, 409);
        throw error;
      }
    });

  routes.get('/', async (c) => {
    const led = await leader(c);
    return led === 'word' || led === 'staff' ? json(c, await openedOffices(app)) : refused(c, led);
  });
  step('/programme', programmeInput, async ({ names }) => ({ office: await openProgramme(doors, names) }));
  step('/district', districtInput, async ({ code }) => ({ office: await openDistrict(doors, code) }));
  step('/lso', lsoInput, async (input) => ({ office: await openLso(doors, input) }));
  step('/bearer', bearerInput, async (input) => {
    await mustBeNew(input.office);
    return { grant: await enterBearer(doors, input) };
  });
  step('/code', codeInput, async ({ office, grant }) => {
    await mustBeNew(office);
    return { code: await codeForGrant(doors, office, grant), mark: markOf(doors.sealingKey.publicKey) };
  });
  step('/staff', firstStaffInput, async ({ name, shownName }, led) => {
    const programme = (await booksOf(app)).find(({ tier }) => tier === 'programme');
    if (led !== 'word' || !firstRun || !programme) throw new CannotOpen('The first account is made in the first run.');
    const user = { name, shownName, role: 'head-office' as const, office: programme.office };
    return { password: await addUser(firstRun.owner, user, now()) };
  });
  return routes;

  /** An office that has a bearer's phone lets its own people in: nobody above enters a leader or makes a code there any more. */
  async function mustBeNew(office: number): Promise<void> {
    if (await hasBearersPhone(app, office)) throw new CannotOpen(`Office ${office} lets its own leaders in.`);
  }
}

function sameWord(said: string, word: string): boolean {
  const plain = (text: string) => Buffer.from(hashSecret(text.toLowerCase().replace(/[^a-z0-9]/g, '')));
  return timingSafeEqual(plain(said), plain(word));
}
