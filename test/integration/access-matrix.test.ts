/**
 * Every route against everybody (P-035), over the real edge with real accounts, sessions and keys. Who is let in stands
 * in `whole-site/access-matrix.txt`: a change of a permission shows there, and a route without a line fails.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import { KuraError } from '#kernel/errors';
import { builtInRoleNames, builtInRoles, ownAccount, withinScopes } from '#platform/access';
import { type KeyScope, keyScopes, type Permission, type RouteContract } from '#platform/contract';
import { type Asked, machineToken } from './over-http/asked.ts';
import { openWholeSite, type WholeSite } from './whole-site/open-whole-site.ts';

const tableFile = new URL('whole-site/access-matrix.txt', import.meta.url);
const customPermissions: readonly Permission[] = ['account:self', 'models:read', 'knowledge:write'];
const roles = [...builtInRoleNames, 'custom'] as const;
type Role = (typeof roles)[number];
/** Each of the admin, so that a key is held by its scopes alone. */
const keyKinds = ['read', 'ingest', 'all'] as const;
type KeyKind = (typeof keyKinds)[number];
const scopesOf: Readonly<Record<KeyKind, readonly KeyScope[]>> = { read: ['read'], ingest: ['ingest'], all: keyScopes };

interface Line {
  readonly isPublic: boolean;
  readonly admitted: ReadonlySet<Role | KeyKind>;
}

/** Nobody's door is passed by what is no longer, or never was, a credential. */
const invalid = [
  'nothing',
  'garbage',
  'none-token',
  'unknown session',
  'closed session',
  'disabled session',
  'disabled key',
  'revoked key',
];

const over = ['access.login-required', 'identity.bad-token', 'identity.session-over', 'identity.key-over'];

let site: WholeSite;
let routes: readonly RouteContract[];
let table: ReadonlyMap<string, Line>;
const credentials = new Map<string, Asked>();

before(async () => {
  // What passed access and input ends here: nothing is done by any of the thousands of requests.
  async function reached(): Promise<never> {
    throw new KuraError('conflict', 'http.bad-request', { params: { reason: 'reached' } });
  }
  site = await openWholeSite({ instead: (handler) => ({ ...handler, handle: reached }) });
  routes = site.context.handlers().map(({ route }) => route);
  table = new Map((await readFile(tableFile, 'utf8')).split('\n').filter(isLine).map(readLine));
  await prepareCredentials();
});
after(() => site[Symbol.asyncDispose]());

describe('the access matrix', () => {
  it('is asked about every route of the product', () => assert.ok(routes.length > 100, `only ${routes.length}`));

  it('has the line of each route, as the contract says it, and no other', async () => {
    const written = new Set((await readFile(tableFile, 'utf8')).split('\n').filter(isLine));
    const expected = new Set(routes.map(lineOf));
    const missing = [...expected].filter((line) => !written.has(line)).toSorted();
    const outdated = [...written].filter((line) => !expected.has(line)).toSorted();
    assert.ok(missing.length === 0, `lines to write, once somebody has looked at them:\n${missing.join('\n')}\n`);
    assert.ok(outdated.length === 0, `lines to remove:\n${outdated.join('\n')}\n`);
  });

  for (const role of roles) {
    it(`lets the session of ${role} in where the table says so, and nowhere else`, () =>
      eachRoute(`session ${role}`, (line) => line.admitted.has(role)));

    it(`lets keys of ${role} do what both the role and the scopes allow`, async () => {
      for (const kind of keyKinds) {
        await eachRoute(`key ${kind} ${role}`, (line) => line.admitted.has(role) && line.admitted.has(kind));
      }
    });
  }

  it('lets the token and the owner of the machine in everywhere', async () => {
    await eachRoute('machine token', () => true);
    await eachRoute('owner session', () => true);
  });

  for (const name of invalid) {
    it(`answers “not logged in” to ${name}, except where everybody may ask`, () => eachRoute(name, () => false, over));
  }
});

