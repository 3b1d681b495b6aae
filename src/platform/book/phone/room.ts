/* How much room the office has on this phone, and whether the phone has promised to keep what stands there. */

export type Room = {
  /** Bytes that are taken, and that are left, as far as the browser says. */
  readonly used: number;
  readonly left: number;
  /** The browser will not throw it away by itself. */
  readonly promised: boolean;
};

/** With fewer bytes left than this a woman is told: a copy of a large office and a month of lines still fit. */
export const littleRoom = 30_000_000;

/** Null where the browser does not say. */
export async function roomOnThisPhone(): Promise<Room | null> {
  if (!navigator.storage?.estimate) return null;
  const [{ usage = 0, quota = 0 }, promised] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted?.() ?? false,
  ]);
  return { used: usage, left: Math.max(0, quota - usage), promised };
}

/** Asks the browser to keep what stands here even when the phone is full. Asked when a phone is enrolled, and again by hand. */
export async function askToKeep(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false;
}
