/*
 * What the server answers at which address, for whoever writes a program against it: OpenAPI at `/api/openapi.json`, and a page to read
 * at `/api`. Which addresses there are is read from the router, who may ask from `route-rules.ts`; here stands what each is for.
 */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { describeRoute, generateSpecs } from 'hono-openapi';
import * as z from 'zod/mini';
import {
  bearerInput,
  codeInput,
  districtInput,
  firstStaffInput,
  lsoInput,
  programmeInput,
} from '../network/programmes/opening-input.ts';
import { officeKeyShape } from '../platform/access/server/office-proof.ts';
import { protocolVersion, syncRequestShape } from '../platform/sync/protocol.ts';
import { comeBackShape, confirmationShape, enrolmentShape, enrolShape } from './phone-forms.ts';
import { type RouteRule, routeRules } from './route-rules.ts';

type Told = { readonly what: string; readonly takes?: z.ZodMiniType; readonly file?: string };

const told: Readonly<Record<string, Told>> = {
  'GET /health': { what: 'Whether the server can write and read: its protocol and its epoch.' },
  'POST /api/sync': {
    what: 'Numbered lines of a phone go up, each is answered; what changed in the books she reaches comes down in columns.',
    takes: syncRequestShape,
  },
  'POST /api/enrol': { what: 'Uses a code of ten digits: the seat and the token of a new phone.', takes: enrolShape },
  'POST /api/office-key': {
    what: 'The office’s public key, and a proof over a point of P-256 that the asker has just made: whether this is the office that a code’s picture names.',
    takes: officeKeyShape,
  },
  'POST /api/come-back': {
    what: 'After a restore: a phone that was let in after the backup comes back under its own number.',
    takes: comeBackShape,
  },
  'POST /api/enrolments': {
    what: 'A code for another woman’s phone, who holds a role here. `needsSecond`: she has a phone, and another bearer must confirm it.',
    takes: enrolmentShape,
  },
  'POST /api/enrolments/confirm': {
    what: 'Another bearer confirms a code for a woman who has a phone already.',
    takes: confirmationShape,
  },
  'POST /api/import-leaves': { what: 'A bearer’s leave for one list that staff bring in: ten digits, for a day.' },
  'GET /api/heads/:sequence': {
    what: 'The head of her office’s book after so many entries: what a paper of that day must show.',
  },
  'GET /api/print/:document': { what: 'A document of her office as PDF.' },
  'POST /api/desk/sign-in': { what: 'Name and password: the first of two things.' },
  'POST /api/desk/sign-in/code': { what: 'The code of an app, or one from paper: the second thing.' },
  'POST /api/desk/sign-in/passkey': { what: 'A challenge for a passkey.' },
  'POST /api/desk/sign-in/passkey/answer': { what: 'The passkey’s answer.' },
  'POST /api/desk/sign-out': { what: 'Ends this session.' },
  'POST /api/desk/sign-out/everywhere': { what: 'Ends every session of one’s own.' },
  'GET /api/desk/account': { what: 'How far one’s own sign-in is set up.' },
  'GET /api/desk/account/sessions': { what: 'The machines at which she is signed in.' },
  'POST /api/desk/account/sessions/end': { what: 'Ends one of them, within a quarter of an hour of signing in.' },
  'GET /api/desk/me': { what: 'Who sits at this desk, and for which office.' },
  'GET /api/desk/overview': { what: 'The figures of all offices that she sees.' },
  'GET /api/desk/looks': { what: 'Who looked at what.' },
  'GET /api/desk/imports/:office': {
    what: 'The lists that were brought into an office, and whether one needs a bearer’s leave.',
  },
  'POST /api/desk/imports/:office/preview': {
    what: 'Looks through a CSV or XLSX file (`?what=households&language=sd`) and names every wrong cell. Writes nothing.',
    file: 'The file itself, at most 20 megabytes.',
  },
  'POST /api/desk/imports/:office': {
    what: 'Brings a file in (`?what=households&mode=all` or `right-rows`), written in the background. A leave travels in the header x-otaq-leave.',
    file: 'The file itself, at most 20 megabytes.',
  },
  'POST /api/desk/imports/:office/:seat/continue': { what: 'Goes on with an import that waited for a leave.' },
  'POST /api/desk/imports/:office/:seat/take-back': {
    what: 'Takes an import back as one; answers how many records stay.',
  },
  'GET /api/desk/opening': {
    what: 'What is open already. The word of the first run travels in the header x-otaq-word.',
  },
  'POST /api/desk/opening/programme': { what: 'Opens the programme’s head office.', takes: programmeInput },
  'POST /api/desk/opening/district': { what: 'Opens a district’s office, with its talukas.', takes: districtInput },
  'POST /api/desk/opening/lso': { what: 'Opens an LSO’s office, with its union council.', takes: lsoInput },
  'POST /api/desk/opening/bearer': { what: 'Enters a first leader of an LSO and her role.', takes: bearerInput },
  'POST /api/desk/opening/code': { what: 'A code for a first leader’s phone.', takes: codeInput },
  'POST /api/desk/opening/staff': { what: 'Makes the first account, and ends the first run.', takes: firstStaffInput },
  'GET /api/interface.css': { what: 'The style of the page at /api.' },
  'GET /api/openapi.json': { what: 'This interface, for programs.' },
};

