/* What the server does for its phones: entries written, donors matched. */
import { donationRules } from '../src/care/blood-donors/donation-rules.ts';
import { type Donor, donorKind } from '../src/care/blood-donors/donor.ts';
import { matchDonors } from '../src/care/blood-donors/matching.ts';
import { demoOffices } from '../src/cli/demo/seed-demo.ts';
import { bloodGroups } from '../src/kernel/blood-group.ts';
import { ownSeat } from '../src/platform/access/server/gate.ts';
import type { Kept } from '../src/platform/book/kind.ts';
import { onDuty } from '../src/platform/database/server/duty.ts';
import { pushLines } from '../src/platform/sync/server/push.ts';
import type { TestOffice } from '../tests/support/office.ts';
import { grouped, percentile, tell } from './table.ts';

export async function measureServer({ running: { server, database } }: TestOffice): Promise<void> {
  const { ibtida } = demoOffices;
  const { rows } = await database.owner.query<{ id: string; scope: string }>(
    "SELECT id, scope FROM records WHERE office = $1 AND kind = 'organization' AND body->>'tier' = 'lso'",
    [ibtida],
  );
  const lso = rows[0]?.id as string;
  const seat = await ownSeat(server.app, ibtida, 'server');
  let line = seat.lastLine;
  const batch = 500;
  const rounds = 12;
  const begun = performance.now();
  for (let round = 0; round < rounds; round++) {
    const lines = Array.from({ length: batch }, () => {
      line += 1;
      return {
        line,
        command: 'emergencies.open',
        shape: 0,
        input: { type: 'other', patient: null, vo: null, village: null, owner: lso, blood: null, bookPage: null },
        at: Date.now(),
        grants: 0,
      };
    });
    await pushLines(server, ibtida, seat.seat, lines);
  }
  const seconds = (performance.now() - begun) / 1000;
  tell(
    `Durable entries a second, ${batch} in a batch, fsync on`,
    grouped((batch * rounds) / seconds),
    'at least 3,000',
  );

  // What autovacuum does by itself after so many new rows.
  await database.owner.query('VACUUM ANALYZE records, entries, reaches');
  const reader = await database.owner.query<{ person: string }>(
    "SELECT body->>'person' AS person FROM records WHERE office = $1 AND kind = 'grant' ORDER BY sequence LIMIT 1",
    [ibtida],
  );
  const person = reader.rows[0]?.person as string;
  const times: number[] = [];
  for (let i = 0; i < 2020; i++) {
    const from = performance.now();
    await onDuty(
      server.app,
      'reader',
      async (client) => {
        const found = await client.query<Kept<Donor>>(
          'SELECT id, kind, scope, version, body FROM records WHERE office = $1 AND kind = $2',
          [ibtida, donorKind.kind],
        );
        matchDonors(
          { group: bloodGroups[i % 8] as 'O-', sex: 'f', age: 25, village: null, vo: null },
          found.rows,
          '2026-11-24',
          donationRules.shipped.value,
        );
      },
      { office: ibtida, person, snapshot: true },
    );
    if (i >= 20) times.push(performance.now() - from);
  }
  tell(
    'Donor match on the server under row-level security, 107 donors among 15,000 records',
    `${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`,
    'p99 under 10 ms',
  );
}
