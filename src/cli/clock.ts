import type { Instant } from '../kernel/plain-date.ts';

/** Further apart than this, two clocks do not tell the same time. In milliseconds. */
const apart = 2 * 60_000;

export type Clocks = {
  readonly machine: Instant;
  /** The database's, which may stand on another machine. */
  readonly database: Instant;
  /** When the newest entry of any book was received; null where there is none. */
  readonly lastEntry: Instant | null;
  /** Whether the system says that somebody sets its clock; null where it says nothing. */
  readonly isKept: boolean | null;
};

/** What is wrong with the clock by which entries, looks and the journal are dated, in sentences. */
export function clockFaults({ machine, database, lastEntry, isKept }: Clocks): readonly string[] {
  const day = (at: Instant) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return [
    ...(lastEntry !== null && machine < lastEntry - apart
      ? [
          `the right time: the clock says ${day(machine)}, and an entry was received at ${day(lastEntry)}. Set it: timedatectl set-ntp true`,
        ]
      : []),
    ...(Math.abs(machine - database) > apart
      ? [
          `one time: this machine's clock says ${day(machine)}, the database's ${day(database)}. Set both: timedatectl set-ntp true`,
        ]
      : []),
    ...(isKept === false ? ['somebody who sets the clock: timedatectl set-ntp true, where there is a network'] : []),
  ];
}
