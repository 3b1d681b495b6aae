import * as z from 'zod/mini';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { kind } from '../../platform/book/kind.ts';

export const phoneOwners = ['own', 'husband', 'father', 'brother', 'son', 'neighbour', 'other'] as const;
export type PhoneOwner = (typeof phoneOwners)[number];

const contactShape = z.object({
  person: idShape,
  number: z.string(),
  whose: z.enum(phoneOwners),
  safeToCall: z.boolean(),
  owner: idShape,
  since: dayShape,
});
export type PersonContact = {
  readonly person: string;
  /** `+923001234567` */
  readonly number: string;
  /** A phone is shared by a household: whose it is, and whether she may safely be called on it. */
  readonly whose: PhoneOwner;
  readonly safeToCall: boolean;
  /** The organization whose leaders keep the number; it is seen from nowhere above. */
  readonly owner: string;
  readonly since: string;
};

/** A number under which somebody is reached: a page of its own, so that it stays with those it was given to. */
export const personContactKind = kind<PersonContact>({
  kind: 'person-contact',
  shape: contactShape as never,
  seenBy: purposes.contacts,
  scope: (contact) => contact.owner,
  concerns: { person: (contact) => contact.person, afterMerge: 'follows' },
  along: { index: 'person', to: (contact, heir) => ({ ...contact, owner: heir(contact.owner) }) },
  transfer: {
    with: (contact) => contact.person,
    there: (contact, { heir }) => ({ ...contact, owner: heir(contact.owner) }),
  },
  indexes: { person: (contact) => [contact.person] },
});
