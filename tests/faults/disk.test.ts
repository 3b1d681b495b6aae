/*
 * A full disk, and a disk that lies. The second is the judge's own test: a PostgreSQL that was told not to wait for its disk, and
 * whose folder is put back to an earlier hour, has lost what it said it had; a judge that does not see it sees nothing.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FaultOffice } from './fault-office.ts';
import { OfficeProcess } from './office-process.ts';

/** No process of this PostgreSQL writes a file beyond so many bytes, as on a volume that has no room left. */
function leaveRoom(postmaster: number, bytes: number | 'unlimited'): void {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' });
  // A limit is set by the user whose process it is.
  const { uid, gid } = statSync(`/proc/${postmaster}`);
  for (const pid of [String(postmaster), ...stdout.trim().split(/\s+/)]) {
    const set = spawnSync('prlimit', ['--pid', pid, `--fsize=${bytes}:unlimited`], { uid, gid, encoding: 'utf8' });
    if (set.status !== 0 && pid === String(postmaster)) throw new Error(set.stderr);
  }
}

/**
 * A volume of its own for an office, so small that it is full at once. Null where this machine lets nobody mount one: then the limit above
 * stands for it.
 */
class SmallVolume {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static mount(directory: string, megabytes: number): SmallVolume | null {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]);
    return mounted.status === 0 ? new SmallVolume(directory) : null;
  }

  /** Not a byte is left. Answers how many it took. */
  fill(): number {
    const ballast = openSync(join(this.directory, 'videos'), 'w');
    let bytes = 0;
    for (const piece of [65_536, 4096, 1])
      try {
        for (;;) bytes += writeSync(ballast, Buffer.alloc(piece));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    closeSync(ballast);
    return bytes;
  }

  makeRoom(): void {
    rmSync(join(this.directory, 'videos'));
  }

  unmount(): void {
    spawnSync('umount', ['--lazy', this.directory]);
  }
}

test('the disk is full: nothing is half-written, phones keep what they have, and all of it arrives when there is room', async () => {
  let volume: SmallVolume | null = null;
  const office = await FaultOffice.open((directory) => {
    volume = SmallVolume.mount(directory, 160);
  });
  const small = volume as SmallVolume | null;
  const server = new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile });
  try {
    await server.start();
    for (const phone of office.phones) await phone.drain(server.url);
    const [shabana] = office.phones;
    if (!shabana) throw new Error('no phone');
    if (small) {
      // Its PostgreSQL lies on that volume and nowhere else.
      expect(office.postgresDirectory.startsWith(small.directory)).toBe(true);
      expect(small.fill()).toBeGreaterThan(0);
    } else leaveRoom(office.postmaster, 8192);
    await shabana.enlist(office.lso, 40);
    await expect(shabana.sync(server.url)).rejects.toThrow();
    expect(shabana.unsent).toBe(40);
    // A PostgreSQL that went down over it has been started anew by whoever keeps it, and has room.
    if (small) small.makeRoom();
    else {
      await office.untilPostgresAnswers().catch(() => undefined);
      leaveRoom(office.postmaster, 'unlimited');
    }
    await office.untilPostgresAnswers();
    expect(await office.judge(server.url)).toEqual([]);
  } finally {
    await server.stop();
    await office.stopPostgres();
    small?.unmount();
    await office.close();
  }
});

test('a disk that lost what it said it had is found out by the judge', async () => {
  const office = await FaultOffice.open();
  const server = new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile });
  try {
    await server.start();
    for (const phone of office.phones) await phone.drain(server.url);
    await server.stop();
    await office.stopPostgres();
    const earlier = join(office.directory, 'an-hour-ago');
    const folder = office.postgresDirectory;
    spawnSync('cp', ['-a', folder, earlier]);
    await office.startPostgres();
    const later = new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile });
    await later.start();
    const [shabana] = office.phones;
    await shabana?.enlist(office.lso, 5);
    await shabana?.drain(later.url);
    await later.stop();
    await office.stopPostgres();
    rmSync(folder, { recursive: true });
    spawnSync('cp', ['-a', earlier, folder]);
    await office.startPostgres(true);
    const last = new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile });
    await last.start();
    const found = await office.judge(last.url).finally(() => last.stop());
    expect(found.filter((fault) => /is in the book 0 times/.test(fault))).toHaveLength(5);
  } finally {
    await office.close();
  }
});
