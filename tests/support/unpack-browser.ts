/* The browser is unpacked once, before two files of tests start it in one moment. */
import { executable } from './browser.ts';

export async function setup(): Promise<void> {
  await executable();
}
