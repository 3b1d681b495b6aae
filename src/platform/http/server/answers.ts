import { promisify } from 'node:util';
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const unzip = promisify(gunzip);
/** Smaller than this is not worth a compressor's header. */
const worthCompressing = 300;

/** A JSON answer, compressed as far as the asker understands. Never stored on the way. */
export async function json(c: Context, body: unknown, status = 200): Promise<Response> {
  const text = Buffer.from(JSON.stringify(body));
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    vary: 'accept-encoding',
  };
  // Through the context, so that a cookie set before stays.
  const answer = (bytes: Buffer, more: Record<string, string>) =>
    c.body(new Uint8Array(bytes), status as ContentfulStatusCode, { ...headers, ...more });
  const accepts = c.req.header('accept-encoding') ?? '';
  if (text.length < worthCompressing) return answer(text, {});
  if (/\bbr\b/.test(accepts)) {
    // The thin line is the bottleneck, not this processor: level 9 is an eighth smaller than 6 on a first copy.
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 };
    return answer(await brotli(text, { params }), { 'content-encoding': 'br' });
  }
  if (/\bgzip\b/.test(accepts)) return answer(await zip(text), { 'content-encoding': 'gzip' });
  return answer(text, {});
}

/** Reads a body as it is; null where it is larger. What comes after the bound is not read. */
export async function bytesOf(c: Context, mostBytes: number): Promise<Buffer | null> {
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of c.req.raw.body ?? []) {
    size += part.length;
    if (size > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Reads a JSON body of bounded size; undefined where it is none, so that the caller's form refuses it. */
export async function bodyOf(c: Context, mostBytes: number): Promise<unknown> {
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) return undefined;
  try {
    const sent = await readAtMost(c.req.raw.body, mostBytes);
    if (sent === null) return undefined;
    // A body that unpacks to more than is allowed is not unpacked further.
    const bytes =
      c.req.header('content-encoding') === 'gzip' ? await unzip(sent, { maxOutputLength: mostBytes }) : sent;
    return bytes.length > mostBytes || isTooDeep(bytes) ? undefined : JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Deeper than any form, a sync of lines included. */
const deepest = 64;

// Read as bytes before it is parsed: what is parsed is walked by code that calls itself.
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepest) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

// A body may come without its length: it is not read further than it may be long.
async function readAtMost(body: ReadableStream<Uint8Array> | null, mostBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
