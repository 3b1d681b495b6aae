/*
 * A phone that was let in after the last backup is one that a restored server has never heard of. It carries what the server
 * wrote down about it, bound by the server's own key, and comes back under the same number with the same token: so its lines keep
 * their ids, and what others wrote about them still fits.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import * as z from 'zod/mini';
import { namesShape } from '../../../kernel/names.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { SealingKey } from '../../sync/server/open-lines.ts';
import type { Enrolled } from './gate.ts';
import { hashSecret } from './secrets.ts';

const certificateShape = z.strictObject({
  seat: z.int(),
  office: z.int(),
  person: z.string(),
  names: namesShape,
  organization: z.string(),
  madeBy: z.nullable(z.string()),
  byStaff: z.boolean(),
  tokenHash: z.string(),
  /** The life of the server in which the phone was let in. */
  epoch: z.string(),
});
export type SeatCertificate = z.infer<typeof certificateShape>;

/** What an enrolled phone keeps beside its token. */
export function certifySeat(key: SealingKey, { token, earlier: _earlier, ...phone }: Enrolled, epoch: string): string {
  const text = Buffer.from(JSON.stringify({ ...phone, tokenHash: hashSecret(token), epoch })).toString('base64url');
  return `${text}.${bind(key, text).toString('base64url')}`;
}

/** Null for one that this server did not write. */
export function readCertificate(key: SealingKey, certificate: string): SeatCertificate | null {
  const [text = '', mark = ''] = certificate.split('.');
  const given = Buffer.from(mark, 'base64url');
  const right = bind(key, text);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const parsed = certificateShape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  return parsed.success ? parsed.data : null;
}

function bind({ privateKey }: SealingKey, text: string): Buffer {
  const secret = Buffer.from(privateKey.d ?? '', 'base64url');
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'otaq seat certificate 1', 32));
  return createHmac('sha256', key).update(text).digest();
}

/**
 * Lets a phone of an earlier epoch back in under its own number. False where the number is somebody else's here, or where nothing
 * was restored since: in the life of a server that let it in, a seat that is gone was taken away.
 */
export function bringSeatBack(
  app: Pool,
  { seat, office, person, tokenHash, epoch }: SeatCertificate,
  now: string,
): Promise<'back' | 'was-here' | 'refused'> {
  return onDuty(app, 'gate', async (client) => {
    const there = await client.query<{ token_hash: string | null }>('SELECT token_hash FROM seats WHERE seat = $1', [
      seat,
    ]);
    if (there.rows[0]) return there.rows[0].token_hash === tokenHash ? 'was-here' : 'refused';
    if (epoch === now) return 'refused';
    const made = await client.query(
      `INSERT INTO seats (seat, office, person, nature, token_hash) OVERRIDING SYSTEM VALUE
       SELECT $1, office, $3, 'person', $4 FROM books WHERE office = $2 AND NOT kept_elsewhere AND moved_to IS NULL
       ON CONFLICT DO NOTHING`,
      [seat, office, person, tokenHash],
    );
    return made.rowCount === 1 ? 'back' : 'refused';
  });
}
