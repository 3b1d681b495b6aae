/*
 * What a backup says of itself: first what it is, last what it amounts to. A file without a true last word is no backup.
 */
import * as z from 'zod/mini';

/** Raised when an older Otaq could no longer read the file. */
export const backupFormat = 1;

const epochShape = z.object({ number: z.int(), name: z.string() });

export const manifestShape = z.object({
  format: z.int(),
  /** Milliseconds since 1970, when the snapshot was taken. */
  madeAt: z.number(),
  epoch: epochShape,
  /** One office that moves; null for the whole installation. */
  office: z.nullable(z.int()),
  migrations: z.array(z.object({ name: z.string(), sha256: z.string() })),
  /** In the order in which they can be filled. Columns that the database computes are left out. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  /** Where each column of given numbers had come. */
  sequences: z.array(z.object({ table: z.string(), column: z.string(), last: z.number() })),
  /** Who was erased: a restore from an older backup erases them again. Ids and nothing else. */
  erasures: z.array(z.object({ office: z.int(), subject: z.string(), pages: z.array(z.string()), doneAt: z.number() })),
  /** `figures`: SHA-256 over the office's counts, in order. */
  books: z.array(z.object({ office: z.int(), sequence: z.number(), head: z.string(), figures: z.string() })),
});
export type Manifest = z.infer<typeof manifestShape>;
export type BookMark = Manifest['books'][number];

/** The section that holds the sealing key opened; the table of installations holds it closed. No table bears this name. */
export const keySection = 'sealing key';

export const sealShape = z.object({
  sections: z.array(z.object({ name: z.string(), rows: z.int(), bytes: z.number(), sha256: z.string() })),
});
/** The last word: every section with its rows, bytes and SHA-256. */
export type Seal = z.infer<typeof sealShape>;
