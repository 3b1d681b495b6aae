/*
 * The line on which the server listens, and how long it waits for whoever speaks slowly. Node reads requests strictly: what says its
 * length twice, or in two ways, is refused, and nothing after it on that line is read.
 */
import { type ServerType, serve } from '@hono/node-server';

/** In milliseconds. */
export type Patience = {
  /** For the head of a request. */
  readonly head: number;
  /** For the whole of it: eight megabytes over a thin line take minutes. */
  readonly whole: number;
  /** How often it is looked who is late. */
  readonly look: number;
};
const patience: Patience = { head: 60_000, whole: 300_000, look: 15_000 };

export type Place = {
  /** 0 for a free one. */
  readonly port: number;
  /** Every address of this machine where it is not said. */
  readonly host?: string;
};

/** Listens; rejects with a sentence where it cannot. */
export function openLine(
  fetch: (request: Request, env: unknown) => Response | Promise<Response>,
  { port, host }: Place,
  { head, whole, look }: Patience = patience,
): Promise<{ readonly http: ServerType; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const serverOptions = {
      headersTimeout: head,
      requestTimeout: whole,
      connectionsCheckingInterval: look,
      insecureHTTPParser: false,
    };
    const http = serve({ fetch, port, serverOptions, ...(host && { hostname: host }) }, (info) =>
      resolve({ http, port: info.port }),
    );
    http.on('error', (error: NodeJS.ErrnoException) => reject(sayWhy(error, { port, ...(host && { host }) })));
  });
}

function sayWhy(error: NodeJS.ErrnoException, { port, host }: Place): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`Port ${port} is taken. Stop what uses it, or give another: PORT=${port + 1} npm start.`);
  if (error.code === 'EADDRNOTAVAIL') return new Error(`OTAQ_HOST is ${host}, which is no address of this machine.`);
  return error;
}
