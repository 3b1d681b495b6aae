import type { SyncAnswer, SyncRequest } from '../../sync/protocol.ts';

/** The office did not answer as an office does: no network, a portal's page, a server that is down. */
export class NotReached extends Error {}
/** The office answered, and does not know this phone. */
export class UnknownPhone extends Error {}

/** The office is at another address now, and no longer answers here. */
export class OfficeMoved extends Error {
  readonly to: string;
  constructor(to: string) {
    super('the office has moved');
    this.to = to;
  }
}

const worthZipping = 400;

function zip(text: string): Promise<ArrayBuffer> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}

/** What the practice office holds in the place of a token: it asks nobody, whatever its pages try. */
export const asksNobody = '';

async function post(path: string, body: unknown, token: string | null, patience: number): Promise<Response> {
  if (token === asksNobody) throw new NotReached();
  const text = JSON.stringify(body);
  const zipped = text.length > worthZipping && 'CompressionStream' in globalThis;
  try {
    return await fetch(path, {
      method: 'POST',
      body: zipped ? await zip(text) : text,
      headers: {
        'content-type': 'application/json',
        ...(zipped && { 'content-encoding': 'gzip' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new NotReached();
  }
}

async function read<T>(answer: Response): Promise<T> {
  if (!/json/.test(answer.headers.get('content-type') ?? '')) throw new NotReached();
  try {
    return (await answer.json()) as T;
  } catch {
    throw new NotReached();
  }
}

/** A thin line may need long for a page of a first copy. */
export async function askSync(token: string, request: SyncRequest): Promise<SyncAnswer> {
  const answer = await post('/api/sync', request, token, 120_000);
  if (answer.status === 401) throw new UnknownPhone();
  if (answer.status === 410) throw new OfficeMoved(String((await read<{ to: unknown }>(answer)).to));
  if (!answer.ok) throw new NotReached();
  const value = await read<SyncAnswer>(answer);
  if (!Array.isArray(value.push) || typeof value.at !== 'number') throw new NotReached();
  return value;
}

export type EnrolAnswer = {
  readonly seat: number;
  readonly token: string;
  readonly office: number;
  readonly person: string;
  readonly names: { readonly sd: string | null; readonly ur: string | null; readonly en: string | null };
  readonly officeNames: { readonly sd: string | null; readonly ur: string | null; readonly en: string | null };
  readonly sealingKey: JsonWebKey;
  readonly certificate: string;
  /** Seats that she had in this office before. */
  readonly earlier: readonly number[];
};

export async function askEnrol(code: string): Promise<EnrolAnswer | 'bad-code' | 'too-often' | 'needs-second'> {
  const answer = await post('/api/enrol', { code }, null, 30_000);
  if (answer.status === 404 || answer.status === 400) return 'bad-code';
  if (answer.status === 429) return 'too-often';
  if (answer.status === 409) return 'needs-second';
  if (!answer.ok) throw new NotReached();
  return read<EnrolAnswer>(answer);
}

/** The key of whoever answers here, and its proof over a point: see `office-mark.ts`. */
export async function askOfficeKey(
  point: string,
): Promise<{ readonly sealingKey: JsonWebKey; readonly proof: string }> {
  const answer = await post('/api/office-key', { point }, null, 30_000);
  if (!answer.ok) throw new NotReached();
  const value = await read<{ readonly sealingKey?: JsonWebKey; readonly proof?: string }>(answer);
  return { sealingKey: value.sealingKey ?? {}, proof: value.proof ?? '' };
}

/** To a server that was restored from before this phone came. False where it does not let it back in. */
export async function askComeBack(certificate: string, token: string): Promise<boolean> {
  const answer = await post('/api/come-back', { certificate, token }, null, 30_000);
  if (answer.status === 404) return false;
  if (!answer.ok) throw new NotReached();
  return true;
}

/** A bearer's leave for one list that staff bring in; null when the office refuses it. */
export async function askImportLeave(token: string): Promise<string | null> {
  const answer = await post('/api/import-leaves', {}, token, 30_000);
  if (answer.status === 401) throw new UnknownPhone();
  if (!answer.ok) return null;
  return (await read<{ code: string }>(answer)).code;
}

/** A code, and whether another bearer has to confirm it before it opens anything. */
export type MadeCode = { readonly code: string; readonly needsSecond: boolean };

/** A code for another woman's phone; null when the office refuses it. */
export async function askCode(
  token: string,
  phone: { readonly person: string; readonly names: EnrolAnswer['names']; readonly organization: string },
): Promise<MadeCode | null> {
  const answer = await post('/api/enrolments', phone, token, 30_000);
  if (answer.status === 401) throw new UnknownPhone();
  if (!answer.ok) return null;
  return read<MadeCode>(answer);
}

/** Stands by another bearer's code for a woman who has a phone already. */
export async function askConfirm(
  token: string,
  confirmation: { readonly person: string; readonly code: string },
): Promise<'confirmed' | 'bad-code' | 'too-often'> {
  const answer = await post('/api/enrolments/confirm', confirmation, token, 30_000);
  if (answer.status === 401) throw new UnknownPhone();
  if (answer.status === 429) return 'too-often';
  return answer.ok ? 'confirmed' : 'bad-code';
}

/** The hash of the office's chain after so many entries; null where its book is not so long. */
export async function askHead(token: string, sequence: number): Promise<string | null> {
  const answer = await get(`/api/heads/${sequence}`, token, 30_000);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new NotReached();
  return (await read<{ hash: string }>(answer)).hash;
}

async function get(path: string, token: string, patience: number): Promise<Response> {
  if (token === asksNobody) throw new NotReached();
  try {
    return await fetch(path, {
      headers: { authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new NotReached();
  }
}

/** A file that the office makes for this phone. */
export async function askFile(token: string, path: string): Promise<Blob | 'refused'> {
  const answer = await get(path, token, 60_000);
  if (answer.status === 401 || answer.status === 403) return 'refused';
  if (!answer.ok || !/pdf/.test(answer.headers.get('content-type') ?? '')) throw new NotReached();
  return answer.blob();
}
