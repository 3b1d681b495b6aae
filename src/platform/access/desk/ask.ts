/** What the server said to the desk. Not being reached is an answer like any other. */
export type Answer<T> =
  | { readonly state: 'here'; readonly value: T }
  /** `not-taken`: understood, and refused for what it says. */
  | { readonly state: 'signed-out' | 'not-reached' | 'not-there' | 'not-taken' }
  | { readonly state: 'refused'; readonly minutes: number | null };

/** Asks below `/api/desk/`. With a body it is a POST. */
export async function ask<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const answer = await fetch(`/api/desk/${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    // At the door "no" is about what was typed; anywhere else it says that the session has ended.
    if (answer.status === 401 && (await codeOf(answer)) !== 'access.wrong-word') return { state: 'signed-out' };
    if (answer.status === 401 || answer.status === 429) {
      const seconds = Number(answer.headers.get('retry-after') ?? 0);
      return { state: 'refused', minutes: seconds > 0 ? Math.ceil(seconds / 60) : null };
    }
    if (answer.status === 403 || answer.status === 404) return { state: 'not-there' };
    if (answer.status === 409) return { state: 'not-taken' };
    if (!answer.ok) return { state: 'not-reached' };
    return { state: 'here', value: (await answer.json()) as T };
  } catch {
    return { state: 'not-reached' };
  }
}

async function codeOf(answer: Response): Promise<unknown> {
  const said = (await answer.json().catch(() => null)) as { readonly code?: unknown } | null;
  return said?.code;
}
