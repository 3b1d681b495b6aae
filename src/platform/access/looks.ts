import * as z from 'zod/mini';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept } from '../../kernel/result.ts';
import { command, create, type Register, readIndex, update } from '../book/command.ts';
import { kind } from '../book/kind.ts';
import { purposes } from './purpose.ts';
import { deskRoles } from './role.ts';
import { looked } from './watchers.ts';

const lookFields = {
  day: dayShape,
  /** The name somebody signs in with, so that two of one name are two. */
  reader: z.string().check(z.maxLength(40)),
  readerShown: z.string().check(z.maxLength(80)),
  role: z.enum(deskRoles),
  what: z.enum(looked),
  count: z.int().check(z.positive()),
  /** The root of the office that was looked at. */
  organization: idShape,
} as const;
const lookShape = z.object(lookFields);
export type Look = z.infer<typeof lookShape>;

/** That somebody above has looked into this office: one a reader, day and thing. Its bearers see it with no network. */
export const lookKind = kind<Look>({
  kind: 'look',
  shape: lookShape,
  seenBy: purposes.office,
  scope: (look) => look.organization,
  indexes: { same: (look) => [sameLook(look)] },
});

function sameLook({ day, reader, what }: Pick<Look, 'day' | 'reader' | 'what'>): string {
  return `${day} ${reader} ${what}`;
}

/** Written by the server, with how often it was until now: written twice, it says the same. */
export const tellLook = command({
  name: 'looks.tell',
  nature: 'witness',
  input: z.strictObject(lookFields),
  reads: (input) => [readIndex(lookKind, 'same', sameLook(input))],
  mayRun: (actor) => actor.nature === 'server',
  decide: (pages, input) => {
    const known = pages.page(lookKind, 'same', sameLook(input))[0];
    if (!known) return accept([create(lookKind, input)]);
    if (known.body.count >= input.count) return accept([]);
    return accept([update(lookKind, known.id, { ...known.body, count: input.count })]);
  },
});

export const looksRegister: Register = { name: 'looks', kinds: [lookKind], commands: [tellLook] };
