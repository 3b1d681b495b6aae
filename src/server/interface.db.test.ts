import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { oneKey } from '../../tests/support/keys-in-hand.ts';
import { installationOf } from './installation.ts';
import { openApiOf } from './interface.ts';
import { officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

let database: TestDatabase;
let routes: Hono;
beforeAll(async () => {
  database = await testDatabase();
  const { sealingKey } = await installationOf(database.owner, oneKey);
  routes = routesOf(
    officeServer(database.app, sealingKey, { info: () => undefined, error: () => undefined }),
    '/nowhere',
  );
});
afterAll(() => database?.close());

type Document = {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly description: string; readonly requestBody?: unknown }>>>
  >;
};

test('every address of the router stands in the description, with who may ask; an unknown one would too', async () => {
  const answer = await routes.request('/api/openapi.json');
  expect(answer.status).toBe(200);
  const { openapi, paths } = (await answer.json()) as Document;
  expect(openapi).toMatch(/^3\.1/);
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const routed = routes.routes
    .filter(({ method, path }) => method !== 'ALL' && (path.startsWith('/api/') || path === '/health'))
    .map(({ method, path }) => `${method} ${path}`);
  expect(described.sort()).toEqual([...new Set(routed)].sort());
  expect(described.length).toBeGreaterThan(30);
  for (const [path, methods] of Object.entries(paths))
    for (const { description } of Object.values(methods)) expect([path, description]).not.toEqual([path, 'Nobody.']);
  const added = new Hono().get('/api/anything', (c) => c.body(null));
  expect(Object.keys(((await openApiOf(added)) as Document).paths)).toEqual(['/api/anything']);
});

test('what an address takes is the shape that its handler reads with', async () => {
  const { paths } = (await (await routes.request('/api/openapi.json')).json()) as Document;
  expect(paths['/api/enrol']?.post?.requestBody).toMatchObject({
    content: {
      'application/json': {
        schema: { properties: { code: { pattern: '^\\d{10}$' } }, required: ['code'], additionalProperties: false },
      },
    },
  });
});

test('the page to read keeps to the strict policy: nothing inline, nothing from elsewhere', async () => {
  const page = await routes.request('/api');
  const text = await page.text();
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(text).toContain('/api/sync');
  expect(text).not.toMatch(/<script|<style|style=|https?:/);
  expect((await routes.request('/api/interface.css')).headers.get('content-type')).toContain('text/css');
});
