/** What a refusal says besides its code: values that its sentence shows. */
export type Params = Readonly<Record<string, string | number>>;

export type Accepted<T> = { readonly ok: true; readonly value: T };

/** An expected no. The code is the key of its sentence in three languages and is stable for ever. */
export type Refusal<Code extends string = string> = {
  readonly ok: false;
  readonly code: Code;
  readonly params: Params;
};

export type Result<T, Code extends string = string> = Accepted<T> | Refusal<Code>;

export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

export function refuse<Code extends string>(code: Code, params: Params = {}): Refusal<Code> {
  return { ok: false, code, params };
}

/** For tests and start-up, where a refusal would be a bug. */
export function expectAccepted<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${result.code} ${JSON.stringify(result.params)}`);
}
