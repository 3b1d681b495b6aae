/** A fault for the log: what kind, where, and its sentence with every value left out, because values are names and numbers. */
export type Fault = {
  readonly fault: string;
  readonly code?: string;
  readonly said: string;
  readonly at: readonly string[];
};

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { fault: typeof error, said: '', at: [] };
  const { code } = error as { readonly code?: unknown };
  // PostgreSQL and JavaScript put values between quotation marks; JSON shows what it stumbled over.
  const said = error.message.replace(/"[^"]*"?|'[^']*'?|“[^”]*”?|\d{3,}|[^\x20-\x7e]+/g, '…').slice(0, 300);
  const at = (error.stack ?? '')
    .split('\n')
    .flatMap((line) => /((?:src|node_modules)\/[^\s()]+:\d+):\d+/.exec(line)?.[1] ?? []);
  return { fault: error.name, ...(typeof code === 'string' && { code }), said, at: at.slice(0, 4) };
}
