import type { PhoneBook } from '../client.ts';

export type SyncState = 'idle' | 'syncing' | 'not-reached' | 'moved' | 'unknown-phone' | 'cloned' | 'withdrawn';

/** What a failed sync means. */
type Telling = (error: unknown) => 'not-reached' | 'moved' | 'unknown-phone';

/** Milliseconds: when all is calm, while somebody's emergency is open, and after a failure (longer each time). */
const calm = 60_000;
const urgent = 5_000;
const afterWrite = 400;
const longestPause = 300_000;

/** Syncs by itself: at once after a line was written or the network came back, and again and again while the phone is open. */
export class SyncDriver {
  readonly #book: PhoneBook;
  readonly #onChange: (state: SyncState) => void;
  readonly #stateOf: Telling;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When somebody asked to be sent, on the page's own clock. A sync that ends meanwhile does not put it off. */
  #askedFor: number | null = null;
  #running = false;
  #again = false;
  #failures = 0;
  #stopped = false;
  #urgent = false;
  state: SyncState = 'idle';

  constructor(book: PhoneBook, doors: { readonly onChange: (state: SyncState) => void; readonly stateOf: Telling }) {
    this.#book = book;
    this.#onChange = doors.onChange;
    this.#stateOf = doors.stateOf;
    addEventListener('online', this.now);
    document.addEventListener('visibilitychange', this.#seen);
    this.now();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.now);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  get isUrgent(): boolean {
    return this.#urgent;
  }

  now = (): void => this.after(0);
  /** A line was written: several written in a row go together. */
  soon = (): void => this.after(afterWrite);
  /** A line was written that may still be taken back: it is sent when that time is over. */
  after = (milliseconds: number): void => {
    this.#askedFor = performance.now() + milliseconds;
    this.#in(milliseconds);
  };
  #seen = (): void => {
    if (document.visibilityState === 'visible') this.now();
  };

  #in(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#run(), milliseconds);
  }

  async #run(): Promise<void> {
    this.#askedFor = null;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    this.#again = false;
    this.#become('syncing');
    let pause = calm;
    try {
      const { cloned, withdrawn, urgent: open } = await this.#book.sync();
      this.#failures = 0;
      this.#urgent = open;
      this.#become(cloned ? 'cloned' : withdrawn ? 'withdrawn' : 'idle');
      if (open) pause = urgent;
    } catch (error) {
      this.#failures += 1;
      this.#become(this.#stateOf(error));
      pause = Math.min(longestPause, 2_000 * 2 ** Math.min(8, this.#failures));
      if (this.#urgent) pause = Math.min(pause, urgent * 2);
    }
    this.#running = false;
    if (this.#again) this.#in(afterWrite);
    else this.#in(this.#askedFor === null ? pause : Math.max(0, this.#askedFor - performance.now()));
  }

  #become(state: SyncState): void {
    this.state = state;
    if (!this.#stopped) this.#onChange(state);
  }
}
