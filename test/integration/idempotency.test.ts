/** Idempotency keys and entity tags on every route there is (P-050), and on some real ones. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import { z } from 'zod';

import type { RouteContract } from '#platform/contract';
import type { RouteHandler } from '#platform/http';
import { type Asked, machineToken } from './over-http/asked.ts';
import { openWholeSite, type WholeSite } from './whole-site/open-whole-site.ts';

const machine = { bearer: machineToken } as const;

let site: WholeSite;
let routes: readonly RouteContract[];
/** How often each route was carried out. */
const carriedOut = new Map<string, number>();
before(async () => {
  site = await openWholeSite({ instead: counting });
  routes = site.context.handlers().map(({ route }) => route);
});
after(() => site[Symbol.asyncDispose]());

/** The product's address, method, access and status, with a use case that takes anything and counts. */
function counting({ route }: RouteHandler): RouteHandler {
  const anything = { params: z.looseObject({}), query: z.looseObject({}), body: z.unknown(), output: z.unknown() };
  return {
    route: { ...route, ...anything },
    async handle(_input, { reply }) {
      const count = (carriedOut.get(route.id) ?? 0) + (route.method === 'GET' ? 0 : 1);
      carriedOut.set(route.id, count);
      if (route.status === 201) reply.header('location', `/made/${count}`);
      // What is read changes with what is written at the same address.
      const writes = routes.filter(({ path, method }) => path === route.path && method !== 'GET');
      return { count: writes.reduce((sum, { id }) => sum + (carriedOut.get(id) ?? 0), 0) };
    },
  };
}

function runsOf({ id }: RouteContract): number {
  return carriedOut.get(id) ?? 0;
}

function keyed(key: string, more: Asked = machine, body: unknown = { a: 1 }): Asked {
  return { ...more, body, headers: { 'idempotency-key': key } };
}

describe('a request with an idempotency key', () => {
  it('is carried out once on every route that creates or changes something, and answered the same', async () => {
    await site.addUser('mika', 'admin');
    const session = await site.logIn('mika');
    const taking = routes.filter(({ method, access }) => /POST|PATCH/.test(method) && typeof access === 'string');
    assert.ok(taking.length > 60, `only ${taking.length} routes`);
    for (const route of taking) {
      function ask(asked: Asked) {
        return site.ask(route.method, route.path, asked);
      }
      const both = await Promise.all([ask(keyed(route.id)), ask(keyed(route.id))]);
      // Either may have been the first to arrive.
      const [first, double] = both[0].code === 'idempotency.in-progress' ? both.toReversed() : both;
      assert.ok(first !== undefined && double !== undefined);
      const again = await ask(keyed(route.id));
      assert.equal(first.status, route.status, `${route.id}: ${first.text}`);
      assert.ok(double.status === first.status || double.code === 'idempotency.in-progress', double.text);
      const { location } = first.headers;
      assert.deepEqual([again.status, again.text, again.headers['location']], [route.status, first.text, location]);
      assert.equal(again.headers['idempotency-replayed'], 'true', route.id);
      assert.equal((await ask(keyed(route.id, machine, { a: 2 }))).code, 'idempotency.other-request', route.id);
      assert.equal(runsOf(route), 1, `${route.id} was carried out more than once`);
      assert.equal((await ask(keyed(route.id, { session }))).status, route.status);
      assert.equal(runsOf(route), 2, `${route.id}: the key of somebody else is another key`);
    }
  });

  it('is refused with a key that is none, and asks nobody else about permissions', async () => {
    const path = '/api/v1/knowledge/entries';
    assert.equal((await site.ask('POST', path, keyed('a b'))).code, 'idempotency.bad-key');
    await site.addUser('reader', 'viewer');
    const reader = { session: await site.logIn('reader') };
    assert.equal((await site.ask('POST', path, keyed('k', reader))).code, 'access.permission-missing');
  });

  it('gives a new API key again to whoever made it, and the database holds it sealed only', async () => {
    const path = '/api/v1/users/mika/keys';
    const body = { name: 'ci', scopes: ['read'] };
    const first = await site.askProduct('POST', path, keyed('make-a-key', machine, body));
    const again = await site.askProduct('POST', path, keyed('make-a-key', machine, body));
    assert.match(first.body.secret, /^kura_/);
    assert.deepEqual([again.status, again.body], [201, first.body]);
    assert.equal((await site.askProduct('GET', path, machine)).body.items.length, 1);
    const { database } = site.context.home;
    const [file, log] = [await readFile(database), await readFile(`${database}-wal`)];
    assert.ok(file.includes('idempotency_keys') || log.includes('idempotency_keys'));
    assert.ok(!file.includes(first.body.secret) && !log.includes(first.body.secret));
  });

  it('makes one entry of the knowledge base, however often it is sent', async () => {
    const body = { title: 'Tape unreadable', type: 'incident', body: 'Clean the drive.' };
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1) {
      answers.push(await site.askProduct('POST', '/api/v1/knowledge/entries', keyed('entry', machine, body)));
    }
    const [first] = answers;
    for (const answer of answers) {
      assert.deepEqual([answer.status, answer.body], [201, first?.body]);
      assert.equal(answer.headers['location'], first?.headers['location']);
      assert.equal(answer.headers['etag'], '"1"');
    }
    assert.equal((await site.askProduct('GET', '/api/v1/knowledge/entries', machine)).body.items.length, 1);
  });
});