/** @param refusals codes of 401; without any, a refusal is 403 for the missing permission */
async function eachRoute(name: string, isAdmitted: (line: Line) => boolean, refusals: readonly string[] = []) {
  const credential = credentials.get(name) ?? assert.fail(`no credential ${name}`);
  let asked = 0;
  for (const route of routes) {
    const line = table.get(route.id);
    if (line === undefined) continue;
    asked += 1;
    // Wrong tokens block their address after a while.
    const from = `2001:db8:${asked.toString(16)}::1`;
    const { status, code } = await site.ask(route.method, route.path.replaceAll(/:\w+/g, 'x'), { ...credential, from });
    const what = `${name} on ${route.id}: ${status} ${code}`;
    if (line.isPublic || isAdmitted(line)) assert.ok(status === 409 || status === 422, `${what}, should be let in`);
    else if (refusals.length === 0) assert.deepEqual([status, code], [403, 'access.permission-missing'], what);
    else assert.ok(status === 401 && refusals.includes(code ?? ''), what);
  }
  assert.ok(asked > 100, `only ${asked} routes`);
}

async function prepareCredentials(): Promise<void> {
  const machine = { bearer: machineToken } as const;
  async function owner(method: string, path: string, body?: unknown): Promise<void> {
    const answer = await site.askProduct(method, path, { ...machine, ...(body === undefined ? {} : { body }) });
    assert.ok(answer.status < 300, answer.text);
  }
  await owner('PUT', '/api/v1/roles/custom', { permissions: customPermissions });
  for (const role of roles) {
    await site.addUser(`a-${role}`, role);
    credentials.set(`session ${role}`, { session: await site.logIn(`a-${role}`) });
    for (const kind of keyKinds) {
      credentials.set(`key ${kind} ${role}`, { bearer: await site.addKey(`a-${role}`, scopesOf[kind]) });
    }
  }
  credentials.set('machine token', machine);
  const code = await site.context.identity.createLink();
  credentials.set('owner session', { session: await site.openSession({ code }) });
  credentials.set('nothing', {});
  credentials.set('garbage', { bearer: `kura_${'x'.repeat(43)}` });
  const claims = Buffer.from(JSON.stringify({ sub: 'admin', role: 'admin' })).toString('base64url');
  credentials.set('none-token', { bearer: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.` });
  credentials.set('unknown session', { session: 'x'.repeat(43) });
  await site.addUser('left', 'admin');
  const closed = { session: await site.logIn('left') };
  await site.askProduct('DELETE', '/api/v1/session', closed);
  credentials.set('closed session', closed);
  credentials.set('disabled session', { session: await site.logIn('left') });
  credentials.set('disabled key', { bearer: await site.addKey('left', scopesOf.all) });
  await owner('PUT', '/api/v1/users/left/active', { active: false });
  await site.addUser('careful', 'admin');
  const revoked = await site.addKey('careful', scopesOf.all);
  const { items } = (await site.askProduct('GET', '/api/v1/users/careful/keys', machine)).body;
  for (const key of items) await owner('DELETE', `/api/v1/users/careful/keys/${key.id}`);
  credentials.set('revoked key', { bearer: revoked });
}

function lineOf(route: RouteContract): string {
  const { id, method, path, access, also, limit } = route;
  const place = `${id} ${method} ${path}`;
  if (typeof access === 'object') return `${place} | public | ${limit} |`;
  const permission = [access, ...also.map((one) => `+${one}`)].join(' ');
  const custom = new Set([...ownAccount, ...customPermissions]);
  const holders = roles.filter((role) => (role === 'custom' ? custom : builtInRoles[role]).has(access));
  const keys = keyKinds.filter((kind) => withinScopes(builtInRoles.admin, scopesOf[kind]).has(access));
  return `${place} | ${permission} | ${limit} | ${[...holders, ...keys.map((kind) => `key:${kind}`)].join(' ')}`;
}

function readLine(line: string): readonly [string, Line] {
  const [place = '', permission, , names = ''] = line.split('|').map((part) => part.trim());
  const admitted = new Set(names.split(' ').map((name) => name.replace('key:', '') as Role | KeyKind));
  return [place.split(' ')[0] ?? '', { isPublic: permission === 'public', admitted }];
}

function isLine(line: string): boolean {
  return line !== '' && !line.startsWith('#');
}
