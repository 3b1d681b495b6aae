import type { Words } from '../platform/languages/say.ts';

/*
 * Name and picture by which this app stands among others. A leader who is seen to be one can lose her home, so on the home screen, in the list of
 * open apps and in the browser's history it is a plain notebook, in her language. Nothing personal is ever put into the title.
 */
export function wearNotebook(words: Words): void {
  document.title = words.say('design.notebook');
  document.querySelector('link[rel="manifest"]')?.setAttribute('href', `/notebook-${words.language}.webmanifest`);
}
