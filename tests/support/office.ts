/* A small demo office behind a real server, for browser tests and measurements. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoDesk, prepareDemo } from '../../src/cli/demo/demo-office.ts';
import { type DemoLeader, type DemoSize, demoOffices, smallSize } from '../../src/cli/demo/seed-demo.ts';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import { type Running, startServer } from '../../src/server/main.ts';

export type TestOffice = {
  readonly running: Running;
  readonly url: string;
  /** A fresh code for one of the demo's leaders, by her English name. */
  readonly codeFor: (name: string) => Promise<string>;
  readonly desk: typeof demoDesk;
  readonly close: () => Promise<void>;
};

const quiet = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };

/** Without a database URL, a PostgreSQL of its own in a temporary folder. */
export async function openTestOffice(databaseUrl: string | null, size: DemoSize = smallSize): Promise<TestOffice> {
  const directory = mkdtempSync(join(tmpdir(), 'otaq-office-'));
  const running = await startServer({ port: 0, dataDirectory: directory, databaseUrl }, quiet, (server, { owner }) =>
    prepareDemo(server, owner, () => undefined, size),
  );
  return {
    running,
    url: running.url,
    desk: demoDesk,
    async codeFor(name) {
      const { rows } = await running.database.owner.query<{ body: DemoLeader }>(
        `SELECT body FROM records WHERE office = $1 AND kind = 'grant' AND body->'names'->>'en' = $2 ORDER BY sequence LIMIT 1`,
        [demoOffices.ibtida, name],
      );
      const leader = rows[0]?.body;
      if (!leader) throw new Error(`the demo has no leader ${name}`);
      const { person, names, organization } = leader;
      const phone = { office: demoOffices.ibtida, person, names, organization, madeBy: null, byStaff: true };
      return makeEnrolment(running.server.app, phone, running.server.now());
    },
    async close() {
      await running.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
