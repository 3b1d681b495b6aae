import type { Instant } from '../../../kernel/plain-date.ts';

/** Counts knocks of one address in a window; forgets the oldest when many addresses knock. */
export class Limiter {
  readonly #most: number;
  readonly #window: number;
  readonly #knocks = new Map<string, { count: number; since: Instant }>();

  constructor(most: number, windowMilliseconds: number) {
    this.#most = most;
    this.#window = windowMilliseconds;
  }

  /** Milliseconds until this address may knock again; 0 when it may now. */
  waitFor(address: string, now: Instant): number {
    const known = this.#knocks.get(address);
    if (!known || now - known.since >= this.#window) {
      this.#knocks.delete(address);
      this.#knocks.set(address, { count: 1, since: now });
      if (this.#knocks.size > 10_000) this.#knocks.delete(this.#knocks.keys().next().value as string);
      return 0;
    }
    known.count += 1;
    return known.count > this.#most ? known.since + this.#window - now : 0;
  }
}
