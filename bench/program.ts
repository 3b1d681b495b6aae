/* What a phone loads before it can do anything, and what it keeps. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { grouped, root, tell } from './table.ts';

export function measureProgram(): void {
  const folder = join(root, 'dist/phone');
  const compressed = (file: string) =>
    brotliCompressSync(readFileSync(join(folder, file)), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const page = readFileSync(join(folder, 'phone.html'), 'utf8');
  const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] as string);
  const catalog = globSync('assets/catalog-sd*.js', { cwd: folder })[0];
  tell(
    'First JavaScript, with one language',
    `${grouped([...new Set([...first, ...(catalog ? [catalog] : [])])].reduce((sum, file) => sum + compressed(file), 0))} bytes brotli`,
    'at most 45,000',
  );
  const list = /\[\{[^\]]*"url"[^\]]*\]/.exec(readFileSync(join(folder, 'service-worker.js'), 'utf8'))?.[0] ?? '[]';
  const urls = [...list.matchAll(/"url":"([^"]+)"/g)].map((match) => match[1] as string);
  const bytes = urls.reduce(
    (sum, file) => sum + (/woff2|png/.test(file) ? readFileSync(join(folder, file)).length : compressed(file)),
    0,
  );
  tell(`Everything kept on the phone, ${urls.length} files with fonts`, `${grouped(bytes)} bytes`, 'at most 400,000');
}
