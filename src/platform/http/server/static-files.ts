import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Context } from 'hono';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

/** Nothing from elsewhere, nothing inline. WebAssembly is for Argon2. */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type File = { readonly bytes: Buffer; readonly type: string; brotli: Buffer | null };

/** Serves a built app from memory. `page` answers every address of the app that is no file. */
export function staticFiles(folder: string, page: string): (c: Context, path: string) => Response {
  const files = new Map<string, File>();
  for (const name of globSync('**/*', { cwd: folder, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    const type = contentTypes[extname(name.name)] ?? 'application/octet-stream';
    files.set(path.slice(folder.length).replaceAll('\\', '/'), { bytes: readFileSync(path), type, brotli: null });
  }
  return (c, path) => {
    const file = files.get(path) ?? (contentTypes[extname(path)] === undefined ? files.get(page) : undefined);
    if (!file) return new Response('', { status: 404 });
    const headers: Record<string, string> = {
      'content-type': file.type,
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
    };
    const compressible = !/woff2|png/.test(file.type) && file.bytes.length > 400;
    if (compressible && /\bbr\b/.test(c.req.header('accept-encoding') ?? '')) {
      file.brotli ??= brotliCompressSync(file.bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.bytes.length },
      });
      return new Response(new Uint8Array(file.brotli), { headers: { ...headers, 'content-encoding': 'br' } });
    }
    return new Response(new Uint8Array(file.bytes), { headers });
  };
}
