/* The tables of `docs/who-may.md`, made from the routes, the registers and the database as they are. */
import type { Pool } from 'pg';
import { maySee, reachOf } from '../../src/platform/access/reach.ts';
import { type Actor, deskRoles, type Role, roles } from '../../src/platform/access/role.ts';
import type { AnyCommand, Pages, Registers } from '../../src/platform/book/command.ts';
import type { Duty } from '../../src/platform/database/server/duty.ts';
import type { RouteRule } from '../../src/server/route-rules.ts';

/** A small office: CO 1-3 in VO 1-2 in LSO 1-1, and VO 1-4 beside it. */
export const lso = '1-1';
const vo = '1-2';
const co = '1-3';
export const tree = new Map([
  [lso, null],
  [vo, lso],
  [co, vo],
  ['1-4', lso],
]);
const person = '1-9';

export const fieldRoles: readonly Role[] = roles.filter((role) => !(deskRoles as readonly string[]).includes(role));

// Not padded: a new line changes no other.
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Route by role. */
export function routeTable(rules: Readonly<Record<string, RouteRule>>): string {
  const head = ['route', 'anybody', "a woman's phone", ...deskRoles, 'written down as'];
  return table(
    head,
    Object.entries(rules).map(([route, rule]) => {
      const staff = (may: (role: (typeof deskRoles)[number]) => boolean) =>
        deskRoles.map((role) => (may(role) ? 'yes' : ''));
      if (rule.who === 'anybody') return [route, 'yes', 'yes', ...staff(() => true), ''];
      if (rule.who === 'own-account') return [route, '', '', ...deskRoles.map(() => 'own'), ''];
      if (rule.who === 'first-run')
        return [route, 'with the first word', '', ...staff((role) => role === 'head-office'), ''];
      if (rule.who === 'phone') return [route, '', rule.roles?.join(', ') ?? 'yes', ...staff(() => false), ''];
      return [route, '', '', ...staff((role) => rule.roles.includes(role)), rule.look ?? ''];
    }),
  );
}

/** Whether a role held for `at` sees a page owned by `scope`. A circle names her. */
export function sees(role: Role, at: string, purpose: string, scope: string, circle: readonly string[]): boolean {
  const reach = reachOf(person, [{ role, scope: at }], tree);
  return maySee(reach, { purpose: purpose as never, scope, circle });
}

/** Kind by role: a role held for VO 2 of the small office, looking at pages of the LSO above, of the VO itself, of the CO below, of the VO beside. */
export function kindTable(registers: Registers): string {
  const places = [
    ['a', lso],
    ['s', vo],
    ['b', co],
    ['o', '1-4'],
  ] as const;
  return table(
    ['kind', 'purpose', ...fieldRoles],
    [...registers.kinds.values()].map((kind) => [
      kind.kind,
      kind.seenBy.name,
      ...fieldRoles.map((role) =>
        kind.seenBy.reach === 'circle'
          ? 'named'
          : places.map(([sign, scope]) => (sees(role, vo, kind.seenBy.name, scope, []) ? sign : '·')).join(''),
      ),
    ]),
  );
}

class Asks extends Error {}

/** Whether a role may run a command: yes, no, or it depends on what is written or read. */
function mayRun(command: AnyCommand, role: Role | 'server' | 'import'): string {
  const nature = role === 'server' || role === 'import' ? role : 'person';
  const grants = nature === 'person' ? [{ role: role as Role, scope: vo }] : [];
  const actor: Actor = { nature, seat: 1, office: 1, person: nature === 'person' ? person : null, grants };
  const asked = () => {
    throw new Asks();
  };
  const pages = {
    get: asked,
    maybe: asked,
    page: asked,
    holders: asked,
    beyond: asked,
    rule: asked,
  } as unknown as Pages;
  const input = new Proxy({}, { get: asked });
  try {
    return command.mayRun(actor, pages, input) ? 'yes' : '';
  } catch (error) {
    if (error instanceof Asks) return 'by page';
    throw error;
  }
}

/** Command by role. */
export function commandTable(registers: Registers): string {
  const writers = [...fieldRoles, 'import', 'server'] as const;
  return table(
    ['command', ...writers],
    [...registers.commands.values()].map((command) => [
      command.name,
      ...writers.map((writer) => mayRun(command, writer)),
    ]),
  );
}

// A record, so that a duty which is missing here does not compile.
const duties = Object.keys({
  gate: true,
  writer: true,
  reader: true,
  leaver: true,
  figures: true,
  eraser: true,
  complaints: true,
  opener: true,
} satisfies Record<Duty, true>) as Duty[];
const verbs = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

type Policy = { table: string; verb: string; permissive: boolean; sees: string | null; writes: string | null };

/** Table by duty: which verbs the application's role has there. From the catalog of the database. */
export async function dutyTable(owner: Pool): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string } & Record<(typeof verbs)[number], boolean>>(
    `SELECT relname AS name, ${verbs.map((verb) => `${verb === 'DELETE' ? `has_table_privilege('otaq_app', oid, '${verb}')` : `has_any_column_privilege('otaq_app', oid, '${verb}')`} AS "${verb}"`).join(', ')}
     FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'migrations' ORDER BY relname`,
  );
  const { rows: policies } = await owner.query<Policy>(
    `SELECT tablename AS table, cmd AS verb, permissive = 'PERMISSIVE' AS permissive, qual AS sees, with_check AS writes
     FROM pg_policies WHERE 'otaq_app' = ANY(roles)`,
  );
  const allows = (expression: string | null, duty: Duty) => {
    if (expression === null || expression === 'false') return false;
    const named = duties.filter((other) => expression.includes(`'${other}'`));
    return named.length === 0 || named.includes(duty);
  };
  const may = (name: string, verb: (typeof verbs)[number], duty: Duty) => {
    const own = policies.filter((policy) => policy.table === name && (policy.verb === 'ALL' || policy.verb === verb));
    const passes = ({ sees, writes }: Policy) =>
      verb === 'INSERT'
        ? allows(writes ?? sees, duty)
        : verb === 'UPDATE'
          ? allows(sees, duty) && allows(writes ?? sees, duty)
          : allows(sees, duty);
    return (
      own.some((policy) => policy.permissive && passes(policy)) &&
      own.every((policy) => policy.permissive || allows(policy.sees, duty))
    );
  };
  const letters = { SELECT: 'r', INSERT: 'a', UPDATE: 'w', DELETE: 'd' } as const;
  return table(
    ['table', ...duties],
    tables.map((row) => [
      row.name,
      ...duties.map((duty) =>
        verbs.map((verb) => (row[verb] && may(row.name, verb, duty) ? letters[verb] : '')).join(''),
      ),
    ]),
  );
}

/** The names of what an answer holds, `offices[].names.en`; values are no part of it. */
export function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((part) => shapeOf(part, `${path}[]`)))];
  if (value === null || typeof value !== 'object') return [path];
  return Object.entries(value).flatMap(([field, part]) => shapeOf(part, path === '' ? field : `${path}.${field}`));
}

export function shapeTable(shapes: readonly (readonly [string, readonly string[]])[]): string {
  return table(
    ['route', 'answers with'],
    shapes.map(([route, shape]) => [route, [...shape].sort().join(', ')]),
  );
}
