import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a page holds, read once and taken for final; that something is absent may be asked once, after what is there has been waited for. */
const readOnce =
  /expect\(\s*\(?await [^;]*?\.(?:count|textContent|innerText|allTextContents|allInnerTexts|isVisible|isHidden|isEnabled|isDisabled|isChecked|inputValue|getAttribute)\([^;]*?\)[\s,]*\)?\s*(?:\?\? '')?\)\s*\.(?!not\.|toBe\(0\)|toEqual\(\[\]\))/g;
/** A pause that proves nothing, unless a comment above it says whose time it is. */
const pause = /^(?!\s*\/\/).*\n.*waitForTimeout\(/gm;

/** Places of a journey that can fail on a busy machine, one line each. */
function hasty(source: string): string[] {
  const lineOf = (at: number) => source.slice(0, at).split('\n').length;
  return [
    ...[...source.matchAll(readOnce)].map(
      ({ index }) => `${lineOf(index)}: read once; wait for it with tests/support/waiting.ts`,
    ),
    ...[...source.matchAll(pause)].map(
      ({ index }) => `${lineOf(index) + 1}: a pause is no proof; wait for what must come`,
    ),
  ];
}

test('no journey reads a page once and takes it for final, nor waits for time', () => {
  const journeys = globSync('tests/browser/**/*.test.ts', { cwd: root });
  expect(journeys.length).toBeGreaterThan(10);
  const found = journeys.flatMap((file) =>
    hasty(readFileSync(join(root, file), 'utf8')).map((place) => `${file}:${place}`),
  );
  expect(found).toEqual([]);
});

test('a page that is read once, and a pause, are found; waiting, and asking for what must be absent, are not', () => {
  const once = "expect(await page.locator('.lane').count()).toBe(3);";
  expect(hasty(once)).toHaveLength(1);
  expect(hasty("expect(\n  await page.locator('.saved').textContent(),\n).toContain('x');")).toHaveLength(1);
  expect(hasty("expect((await page.locator('.saved').textContent()) ?? '').toContain('x');")).toHaveLength(1);
  expect(hasty('await page.click();\nawait page.waitForTimeout(100);')).toHaveLength(1);
  expect(hasty('// She speaks.\nawait page.waitForTimeout(100);')).toEqual([]);
  expect(hasty("await countOf(page.locator('.lane')).toBe(3);")).toEqual([]);
  expect(hasty("expect(await page.locator('.strip').count()).toBe(0);")).toEqual([]);
  expect(hasty("expect(await page.locator('body').textContent()).not.toContain('Sakina');")).toEqual([]);
});
