import pg from 'pg';

/**
 * The same readings everywhere: a day stays `2026-11-24`, a bigint is a number where it is exact, and a numeric stays text
 * so that no amount is ever rounded.
 */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: string) {
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    if (oid === pg.types.builtins.INT8) return parseBigint;
    if (oid === pg.types.builtins.NUMERIC) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`a number too large to be exact: ${text}`);
  return value;
}

/**
 * A pool whose connections speak as `role` where the URL's own user is somebody else. Such a connection sends what is asked of it without
 * waiting for the answer to what was asked before; answers come in the order of questions, and after one that fails its transaction
 * takes nothing more. The owner's connections copy whole tables, which cannot be sent that way.
 */
export function openPool(url: string, options: { readonly size?: number; readonly role?: string } = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size ?? 10,
    types,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    ...(options.role && { options: `-c role=${options.role}`, pipeline: true }),
  });
  // A connection lost while idle is replaced at the next query; a query under way rejects there. Both say so besides by an event, which
  // nobody may leave unheard: the process would end.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
