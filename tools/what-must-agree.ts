/*
 * npm run must-agree: which inputs must agree with each other, with what stands in the book and with the day. Every reason for which a rule
 * refuses a line or flags it, with its English sentence, read from the rules and from the sentences as they stand.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

export type Reason = {
  /** The code of the refusal or flag; the register of that name raises it. */
  readonly code: string;
  readonly becomes: 'refused' | 'flagged' | 'refused or flagged';
  /** Null where there is none: a guard stops that. */
  readonly sentence: string | null;
};

/** Of rules only: what a server says at its doors stands in docs/who-may.md, what a form takes at /api/openapi.json. */
export function reasons(): readonly Reason[] {
  const rules = globSync('src/{platform,federation,care,linkages,network}/**/*.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\/(server|phone|desk)\/|\.(test|arbitrary|generated)\.ts$/.test(path))
    .map(read);
  const raised = (form: RegExp) =>
    new Set(rules.flatMap((text) => [...text.matchAll(form)].map(([, code = '']) => code)));
  const refused = raised(/\brefuse(?:<[^(]*>)?\(\s*'([a-z0-9-]+\.[a-z0-9.-]+)'/g);
  const flagged = raised(/(?:\bflag\(\s*|do: 'flag',\s*code: )'([a-z0-9-]+\.[a-z0-9.-]+)'/g);
  const sentences = new Map(
    globSync('src/**/words/en.po', { cwd: root }).flatMap((path) =>
      [...read(path).matchAll(/^msgid "([^"]+)"\nmsgstr "((?:[^"\\]|\\.)*)"/gm)].map(
        ([, id = '', said = '']) => [id, said.replaceAll('\\"', '"')] as const,
      ),
    ),
  );
  return [...new Set([...refused, ...flagged])].sort().map((code) => ({
    code,
    becomes: !flagged.has(code) ? 'refused' : refused.has(code) ? 'refused or flagged' : 'flagged',
    sentence: sentences.get(code) ?? null,
  }));
}

/** The page, in Markdown. */
export function mustAgree(): string {
  const rows = reasons().map(
    ({ code, becomes, sentence }) => `| \`${code}\` | ${becomes} | ${(sentence ?? '').replaceAll('|', '\\|')} |`,
  );
  return `# What must agree

What a line says must agree with itself, with the pages that it speaks of and with the day. Here stands every reason for which a
rule refuses a line, or takes it and flags it for a person to settle, with the sentence that she reads. A decision is refused; what
happened is never refused for what it breaks, but flagged. Phone and server run the same rules; each code is in the register of that
name. What a single field must look like stands at /api/openapi.json and in each command's form.

| code | the line is | sentence |
| --- | --- | --- |
${rows.join('\n')}
`;
}

if (import.meta.main) process.stdout.write(mustAgree());
