/** Attacks on the edge of the server that need no weakness of a single page: each is tried on every route there is. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';

import { permissions, type RouteContract } from '#platform/contract';
import { csrfTokenOf } from '#platform/http';
import { type Asked, machineToken } from './over-http/asked.ts';
import { openWholeSite, type WholeSite } from './whole-site/open-whole-site.ts';

const machine = { bearer: machineToken } as const;

let site: WholeSite;
let routes: readonly RouteContract[];
let writes: readonly RouteContract[];
let admin: string;
before(async () => {
  site = await openWholeSite();
  routes = site.context.handlers().map(({ route }) => route);
  writes = routes.filter(({ method }) => method !== 'GET');
  await site.addUser('mika', 'admin');
  admin = await site.logIn('mika');
  assert.ok(writes.length > 50, `only ${writes.length} writing routes`);
});
after(() => site[Symbol.asyncDispose]());

/** A path of the route; its parameters name nothing. */
function pathOf(route: RouteContract): string {
  return route.path.replaceAll(/:\w+/g, 'nothing-of-this-name');
}

async function refusedEverywhere(asked: Asked, code: string, on: readonly RouteContract[]): Promise<void> {
  for (const route of on) {
    const answer = await site.ask(route.method, pathOf(route), { body: {}, ...asked });
    assert.deepEqual([answer.status, answer.code], [403, code], `${route.id}: ${answer.text}`);
  }
}

describe('requests that another site makes a browser send', () => {
  it('are refused on every write by their origin, by what the browser says, and without an origin to check', async () => {
    const session = admin;
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:80.evil.example' },
      { origin: 'https://localhost', host: 'localhost:8888' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as const) {
      await refusedEverywhere({ session, headers }, 'access.foreign-origin', writes);
    }
  });

  it('are refused on every write that a session allows unless they carry its own token', async () => {
    const session = admin;
    const guarded = writes.filter(({ access }) => typeof access === 'string');
    assert.equal((await site.ask('PATCH', '/api/v1/users/me', { session, body: { fullName: 'Mika' } })).status, 200);
    for (const token of ['', 'x', csrfTokenOf('another session'), csrfTokenOf(session).slice(0, -1), session]) {
      await refusedEverywhere({ session, headers: { 'x-kura-csrf': token } }, 'access.csrf-token', guarded);
    }
  });

  it('change nothing as a plain form, which needs no leave to be sent', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      for (const route of writes) {
        const asked = { ...machine, body: '{"a":1}', headers: { 'content-type': type } };
        const { status, text } = await site.ask(route.method, pathOf(route), asked);
        assert.equal(status, 422, `${route.id} took ${type}: ${text}`);
      }
    }
  });
});

describe('input that no page would send', () => {
  it('is refused by every schema: nothing is let through that is not named', () => {
    let objects = 0;
    for (const route of routes) {
      for (const part of [route.params, route.query, route.body]) {
        objects += looseObjects(part, route.id);
      }
    }
    assert.ok(objects > 200, `only ${objects} objects looked at`);
  });

  it('cannot touch the prototype of anything', async () => {
    for (const name of ['__proto__', 'constructor']) {
      const value = name === 'constructor' ? '{"prototype":{"polluted":true}}' : '{"polluted":true}';
      for (const route of writes) {
        const headers = { 'content-type': 'application/json' };
        const { status, text } = await site.ask(route.method, pathOf(route), {
          ...machine,
          body: `{"a":{"${name}":${value}},"${name}":${value}}`,
          headers,
        });
        assert.equal(status, 422, `${route.id}: ${text}`);
      }
      for (const route of routes.filter(({ method }) => method === 'GET')) {
        const { status } = await site.ask(
          'GET',
          `${pathOf(route)}?${name}[polluted]=true&${name}.polluted=true`,
          machine,
        );
        assert.ok(status < 500, route.id);
      }
    }
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });

  it('is cut off at the length the route takes', async () => {
    for (const route of writes.filter((one) => !(one.body instanceof z.ZodUndefined))) {
      const length = (route.bodyBytes ?? 8 * 1024 * 1024) + 1;
      const headers = { 'content-type': 'application/json', 'content-length': String(length) };
      const { status, code } = await site.ask(route.method, pathOf(route), { ...machine, body: '{}', headers });
      assert.deepEqual([status, code], [422, 'http.body-too-large'], route.id);
    }
  });

  it('is never answered with an internal error, however odd', async () => {
    const odd = [
      '\u0000',
      '%00',
      '..%2f..%2fetc%2fpasswd',
      '%ff%fe',
      "' OR 1=1 --",
      '𝕏'.repeat(50),
      '-1',
      '1e999',
      '{}',
    ];
    const bodies = [
      '[]',
      'null',
      '"x"',
      '1e999',
      '{"a":',
      '[[[[[[[[[[]]]]]]]]]]',
      '{"a":1,"a":2}',
      '\u0000',
      '{"":""}',
    ];
    const headers = { 'content-type': 'application/json' };
    for (const route of routes) {
      for (const value of odd) {
        const path = route.path.replaceAll(/:\w+/g, value.includes('%') ? value : encodeURIComponent(value));
        const query = Object.keys(route.query.shape).map((name) => `${name}=${encodeURIComponent(value)}`);
        const answer = await site.ask(route.method, `${path}?${query.join('&')}`, { ...machine, headers, body: '{}' });
        assert.ok(answer.status !== 500, `${route.id} ${value}: ${answer.text}`);
      }
      if (route.method === 'GET') continue;
      for (const body of bodies) {
        const answer = await site.ask(route.method, pathOf(route), { ...machine, headers, body });
        assert.ok(answer.status !== 500, `${route.id} ${body}: ${answer.text}`);
      }
    }
  });
});

