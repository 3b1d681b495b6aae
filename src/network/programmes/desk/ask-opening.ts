import { wordHeader } from '../opening-input.ts';

/** What the server said to a step of the opening. */
export type Step<T> =
  | { readonly state: 'done'; readonly value: T }
  | { readonly state: 'wrong-word' | 'not-now' | 'bad-form' | 'not-reached' };

/** Asks below `/api/desk/opening`. The word travels in a header; without it the session of the desk speaks. */
export async function askOpening<T>(word: string | null, path: string, body?: unknown): Promise<Step<T>> {
  try {
    const answer = await fetch(`/api/desk/opening${path}`, {
      headers: {
        ...(word !== null && { [wordHeader]: word }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    if (answer.status === 401 || answer.status === 429) return { state: 'wrong-word' };
    if (answer.status === 409) return { state: 'not-now' };
    if (answer.status === 400) return { state: 'bad-form' };
    if (!answer.ok) return { state: 'not-reached' };
    return { state: 'done', value: (await answer.json()) as T };
  } catch {
    return { state: 'not-reached' };
  }
}
