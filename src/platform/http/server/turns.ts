/**
 * Lets a bounded number of works go on at once, and fewer of them for one office; the others wait in the order in which they came. An
 * office whose turn is full is passed over, never waited for: one that has all its phones back does not stand in the way of the rest.
 */
export class Turns {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #going = new Map<number, number>();
  #waiting: { readonly office: number; readonly begin: () => void }[] = [];
  #allGoing = 0;

  constructor(most: number, mostOfOne: number) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  async take<T>(office: number, work: () => Promise<T>): Promise<T> {
    if (this.#isFree(office)) this.#start(office);
    else await new Promise<void>((begin) => this.#waiting.push({ office, begin }));
    try {
      return await work();
    } finally {
      this.#allGoing -= 1;
      const left = (this.#going.get(office) ?? 0) - 1;
      if (left > 0) this.#going.set(office, left);
      else this.#going.delete(office);
      this.#callNext();
    }
  }

  #isFree(office: number): boolean {
    return this.#allGoing < this.#most && (this.#going.get(office) ?? 0) < this.#mostOfOne;
  }

  #start(office: number): void {
    this.#allGoing += 1;
    this.#going.set(office, (this.#going.get(office) ?? 0) + 1);
  }

  // Counted as going before it wakes, so that nobody who comes meanwhile takes its place.
  #callNext(): void {
    const next = this.#waiting.findIndex(({ office }) => this.#isFree(office));
    const called = this.#waiting[next];
    if (!called) return;
    this.#waiting.splice(next, 1);
    this.#start(called.office);
    called.begin();
  }
}
