import { bearers, leaders, type Role, roles } from './role.ts';

/**
 * For what a kind of record may be seen. What different people may see lives in different kinds, so a purpose is all that
 * is asked of a kind; nothing is filtered by field.
 *
 * - `line`: by who stands above, at or below the organization that owns the record.
 * - `here`: only by who stands at or below it. A relayed donor's number belongs to her VO and is seen from nowhere above.
 * - `circle`: by the persons whom the record itself names, and nobody else.
 * - `reference`: by every seat of the office and of the offices below it.
 */
export type Purpose = {
  readonly name: PurposeName;
  readonly roles: readonly Role[];
  readonly reach: 'line' | 'here' | 'circle' | 'reference';
};

export type PurposeName = 'registers' | 'contacts' | 'office' | 'circle' | 'reference';

export const purposes: Readonly<Record<PurposeName, Purpose>> = {
  /** The registers that leaders keep together. */
  registers: { name: 'registers', roles: leaders, reach: 'line' },
  /** Numbers that must not leave the organization they were given to. */
  contacts: { name: 'contacts', roles: leaders, reach: 'here' },
  /** The office's own business: posts, enrolled phones, refusals, flags. */
  office: { name: 'office', roles: bearers, reach: 'line' },
  /** Need to know, by name. */
  circle: { name: 'circle', roles: roles, reach: 'circle' },
  /** Rules, places, neighbours' counts. */
  reference: { name: 'reference', roles: roles, reach: 'reference' },
};