describe('a conditional write', () => {
  const stale = { 'if-match': '"of-yesterday"' };

  it('is carried out on every address that can be read, for whoever saw its present state only', async () => {
    const readable = new Set(routes.filter(({ method }) => method === 'GET').map(({ path }) => path));
    let judged = 0;
    for (const route of routes.filter(({ method, path }) => method !== 'GET' && readable.has(path))) {
      judged += 1;
      function ask(headers: Readonly<Record<string, string>>) {
        return site.ask(route.method, route.path, { ...machine, body: {}, headers });
      }
      const seen = await site.ask('GET', route.path, machine);
      const tag = String(seen.headers['etag']);
      assert.match(tag, /^"[\w-]+"$/, route.id);
      const unchanged = await site.ask('GET', route.path, { ...machine, headers: { 'if-none-match': tag } });
      assert.deepEqual([unchanged.status, unchanged.text], [304, ''], route.id);
      const before = runsOf(route);
      assert.deepEqual(refusalOf(await ask(stale)), [412, 'http.changed-meanwhile'], route.id);
      assert.deepEqual(refusalOf(await ask({ 'if-match': `W/${tag}` })), [412, 'http.changed-meanwhile'], route.id);
      assert.deepEqual(refusalOf(await ask({ 'if-none-match': '*' })), [412, 'http.changed-meanwhile'], route.id);
      assert.equal(runsOf(route), before, `${route.id} was carried out`);
      const both = await Promise.all([ask({ 'if-match': `"x", ${tag}` }), ask({ 'if-match': tag })]);
      assert.deepEqual(
        both.map(({ status }) => status).toSorted((a, b) => a - b),
        [route.status, 412],
        `${route.id}: one of two`,
      );
      assert.equal((await ask({ 'if-match': '*' })).status, route.status, route.id);
    }
    assert.ok(judged >= 8, `only ${judged} routes`);
    const blind = routes.filter(
      ({ method, path, access }) => method !== 'GET' && !readable.has(path) && !isOpen(access),
    );
    for (const route of blind) {
      const answer = await site.ask(route.method, route.path, { ...machine, body: {}, headers: stale });
      assert.deepEqual(refusalOf(answer), [412, 'http.no-entity-tag'], route.id);
    }
  });

  it('holds on real things: a profile, and an entry by its version', async () => {
    const user = '/api/v1/users/mika';
    const seen = await site.askProduct('GET', user, machine);
    const change = { ...machine, body: { fullName: 'Mika' }, headers: { 'if-match': String(seen.headers['etag']) } };
    assert.equal((await site.askProduct('PATCH', user, change)).status, 200);
    assert.deepEqual(refusalOf(await site.askProduct('PATCH', user, change)), [412, 'http.changed-meanwhile']);
    const [entry] = (await site.askProduct('GET', '/api/v1/knowledge/entries', machine)).body.items;
    const path = `/api/v1/knowledge/entries/${entry.id}`;
    assert.equal((await site.askProduct('GET', path, machine)).headers['etag'], '"1"');
    assert.equal((await site.askProduct('DELETE', path, { ...machine, headers: { 'if-match': '"2"' } })).status, 412);
    assert.equal((await site.askProduct('DELETE', path, { ...machine, headers: { 'if-match': '"1"' } })).status, 204);
  });
});

function isOpen(access: RouteContract['access']): boolean {
  return typeof access === 'object';
}

function refusalOf({ status, code }: { readonly status: number; readonly code: string | undefined }) {
  return [status, code];
}
