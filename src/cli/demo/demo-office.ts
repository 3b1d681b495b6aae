/* What `otaq demo` prepares before it answers: a seeded office, fresh codes for phones, and a desk user. */
import type { Pool } from 'pg';
import { nameIn } from '../../kernel/names.ts';
import { hashPassword } from '../../platform/access/server/desk-sessions.ts';
import { makeEnrolment } from '../../platform/access/server/gate.ts';
import type { OfficeServer } from '../../server/office-server.ts';
import { type DemoLeader, type DemoSize, demoOffices, seedDemo } from './seed-demo.ts';

export const demoDesk = { name: 'district', password: 'sample office' } as const;
const codeLife = 7 * 24 * 3_600_000;

/** Seeds when the database is empty. Throws when it holds an office that is no demo. */
export async function prepareDemo(
  server: OfficeServer,
  owner: Pool,
  say: (text: string) => void,
  size?: DemoSize,
): Promise<void> {
  const { rows } = await owner.query<{ sample: boolean; books: number }>(
    'SELECT sample, (SELECT count(*)::int FROM books) AS books FROM installation',
  );
  const { sample = false, books = 0 } = rows[0] ?? {};
  if (books > 0 && !sample)
    throw new Error('A real office is kept here. The demo does not touch it: give another folder, OTAQ_DATA=./demo.');
  if (books > 0) return;
  say('Writing the demo office: LSO Ibtida with 3,000 sample households. This takes some seconds, once.');
  await seedDemo(server, owner, server.now(), size);
  await owner.query(
    `INSERT INTO users (name, password_hash, shown_name, role, office) VALUES ($1, $2, $3, 'district', $4)`,
    [demoDesk.name, await hashPassword(demoDesk.password), 'Sample', demoOffices.district],
  );
}

export type DemoCode = { readonly code: string; readonly leader: DemoLeader };

/** Fresh codes for the leaders that the story needs. */
export async function demoCodes(server: OfficeServer, owner: Pool): Promise<readonly DemoCode[]> {
  const { rows } = await owner.query<{
    body: { person: string; names: DemoLeader['names']; role: string; organization: string };
    office: number;
    number: number | null;
  }>(
    `SELECT g.body, g.office, (o.body->>'number')::int AS number FROM records g
     JOIN records o ON o.office = g.office AND o.kind = 'organization' AND o.id = g.body->>'organization'
     WHERE g.kind = 'grant' AND g.office = $1 AND g.body->>'until' IS NULL ORDER BY g.sequence LIMIT 6`,
    [demoOffices.ibtida],
  );
  const codes: DemoCode[] = [];
  for (const { body, office, number } of rows) {
    const leader = { ...body, office, vo: number ?? 0 } as DemoLeader;
    const { person, names, organization } = leader;
    const phone = { office, person, names, organization, madeBy: null, byStaff: true };
    codes.push({ leader, code: await makeEnrolment(server, phone, server.now(), codeLife) });
  }
  return codes;
}

export function describeLeader({ names, role, vo }: DemoLeader): string {
  const post = { 'lso-bearer': 'LSO bearer', 'vo-bearer': `VO ${vo} bearer`, crp: `CRP, VO ${vo}` }[role];
  return `${nameIn(names, 'en')} (${post})`;
}
