import { resolve } from 'node:path';

export type Config = {
  readonly port: number;
  readonly dataDirectory: string;
  /** Null: a PostgreSQL of our own, in the data directory. */
  readonly databaseUrl: string | null;
};

/** Reads PORT, OTAQ_DATA and DATABASE_URL. Throws with a sentence that names the bad one and says what would be right. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const port = environment.PORT ?? '8410';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`PORT is "${port}". It must be a number from 0 to 65535; without it, 8410 is used.`);
  const databaseUrl = environment.DATABASE_URL ?? null;
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Error('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  return { port: Number(port), dataDirectory: resolve(environment.OTAQ_DATA ?? './data'), databaseUrl };
}
