import { type GrantPage, grantKind, phoneKind } from '../platform/access/grants.ts';
import type { Copy } from '../platform/book/copy.ts';

/** Everybody who holds a role, one line a woman. */
export function leadersIn(copy: Copy): readonly GrantPage[] {
  const held = [...copy.all<GrantPage>(grantKind)].map(({ body }) => body).filter(({ until }) => until === null);
  return [...new Map(held.map((grant) => [grant.person, grant])).values()];
}

/** The seats of the phones on which she writes. */
export function phonesOf(copy: Copy, person: string): readonly number[] {
  return [...copy.all(phoneKind)]
    .filter(({ body }) => body.person === person && body.withdrawnOn === null)
    .map(({ body }) => body.seat);
}
