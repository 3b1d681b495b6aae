/*
 * Keeps the program, never its data: everything the build lists is stored when this worker is installed, and served from there with or without a
 * network. Whatever is under /api goes to the network and is kept nowhere.
 *
 * 1. install: fetch what the list has and no older store holds; anything odd (a portal's page with status 200) fails the whole install,
 *    and the older program stays.
 * 2. activate: the new store is complete, the older ones go.
 * 3. fetch: a file of the list from the store; an address of the program gets the page; all else the network.
 */
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[];
};

export {};

const list = self.__WB_MANIFEST;
const page = '/phone.html';

// A name that changes with the list, so that two programs never share a store.
let sum = 5381;
for (const { url, revision } of list)
  for (const character of `${url}${revision ?? ''}`) sum = (sum * 33 + character.charCodeAt(0)) >>> 0;
const storeName = `program-${sum.toString(36)}`;

const expectedTypes: readonly (readonly [RegExp, RegExp])[] = [
  [/\.js$/, /javascript/],
  [/\.css$/, /text\/css/],
  [/\.html$/, /text\/html/],
];

async function fetchWhole(url: string): Promise<Response> {
  const response = await fetch(url, { cache: 'no-cache', redirect: 'error', credentials: 'omit' });
  const type = response.headers.get('content-type') ?? '';
  const expected = expectedTypes.find(([name]) => name.test(url));
  if (!response.ok || (expected ? !expected[1].test(type) : /text\/html/.test(type)))
    throw new Error(`not the file that was asked for: ${url}`);
  if (url.endsWith('.html') && !(await response.clone().text()).includes('id="notebook"'))
    throw new Error(`not our page: ${url}`);
  return response;
}

async function install(): Promise<void> {
  const store = await caches.open(storeName);
  for (const { url, revision } of list) {
    const path = `/${url}`;
    // A name that carries its hash never changes its content: what an older program stored need not be paid for again.
    const known = revision === null ? await caches.match(path) : undefined;
    await store.put(path, known ?? (await fetchWhole(path)));
  }
}

async function dropOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('program-') && name !== storeName).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(dropOlder()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

const ownPaths = /^\/(api|desk|health)(\/|$)/;

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || ownPaths.test(url.pathname)) return;
  const wanted = request.mode === 'navigate' ? page : url.pathname;
  event.respondWith(
    caches
      .open(storeName)
      .then((store) => store.match(wanted))
      .then((kept) => kept ?? fetch(request)),
  );
});