/** Who may ask, in words. */
function sayWho(rule: RouteRule | undefined): string {
  switch (rule?.who) {
    case 'anybody':
      return `Anybody: ${rule.because}.`;
    case 'own-account':
      return 'Whoever has begun to sign in, for her own account.';
    case 'phone':
      return rule.roles ? `A phone of: ${rule.roles.join(', ')}.` : 'Any enrolled phone.';
    case 'first-run':
      return 'Whoever has the word of the first run; then the head office.';
    case 'staff':
      return `Staff: ${rule.roles.join(', ')}${rule.office ? ', for an office that she sees' : ''}${rule.look ? '; written down and told to the office' : ''}.`;
    default:
      return 'Nobody.';
  }
}

export type Address = {
  readonly method: string;
  readonly path: string;
  readonly what: string;
  readonly who: string;
  readonly key: string;
};

/** Every address of a router that gives or takes data. The programs' own files are none. */
export function addressesOf(routes: Hono): readonly Address[] {
  const keys = new Set(
    routes.routes
      .filter(({ method, path }) => method !== 'ALL' && (path.startsWith('/api/') || path === '/health'))
      .map(({ method, path }) => `${method} ${path}`),
  );
  return [...keys].map((key) => {
    const [method = '', path = ''] = key.split(' ');
    return { method, path, key, what: told[key]?.what ?? '', who: sayWho(routeRules[key]) };
  });
}

/** The interface as OpenAPI 3.1, from the router and the shapes that its handlers read with. */
export async function openApiOf(routes: Hono): Promise<object> {
  const described = new Hono();
  for (const { key, method, path, what, who } of addressesOf(routes)) {
    const { takes, file } = told[key] ?? {};
    const security = securityOf(routeRules[key]);
    described.on(
      method,
      path,
      describeRoute({
        summary: what === '' ? key : what,
        description: who,
        tags: [path.startsWith('/api/desk') ? 'desk' : 'phone'],
        ...(security && { security: [{ [security]: [] }] }),
        ...(takes && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(takes) } } } }),
        ...(file && {
          requestBody: {
            required: true,
            description: file,
            content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
          },
        }),
        responses: {
          200: { description: 'Done.' },
          ...(takes && { 400: { description: 'A form that is not understood; `where` names the field.' } }),
          ...(security && { 401: { description: 'Not signed in, or a phone that is not known.' } }),
          ...(path.includes(':') && { 404: { description: 'Not there, or not hers: the two answer alike.' } }),
        },
      }),
      (c) => c.body(null),
    );
  }
  return generateSpecs(described, {
    // A name with a point in it is an address like any other.
    excludeStaticFile: false,
    documentation: {
      openapi: '3.1.0',
      info: {
        title: 'Otaq',
        version: String(protocolVersion),
        description:
          'The office of a community federation. A refusal is an answer: `{ code, params }`, the code is the key of its sentence.',
      },
      components: {
        securitySchemes: {
          phone: { type: 'http', scheme: 'bearer', description: 'The token of a seat, given once by POST /api/enrol.' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-desk',
            description: 'A session that has proved two things.',
          },
        },
      },
    },
  });
}

function securityOf(rule: RouteRule | undefined): 'phone' | 'session' | null {
  if (rule?.who === 'phone') return 'phone';
  return rule?.who === 'staff' || rule?.who === 'own-account' || rule?.who === 'first-run' ? 'session' : null;
}

function schemaOf(shape: z.ZodMiniType): never {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' });
  return schema as never;
}

const style = `body{font:1rem/1.5 Georgia,serif;color:#1d1a16;background:#fbf6ee;max-width:60rem;margin:2rem auto;padding:0 1.5rem}
h1{font-size:1.75rem;margin:0}h2{font-size:1.25rem;border-bottom:3px double #c9bfae;padding-top:1.5rem}
dt{font:600 .9375rem/1.4 ui-monospace,monospace;padding-top:1rem}dt span{display:inline-block;min-width:4rem;color:#1f2f66}
dd{margin:0 0 0 4rem;border-bottom:1px solid #e6dccb;padding-bottom:.75rem}dd small{display:block;color:#5d554a;font-size:.9375rem}
code{font-size:.875rem}a{color:#1f2f66}`;

/** The page's own style: nothing inline, nothing from elsewhere. */
export function interfaceStyle(c: Context): Response {
  return c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' });
}

/** The page to read. Written for programmers, in English, as the code is. */
export async function interfacePage(c: Context, routes: Hono): Promise<Response> {
  const addresses = addressesOf(routes);
  const part = (title: string, own: readonly Address[]) => html`<h2>${title}</h2>
    <dl>${own.map(
      ({ method, path, what, who, key }) => html`<dt><span>${method}</span> ${path}</dt>
        <dd>${what}<small>${who}</small>${fieldsOf(told[key]?.takes).map((field) => html`<code>${field}</code> `)}</dd>`,
    )}</dl>`;
  const isOfDesk = ({ path }: Address) => path.startsWith('/api/desk');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Otaq: the interface</title>
        <link rel="stylesheet" href="/api/interface.css" />
      </head>
      <body>
        <main>
          <h1>Otaq: the interface</h1>
          <p>Every address of this server that gives or takes data. For programs: <a href="/api/openapi.json">openapi.json</a>.</p>
          ${part(
            'Phones',
            addresses.filter((address) => !isOfDesk(address)),
          )} ${part('Desk', addresses.filter(isOfDesk))}
        </main>
      </body>
    </html>`;
  return c.html(await page);
}

function fieldsOf(shape: z.ZodMiniType | undefined): readonly string[] {
  const schema = shape && (schemaOf(shape) as { readonly properties?: object });
  return Object.keys(schema?.properties ?? {});
}
