import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Postings, Proposals, Secrets } from '../../src/platform/book/proposal.arbitrary.ts';
import { registers } from '../../src/server/wings.ts';
import { fromForm } from './from-form.ts';

const root = join(import.meta.dirname, '../..');
type Joining = { readonly proposals?: Proposals; readonly postings?: Postings; readonly secrets?: Secrets };

/** What every register has declared beside its commands. */
export const joined: readonly Joining[] = await Promise.all(
  globSync('src/**/*.arbitrary.ts', { cwd: root })
    .sort()
    .map((file) => import(pathToFileURL(join(root, file)).href) as Promise<Joining>),
);

const declared: Proposals = Object.assign({}, ...joined.map((register) => register.proposals ?? {}));
const guessed: Proposals = Object.fromEntries(
  [...registers.commands].flatMap(([name, command]) =>
    name in declared ? [] : [[name, (sight) => fromForm(command, sight)] satisfies [string, Proposals[string]]],
  ),
);

/** What may be written, by command: as its register says, or as its form lets one guess. */
export const proposals: Proposals = { ...declared, ...guessed };
export const postings: Postings = Object.assign({}, ...joined.map((register) => register.postings ?? {}));
export const secrets: Secrets = joined.flatMap((register) => register.secrets ?? []);

/** Registers that have more to write than one or two lines: a history may be mostly about one of them. */
export const registerNames: readonly string[] = [
  ...new Set(Object.keys(proposals).map((name) => name.split('.')[0] as string)),
].filter((register) => Object.keys(proposals).filter((name) => name.startsWith(`${register}.`)).length > 1);
