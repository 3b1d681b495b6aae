/*
 * What a phone loads, counted in bytes as they travel (brotli 11 for text; pictures and fonts as they are). The build fails above the budget:
 * a budget that is only printed is not kept.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'vite';

export type Sizes = {
  readonly first: number;
  readonly styles: number;
  readonly precached: number;
  readonly files: ReadonlyMap<string, number>;
};

const travelling = (path: string): number => {
  const bytes = readFileSync(path);
  return /\.(woff2|png|jpg|webp)$/.test(path) ? bytes.length : brotliCompressSync(bytes).length;
};

/** Sizes of a built program. First JavaScript: the page's scripts, all they import at once, and the largest catalog of one language. */
export function measureBundle(folder: string, page: string): Sizes {
  const files = new Map(
    globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1), travelling(path)] as const;
      }),
  );
  const first = new Set<string>();
  const visit = (file: string) => {
    if (first.has(file) || !files.has(file)) return;
    first.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const match of text.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) visit(`assets/${match[1]}`);
  };
  const html = readFileSync(join(folder, page), 'utf8');
  for (const match of html.matchAll(/(?:src|href)="[^"]*?(assets\/[\w.-]+\.js)"/g)) visit(match[1] ?? '');
  // What is said at the door; the office's sentences come with the office, behind the PIN.
  const catalog = Math.max(0, ...[...files].filter(([name]) => /\/catalog-/.test(name)).map(([, size]) => size));
  const sum = (wanted: (name: string) => boolean) =>
    [...files].reduce((total, [name, size]) => total + (wanted(name) ? size : 0), 0);
  return {
    first: sum((name) => first.has(name)) + catalog,
    styles: sum((name) => name.endsWith('.css')),
    precached: sum((name) => !/nastaliq|medallion|service-worker|\.voice$/.test(name)),
    files,
  };
}

export function bundleSize(budget: {
  readonly folder: string;
  readonly page: string;
  readonly first: number;
  readonly precached: number;
}): Plugin {
  return {
    name: 'bundle-size',
    apply: 'build',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        // The service worker is a build of its own inside of this one; the page is written by the outer build only.
        const sizes = measureBundle(budget.folder, budget.page);
        for (const [name, size] of [...sizes.files].sort((a, b) => b[1] - a[1]).slice(0, 12))
          console.log(`  ${String(size).padStart(7)}  ${name}`);
        console.log(
          `first JavaScript with one language ${sizes.first} bytes brotli of ${budget.first}; styles ${sizes.styles}; precached ${sizes.precached} of ${budget.precached}`,
        );
        if (sizes.first > budget.first || sizes.precached > budget.precached)
          throw new Error('the program is larger than its budget');
      },
    },
  };
}
