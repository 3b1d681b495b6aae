/*
 * What the whole server holds in memory, its PostgreSQL included: a process of its own that has just written LSO Ibtida, and one that
 * was started again and has filled a phone. Proportional set size: pages that processes share are counted once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Epoch, emptyPlace, protocolVersion, type SyncAnswer } from '../src/platform/sync/protocol.ts';
import { grouped, root, tell } from './table.ts';

export async function measureMemory(): Promise<void> {
  if (!existsSync('/proc/self/smaps_rollup')) {
    tell('Memory of the whole server, PostgreSQL included', 'not measured: this system has no /proc', '400 MB');
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), 'otaq-bench-'));
  const first = await start('demo', directory);
  const code = /\b\d{5} ?\d{5}\b/.exec(first.said())?.[0].replace(' ', '');
  if (code === undefined) throw new Error(`the demo gave no code: ${first.said()}`);
  const loaded = megabytes(first.child, directory);
  await stop(first.child);
  const again = await start('serve', directory);
  await fillPhone(again.url, code);
  const serving = megabytes(again.child, directory);
  await stop(again.child);
  rmSync(directory, { recursive: true, force: true });
  tell(
    'Memory of the whole server with its PostgreSQL: LSO Ibtida just written; started again, and a phone filled',
    `${grouped(loaded)} MB, ${grouped(serving)} MB`,
    'at most 400 MB',
  );
}

type Started = { readonly child: ChildProcess; readonly url: string; readonly said: () => string };

function start(verb: 'demo' | 'serve', directory: string): Promise<Started> {
  const { DATABASE_URL: _ofOthers, ...here } = process.env;
  const env = { ...here, PORT: '0', OTAQ_DATA: directory, LOG_LEVEL: 'silent' };
  // As `npm run otaq` starts it, with what it is told of its memory.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { otaq: string } };
  const child = spawn(process.execPath, [...scripts.otaq.split(' ').slice(1), verb], { cwd: root, env });
  let said = '';
  return new Promise((done, fail) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const url = /http:\/\/localhost:\d+/.exec(said)?.[0];
      // The demo says its codes with its address, in one breath or several.
      if (url && (verb === 'serve' || /\b\d{5} ?\d{5}\b/.test(said))) done({ child, url, said: () => said });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => fail(new Error(`otaq ${verb} stopped with ${code}: ${said}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit');
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGTERM');
  });
}

async function fillPhone(url: string, code: string): Promise<void> {
  const ask = async (path: string, body: unknown, token?: string) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  };
  const { token, office } = (await ask('/api/enrol', { code })) as { token: string; office: number };
  let epoch: Epoch | null = null;
  let place = emptyPlace;
  for (let more = true; more; ) {
    const pull = { copies: [{ office, place }], prove: true };
    const request = { protocol: protocolVersion, app: 'bench', epoch, push: [], pull };
    const answer: SyncAnswer = (await ask('/api/sync', request, token)) as SyncAnswer;
    const own = answer.pull?.copies.find((copy) => copy.office === office);
    if (!own) throw new Error('the office did not come');
    ({ more, place } = own);
    epoch = answer.epoch;
  }
}

function megabytes(server: ChildProcess, directory: string): number {
  const note = join(directory, 'postgres.lies-in');
  const data = existsSync(note) ? readFileSync(note, 'utf8').trim() : join(directory, 'postgres');
  const postmaster = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const processes = [server.pid as number, postmaster, ...childrenOf(postmaster)];
  return processes.reduce((sum, pid) => sum + kilobytesOf(pid), 0) / 1000;
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // After the name in brackets: the state, then the parent.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function kilobytesOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    // It ended between two looks.
    return 0;
  }
}
