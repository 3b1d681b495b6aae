/*
 * A backup file, from outside in:
 *
 *   age, by a passphrase    nobody reads it, and a bit that flipped or a piece that is missing is noticed
 *   gzip
 *   sections                { "name": … } newline, then pieces: 4 bytes of length, that many bytes; a length of 0 ends the section
 *
 * Everything streams: the largest piece in memory is one that PostgreSQL or the cipher hands over. `age --decrypt FILE | gunzip`
 * reads it without Otaq.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline as pipe, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { createGunzip, createGzip } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import type { Seal } from '../manifest.ts';

/** A backup that cannot be used, in a sentence for the person who tried. */
export class BackupRefused extends Error {}

/** 64 MiB and about a second for each guess. The passphrase must be long all the same. */
const scryptWork = 16;
export const shortestPassphrase = 16;

export type Section = { readonly name: string; readonly data: AsyncIterable<Buffer> | Iterable<Buffer> };
export type SectionSum = Seal['sections'][number];

export type ArchiveOptions = {
  readonly path: string;
  readonly passphrase: string;
  /** Of scrypt, as a power of two; less only in tests. */
  readonly work?: number;
};

/** Writes the sections to a new file and answers when it is on the disk. `last` makes the last section from what stood before. */
export async function writeArchive(
  { path, passphrase, work = scryptWork }: ArchiveOptions,
  sections: AsyncIterable<Section>,
  last: (sums: readonly SectionSum[]) => Section,
): Promise<void> {
  const age = new Encrypter();
  age.setScryptWorkFactor(work);
  age.setPassphrase(passphrase);
  const zipped = createGzip();
  // What fails before it, fails here.
  pipe(Readable.from(framesOf(sections, last), { objectMode: false }), zipped, () => undefined);
  const sealed = await age.encrypt(toWeb(zipped));
  await pipeline(
    Readable.fromWeb(sealed as unknown as WebStream),
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
}

// Without a strategy of its own a web stream counts pieces, not bytes, and holds a thousand times what it should.
function toWeb(stream: Readable): ReadableStream<Uint8Array> {
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: 1 << 18 });
  return Readable.toWeb(stream, { strategy }) as unknown as ReadableStream<Uint8Array>;
}

async function* framesOf(
  sections: AsyncIterable<Section>,
  last: (sums: readonly SectionSum[]) => Section,
): AsyncGenerator<Buffer> {
  const sums: SectionSum[] = [];
  for await (const section of sections) sums.push(yield* frameOf(section));
  yield* frameOf(last(sums));
}

async function* frameOf({ name, data }: Section): AsyncGenerator<Buffer, SectionSum> {
  yield Buffer.from(`${JSON.stringify({ name })}\n`);
  const sum = summing(name);
  for await (const piece of data) {
    if (piece.length === 0) continue;
    sum.take(piece);
    yield lengthOf(piece.length);
    yield piece;
  }
  yield lengthOf(0);
  return sum.done();
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(length);
  return bytes;
}

// A row of COPY's text form is a line: a line break inside a value is written as two characters.
function summing(name: string) {
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  return {
    take(piece: Buffer) {
      hash.update(piece);
      bytes += piece.length;
      for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) rows += 1;
    },
    done: (): SectionSum => ({ name, rows, bytes, sha256: hash.digest('hex') }),
  };
}

export type ReadSection = {
  readonly name: string;
  /** Read it to its end before the next section is asked for. */
  readonly data: AsyncIterable<Buffer>;
  /** What was read; known at the end. */
  readonly sum: () => SectionSum;
};

const damaged =
  'This file is damaged or was cut off. Nothing was changed. Take another copy of it, or the backup before it.';

/** Reads the sections in order. Throws a BackupRefused for a file that is none, is damaged, or does not open with the passphrase. */
export async function* readArchive({ path, passphrase }: ArchiveOptions): AsyncGenerator<ReadSection> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  try {
    const age = new Decrypter();
    age.addPassphrase(passphrase);
    const opened = await age.decrypt(toWeb(file)).catch(closed);
    const plain = createGunzip();
    pipe(Readable.fromWeb(opened as unknown as WebStream), plain, () => undefined);
    const bytes = new ByteReader(plain);
    for (;;) {
      const head = await bytes.line();
      if (head === null) return;
      const { name } = JSON.parse(head) as { name: string };
      const sum = summing(name);
      const data = piecesOf(bytes, sum.take);
      let done: SectionSum | null = null;
      yield {
        name,
        data,
        sum: () => {
          done ??= sum.done();
          return done;
        },
      };
    }
  } catch (error) {
    if (error instanceof BackupRefused || !isDamage(error)) throw error;
    throw new BackupRefused(damaged, { cause: error });
  } finally {
    file.destroy();
  }
}

function closed(error: Error): never {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new BackupRefused('There is no such file.');
  if (/no identity matched/.test(error.message))
    throw new BackupRefused(
      'The passphrase does not open this file, or its first lines are damaged. Nothing was changed.',
    );
  if (/version|not an age/i.test(error.message)) throw new BackupRefused('This file is no backup of Otaq.');
  throw new BackupRefused(damaged, { cause: error });
}

// What the disk says (EIO, EACCES) is not the file's fault.
function isDamage(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === undefined || code.startsWith('Z_') || code.startsWith('ERR_');
}

async function* piecesOf(bytes: ByteReader, take: (piece: Buffer) => void): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await bytes.take(4)).readUInt32BE();
    if (length === 0) return;
    const piece = await bytes.take(length);
    take(piece);
    yield piece;
  }
}

/** Bytes of a stream, as many as are asked for. */
class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.#source = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async take(length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#held.length === 0 && !(await this.#more())) throw new BackupRefused(damaged);
      const piece = this.#held.subarray(0, missing);
      this.#held = this.#held.subarray(piece.length);
      pieces.push(piece);
      missing -= piece.length;
    }
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  }

  /** The text up to the next line break; null at the end of everything. */
  async line(): Promise<string | null> {
    let text = '';
    for (;;) {
      const end = this.#held.indexOf(10);
      if (end !== -1) {
        text += this.#held.subarray(0, end).toString();
        this.#held = this.#held.subarray(end + 1);
        return text;
      }
      text += this.#held.toString();
      this.#held = Buffer.alloc(0);
      if (text.length > 10_000) throw new BackupRefused(damaged);
      if (!(await this.#more())) {
        if (text === '') return null;
        throw new BackupRefused(damaged);
      }
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#held = next.value;
    return true;
  }
}