describe('asking', () => {
  it('changes nothing: no route of GET leaves anything on record but that somebody looked', async () => {
    const entries = '/api/v1/audit/entries?who=mika&limit=100';
    async function onRecord(): Promise<readonly { readonly id: unknown; readonly action: string }[]> {
      return (await site.ask('GET', entries, machine)).body.items;
    }
    const before = new Set((await onRecord()).map(({ id }) => id));
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      await site.ask('GET', pathOf(route), { session: admin });
    }
    const done = (await onRecord()).filter(({ id }) => !before.has(id)).map(({ action }) => action);
    assert.deepEqual(done, ['knowledge.export-entries'], 'what left the house is on record');
  });
});

describe('answers', () => {
  const wanted = {
    'x-content-type-options': /^nosniff$/,
    'x-frame-options': /^DENY$/,
    'referrer-policy': /^no-referrer$/,
    'permissions-policy': /camera=\(\), microphone=\(\), geolocation=\(\)/,
    'cross-origin-opener-policy': /^same-origin$/,
    'cross-origin-resource-policy': /^same-origin$/,
    'content-security-policy': /default-src 'self'.*frame-ancestors 'none'.*base-uri 'none'.*object-src 'none'/,
    'cache-control': /^no-store$/,
  };

  it('carry every protecting header, whatever they say', async () => {
    const seen = new Set<number>();
    const asked: [string, string, Asked][] = [
      ...routes.map((route): [string, string, Asked] => [route.method, pathOf(route), { body: {} }]),
      ...routes
        .filter(({ method }) => method === 'GET')
        .map((one): [string, string, Asked] => ['GET', pathOf(one), machine]),
      ['GET', '/no/such/page', {}],
      ['GET', '/login', {}],
      ['GET', '/models/search', {}],
      ['POST', '/api/v1/session', { body: '{', headers: { 'content-type': 'application/json' } }],
      [
        'OPTIONS',
        '/api/v1/users',
        { headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' } },
      ],
    ];
    for (const [method, path, request] of asked) {
      const { status, headers } = await site.ask(method, path, request);
      seen.add(status);
      for (const [name, pattern] of Object.entries(wanted)) {
        assert.match(String(headers[name]), pattern, `${name} of ${method} ${path} (${status})`);
      }
      assert.doesNotMatch(String(headers['content-security-policy']), /unsafe|https?:|\*/);
      assert.equal(headers['access-control-allow-origin'], undefined, 'no other origin may read anything');
      assert.equal(headers['strict-transport-security'], undefined, 'not without TLS');
      assert.equal(headers['x-powered-by'] ?? headers['server'], undefined);
    }
    for (const status of [200, 401, 404, 422]) assert.ok(seen.has(status), `no answer of ${status}`);
  });

  it('never say the same nonce twice', async () => {
    const nonces = new Set<string>();
    for (let index = 0; index < 50; index += 1) {
      const { headers } = await site.ask('GET', '/healthz');
      nonces.add(/'nonce-([^']{20,})'/.exec(String(headers['content-security-policy']))?.[1] ?? assert.fail('none'));
    }
    assert.equal(nonces.size, 50);
  });

  it('tell nothing of the machine when something is wrong', async () => {
    for (const route of routes) {
      const { text } = await site.ask(route.method, pathOf(route), { ...machine, body: {} });
      if (route.method !== 'GET') assert.doesNotMatch(text, /\.ts:\d|node:internal|SELECT |at \w+ \(/, route.id);
    }
  });

  it('split into no second header, whatever is asked for', async () => {
    const evil = encodeURIComponent('x\r\nset-cookie: kura_session=planted');
    for (const route of routes) {
      const query = Object.keys(route.query.shape).map((name) => `${name}=${evil}`);
      const path = `${route.path.replaceAll(/:\w+/g, evil)}?${query.join('&')}`;
      const { headers, status } = await site.ask(route.method, path, { ...machine, body: {} });
      assert.doesNotMatch(JSON.stringify(headers), /planted/, route.id);
      assert.ok(status !== 500, route.id);
    }
  });
});

describe('what belongs to somebody else', () => {
  it('is neither shown nor changed by whoever is no administrator, on any route about one account', async () => {
    const victim = await site.addUser('victim', 'viewer');
    await site.addKey('victim', ['read']);
    const key = (await site.ask('GET', '/api/v1/users/victim/keys', machine)).body.items[0].id;
    await site.logIn('victim');
    const session = (await site.ask('GET', '/api/v1/users/victim/sessions', machine)).body.items[0].id;
    const before = await theirs();
    const own = routes.filter(({ path, access }) => path.includes(':user') && access === 'account:self');
    assert.ok(own.length >= 8, `only ${own.length} routes`);
    for (const role of ['viewer', 'editor', 'operator', 'auditor']) {
      await site.addUser(`thief-${role}`, role);
      const thief = await site.logIn(`thief-${role}`);
      for (const route of own) {
        for (const user of ['victim', victim]) {
          const id = route.path.includes('keys') ? key : session;
          const path = route.path.replace(':user', user).replace(':id', id);
          const body = { name: 'x', scopes: ['read'], fullName: 'x', overlapHours: 1 };
          const answer = await site.ask(route.method, path, { session: thief, body: bodyFor(route, body) });
          const mayRead = role === 'auditor' && route.method === 'GET';
          const refused = mayRead ? answer.status === 200 || answer.status >= 400 : answer.status >= 400;
          assert.ok(refused && answer.status !== 422, `${role} ${route.id} ${answer.status}: ${answer.text}`);
        }
        // Of one's own account, but with the ids of somebody else's things.
        if (!route.path.includes(':id')) continue;
        const path = route.path.replace(':user', 'me').replace(':id', route.path.includes('keys') ? key : session);
        const answer = await site.ask(route.method, path, {
          session: thief,
          body: bodyFor(route, { overlapHours: 1 }),
        });
        assert.equal(answer.status, 404, `${role} ${route.id}: ${answer.text}`);
      }
    }
    assert.deepEqual(await theirs(), before, 'nothing of it has changed');
  });

  async function theirs() {
    const parts = ['', '/keys', '/sessions'].map((part) => site.ask('GET', `/api/v1/users/victim${part}`, machine));
    return (await Promise.all(parts)).map(({ body }) => body);
  }

  it('is not reached by naming a role, an id or permissions in a body', async () => {
    await site.addUser('climber', 'viewer');
    const climber = await site.logIn('climber');
    const allowed = await site.ask('PATCH', '/api/v1/users/me', { session: climber, body: { fullName: 'Climber' } });
    assert.equal(allowed.status, 200, allowed.text);
    for (const extra of [{ role: 'admin' }, { permissions }, { id: 'x' }, { active: true }, { isAdmin: true }]) {
      const body = { fullName: 'Climber', ...extra };
      const answer = await site.ask('PATCH', '/api/v1/users/me', { session: climber, body });
      assert.equal(answer.status, 422, answer.text);
    }
    assert.equal((await site.ask('GET', '/api/v1/users/climber', machine)).body.role, 'viewer');
  });
});

/** Only the fields that the route takes; undefined where it takes none. */
function bodyFor({ body }: RouteContract, values: Readonly<Record<string, unknown>>): object | undefined {
  if (body instanceof z.ZodUndefined) return undefined;
  const shape = body instanceof z.ZodObject ? body.shape : {};
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in shape));
}

/** What an authenticator signed, as the browser wrote it: the WebAuthn library picks what it knows and checks it. */
const readByLibrary: ReadonlySet<string> = new Set(['session.open-by-passkey', 'user.finish-passkey']);

/** Counts the objects within a schema of input. @throws AssertionError for one that lets unknown fields through */
function looseObjects(schema: z.core.$ZodType, where: string, seen = new Set<unknown>()): number {
  if (seen.has(schema)) return 0;
  seen.add(schema);
  const { def } = schema._zod;
  const inner = Object.values(def).flatMap((value: unknown) => innerSchemas(value));
  let count = 0;
  if (schema instanceof z.ZodObject) {
    count += 1;
    const strict = schema.def.catchall instanceof z.ZodNever;
    assert.ok(strict || readByLibrary.has(where), `${where} lets unknown fields through`);
    inner.push(...Object.values(schema.shape));
  }
  return inner.reduce((sum, one) => sum + looseObjects(one, where, seen), count);
}

function innerSchemas(value: unknown): z.core.$ZodType[] {
  if (value instanceof z.core.$ZodType) return [value];
  return Array.isArray(value) ? value.filter((one) => one instanceof z.core.$ZodType) : [];
}
