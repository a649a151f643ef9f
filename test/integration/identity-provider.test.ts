/** Logging in by a login provider (OpenID Connect): a real provider, and one that lies in one point at a time. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { createOidcProvider } from '#adapters/oidc';
import { systemClock } from '#kernel/clock';
import { MINUTE } from '#kernel/units';
import type { LoginProvider, ProviderAccess } from '#platform/identity';
import { forEachDatabase } from '#stand-ins/databases';
import {
  type HostileProvider,
  type Lie,
  type LoginProviderServer,
  startHostileProvider,
  startLoginProvider,
} from '#stand-ins/login-provider';

import {
  type Answer,
  houseMigrations,
  type IdentityHouse,
  openHouse,
  probePath,
  refusal,
  site,
} from './identity/identity-house.ts';
import { machineToken, passwordOf } from './over-http/asked.ts';

const owner = { bearer: machineToken } as const;
const begin = '/api/v1/session/provider';
const finish = '/api/v1/session/provider/return';

interface Shown {
  readonly issuer: string;
  readonly clientSecret: string;
}

function accessTo({ issuer, clientSecret }: Shown, changes: Partial<ProviderAccess> = {}): ProviderAccess {
  const settings = {
    issuer,
    clientId: 'kura',
    clientSecret,
    scopes: 'openid profile email',
    algorithm: 'RS256',
    usernameClaim: 'preferred_username',
    groupsClaim: 'groups',
    redirectUri: `${site}/login/oidc`,
    afterLogout: `${site}/login`,
  };
  return {
    source: createOidcProvider({ settings, network: {}, clock: systemClock }),
    name: 'Studio',
    rules: [
      { group: 'studio-admins', role: 'admin' },
      { group: 'artists', role: 'editor' },
    ],
    fallback: undefined,
    firstLogin: 'create',
    ...changes,
  };
}

/** What a browser does at the provider: logs in, agrees, and is sent back; gives the query it brings along. */
async function atProvider(url: string, name: string): Promise<string> {
  const cookies = new Map<string, string>();
  async function visit(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(key, value);
    }
    return response;
  }
  let next = url;
  for (let step = 0; step < 12; step += 1) {
    const response = await visit(next);
    const target = response.headers.get('location');
    if (target !== null) {
      next = new URL(target, next).href;
      if (next.startsWith(site)) return new URL(next).search;
      continue;
    }
    const page = await response.text();
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? assert.fail(page.slice(0, 500));
    const sent = await visit(next, prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt });
    next = new URL(sent.headers.get('location') ?? assert.fail(await sent.text()), next).href;
  }
  throw new Error(`the provider never sent the browser back; last: ${next}`);
}

async function begun(house: IdentityHouse) {
  const { status, body } = await house.ask(begin, { method: 'POST' });
  assert.equal(status, 201, JSON.stringify(body));
  return { flow: String(body.flow), url: String(body.url) };
}

function comeBack(house: IdentityHouse, flow: string, query: string): Promise<Answer> {
  return house.ask(finish, { method: 'POST', body: { flow, query } });
}

forEachDatabase((databases) => {
  const stack = new AsyncDisposableStack();
  let real: LoginProviderServer;
  let hostile: HostileProvider;
  before(async () => {
    real = stack.use(await startLoginProvider([site]));
    hostile = stack.use(await startHostileProvider());
  });
  after(() => stack.disposeAsync());

  async function open(access: ProviderAccess = accessTo(real)): Promise<IdentityHouse> {
    return openHouse(await databases.open(houseMigrations), { provider: access });
  }

  async function logIn(house: IdentityHouse, name: string): Promise<Answer> {
    const { flow, url } = await begun(house);
    return comeBack(house, flow, await atProvider(url, name));
  }

  describe('a login by the provider', () => {
    it('makes an account with the role of its groups, finds it again, and follows it', async () => {
      await using house = await open();
      const mika = { sub: 'mika', preferred_username: 'mika.sato', name: 'Mika', email: 'mika@example.org' };
      real.people.set('mika', { ...mika, email_verified: true, groups: ['artists'] });
      const first = await logIn(house, 'mika');
      assert.deepEqual([first.status, first.body.name, first.body.role], [201, 'mika.sato', 'editor']);
      assert.doesNotMatch(JSON.stringify(first.body), /token|eyJ/, 'tokens of the provider stay on the server');
      real.people.set('mika', { ...mika, name: 'Mika Sato', email_verified: true, groups: ['studio-admins'] });
      const again = await logIn(house, 'mika');
      assert.deepEqual([again.body.accountId, again.body.role], [first.body.accountId, 'admin']);
      const { body } = await house.ask('/api/v1/users/me', { session: again.session });
      assert.deepEqual([body.kind, body.provider, body.fullName], ['oidc', real.issuer, 'Mika Sato']);
      assert.deepEqual((await house.ask('/api/v1/session')).body.ways.provider, 'Studio');
      const keys = { method: 'POST', ...owner, body: { name: 'night', scopes: ['read'] } } as const;
      const key = { bearer: (await house.ask('/api/v1/users/mika.sato/keys', keys)).body.secret };
      real.people.set('mika', { ...mika, email_verified: true, groups: [] });
      assert.deepEqual(refusal(await logIn(house, 'mika')), [403, 'identity.provider-not-admitted']);
      assert.equal((await house.ask('/api/v1/users/me', { session: again.session })).status, 401, 'sessions end');
      assert.equal((await house.ask(probePath('models:read'), key)).status, 401, 'keys sleep');
      real.people.set('mika', { ...mika, email_verified: true, groups: ['artists'] });
      assert.equal((await logIn(house, 'mika')).body.role, 'editor');
      assert.equal((await house.ask(probePath('models:read'), key)).status, 200);
      const role = await house.ask('/api/v1/users/mika.sato/role', {
        method: 'PUT',
        ...owner,
        body: { role: 'viewer' },
      });
      assert.deepEqual(refusal(role), [409, 'identity.role-from-provider']);
    });

    it('lets in nobody without a role, whose name somebody else has, or whom an administrator disabled', async () => {
      await using house = await open();
      await house.addUser('rin', 'viewer');
      real.people.set('nobody', { sub: 'nobody', preferred_username: 'nobody', groups: ['strangers'] });
      real.people.set('rin', { sub: 'rin', preferred_username: 'RIN', groups: ['artists'] });
      real.people.set('kei', { sub: 'kei', preferred_username: 'kei', groups: ['artists'] });
      for (const name of ['nobody', 'rin']) {
        assert.deepEqual(refusal(await logIn(house, name)), [403, 'identity.provider-not-admitted'], name);
      }
      const kei = await logIn(house, 'kei');
      await house.ask('/api/v1/users/kei/active', { method: 'PUT', ...owner, body: { active: false } });
      assert.equal((await house.ask('/api/v1/users/me', { session: kei.session })).status, 401);
      assert.deepEqual(refusal(await logIn(house, 'kei')), [403, 'identity.provider-not-admitted']);
      assert.ok((await house.auditActions()).includes('session.refuse'));
    });

    it('takes an account of Kura with the same address only where that is the policy, and only a verified one', async () => {
      await using house = await open(accessTo(real, { firstLogin: 'link' }));
      const body = { username: 'aoi', role: 'operator', password: passwordOf('aoi'), email: 'Aoi@example.org' };
      await house.ask('/api/v1/users', { method: 'POST', ...owner, body });
      const aoi = { sub: 'aoi-1', preferred_username: 'other', email: 'aoi@example.org', groups: ['studio-admins'] };
      real.people.set('aoi', { ...aoi, email_verified: false });
      assert.deepEqual(refusal(await logIn(house, 'aoi')), [403, 'identity.provider-not-admitted'], 'unverified');
      real.people.set('aoi', { ...aoi, email_verified: true });
      const linked = await logIn(house, 'aoi');
      assert.deepEqual([linked.body.name, linked.body.role], ['aoi', 'operator'], 'its role stays Kura’s business');
      assert.ok((await house.auditActions()).includes('account.link-provider'));
      real.people.set('thief', { ...aoi, sub: 'thief', email_verified: true });
      assert.equal((await logIn(house, 'thief')).status, 403, 'an account has one person at the provider');
      const session = await house.logIn('aoi');
      const stolen = { method: 'PATCH', session, body: { email: 'victim@example.org' } } as const;
      assert.deepEqual(refusal(await house.ask('/api/v1/users/me', stolen)), [403, 'identity.email-by-admin']);
    });

    it('leads out at the provider, too, whoever came by it', async () => {
      await using house = await open();
      real.people.set('sora', { sub: 'sora', preferred_username: 'sora', groups: ['artists'] });
      const { session } = await logIn(house, 'sora');
      const out = await house.ask('/api/v1/session', { method: 'DELETE', session });
      const target = new URL(out.body.providerLogout);
      assert.equal(target.origin, real.issuer);
      assert.equal(target.searchParams.get('post_logout_redirect_uri'), `${site}/login`);
      await house.addUser('rin', 'viewer');
      const own = await house.ask('/api/v1/session', { method: 'DELETE', session: await house.logIn('rin') });
      assert.equal(own.body.providerLogout, null);
    });

    it('awaits the second factor of the account, and plants no session', async () => {
      const house = await openHouse(await databases.open(houseMigrations), {
        provider: accessTo(real),
        awaitsSecondFactor: async () => true,
      });
      await using _house = house;
      real.people.set('yui', { sub: 'yui', preferred_username: 'yui', groups: ['artists'] });
      const { flow, url } = await begun(house);
      const query = await atProvider(url, 'yui');
      const planted = 'planted'.padEnd(43, 'x');
      const answer = await house.ask(finish, { method: 'POST', session: planted, body: { flow, query } });
      assert.equal(answer.body.stage, 'pending-second-factor');
      assert.notEqual(answer.session, planted);
      assert.equal((await house.ask('/api/v1/users/me', { session: answer.session })).status, 401);
    });
  });

  describe('what comes back', () => {
    const failed = [401, 'identity.provider-login-failed'] as const;

    it('is good with the page that began it, once, and for ten minutes', async () => {
      await using house = await open();
      real.people.set('mika', { sub: 'mika', preferred_username: 'mika', groups: ['artists'] });
      const mine = await begun(house);
      const theirs = await begun(house);
      const query = await atProvider(mine.url, 'mika');
      assert.deepEqual(refusal(await comeBack(house, theirs.flow, query)), failed, 'another page began it');
      assert.equal((await comeBack(house, mine.flow, query)).status, 201);
      assert.deepEqual(refusal(await comeBack(house, mine.flow, query)), failed, 'replayed');
      const late = await begun(house);
      const lateQuery = await atProvider(late.url, 'mika');
      house.now += 11 * MINUTE;
      assert.deepEqual(refusal(await comeBack(house, late.flow, lateQuery)), failed, 'too late');
      const fresh = await begun(house);
      assert.deepEqual(refusal(await comeBack(house, fresh.flow, query)), failed, 'an old code with a new page');
      assert.deepEqual(refusal(await comeBack(house, 'x'.repeat(43), query)), failed, 'nobody began it');
    });

    it('opens nothing with another state, another issuer, an error or nothing in it', async () => {
      await using house = await open();
      real.people.set('mika', { sub: 'mika', preferred_username: 'mika', groups: ['artists'] });
      const twists: readonly ((query: URLSearchParams) => void)[] = [
        (query) => query.set('state', 'x'.repeat(43)),
        (query) => query.delete('state'),
        (query) => query.set('iss', 'https://evil.example'),
        (query) => query.delete('code'),
        (query) => query.set('code', 'x'.repeat(43)),
        (query) => query.set('error', 'access_denied'),
        (query) => query.append('code', 'second'),
      ];
      for (const twist of twists) {
        const { flow, url } = await begun(house);
        const query = new URLSearchParams(await atProvider(url, 'mika'));
        twist(query);
        assert.deepEqual(refusal(await comeBack(house, flow, `?${query.toString()}`)), failed, String(twist));
      }
    });

    it('counts against its address like every other way in', async () => {
      await using house = await open();
      for (let time = 0; time < 30; time += 1) await comeBack(house, `${time}`.padStart(43, 'x'), '?code=x&state=y');
      assert.deepEqual(refusal(await comeBack(house, 'x'.repeat(43), '?code=x')), [429, 'identity.too-many-attempts']);
    });
  });

  // What is signed is no matter of the database.
  if (databases.dialect === 'sqlite') aboutLies(open, () => hostile);
});

function aboutLies(open: (access: ProviderAccess) => Promise<IdentityHouse>, of: () => HostileProvider): void {
  describe('a provider that lies', () => {
    let house: IdentityHouse;
    let source: LoginProvider;
    before(async () => {
      const access = accessTo(of(), { fallback: 'viewer' });
      // Each lie meets a Kura that does not know the provider yet.
      const anew: LoginProvider = {
        provider: of().issuer,
        address: (...asked) => source.address(...asked),
        redeem: (...asked) => source.redeem(...asked),
        logoutAddress: (...asked) => source.logoutAddress(...asked),
      };
      house = await open({ ...access, source: anew });
    });
    after(() => house[Symbol.asyncDispose]());

    async function answerTo(lie: Lie): Promise<Answer> {
      const hostile = of();
      ({ source } = accessTo(hostile));
      hostile.lie = lie.discovery === undefined ? {} : lie;
      const answer = await house.ask(begin, { method: 'POST' });
      if (answer.status !== 201) return answer;
      const url = new URL(answer.body.url);
      hostile.nonce = url.searchParams.get('nonce') ?? assert.fail('no nonce');
      assert.equal(url.searchParams.get('code_challenge_method'), 'S256');
      hostile.lie = lie;
      const state = url.searchParams.get('state') ?? '';
      return comeBack(house, answer.body.flow, `?code=anything&state=${state}`);
    }

    const now = Math.floor(Date.now() / 1000);
    const lies: Readonly<Record<string, Lie>> = {
      'that signs nothing': { signed: 'none' },
      'that signs with a key nobody published': { signed: 'foreign' },
      'that signs with the secret of the client': { signed: 'secret', header: { alg: 'HS256' } },
      'that names another algorithm than agreed': { header: { alg: 'PS256' } },
      'that speaks for another issuer': { claims: { iss: 'https://evil.example' } },
      'that speaks to another client': { claims: { aud: 'somebody-else' } },
      'that speaks to several clients for another': { claims: { aud: ['kura', 'other'], azp: 'other' } },
      'that answers another login': { claims: { nonce: 'of another login' } },
      'that answers no login': { claims: { nonce: undefined } },
      'whose word is over': { claims: { iat: now - 900, exp: now - 600 } },
      'whose word never ends': { claims: { exp: undefined } },
      'that names nobody': { claims: { sub: undefined } },
      'whose userinfo is about somebody else': { userInfo: { sub: 'person-2' } },
      'that calls itself otherwise': { discovery: { issuer: 'https://evil.example' } },
    };
    for (const [name, lie] of Object.entries(lies)) {
      it(`${name} lets nobody in`, async () => {
        const answer = await answerTo(lie);
        assert.equal(answer.status, 401, JSON.stringify(answer.body));
        assert.equal(answer.session, undefined);
      });
    }

    it('and sends Kura to a metadata service or this machine gets no request out of it', async () => {
      for (const target of [
        'http://169.254.169.254/token',
        'https://169.254.169.254/token',
        'http://localhost:1/token',
      ]) {
        const { status } = await answerTo({ discovery: { token_endpoint: target } });
        assert.equal(status, 403, target);
      }
    });

    it('or is silent is told apart from one that refuses', async () => {
      const gone = await startHostileProvider();
      await gone[Symbol.asyncDispose]();
      ({ source } = accessTo(gone));
      assert.deepEqual(refusal(await house.ask(begin, { method: 'POST' })), [503, 'oidc.unreachable']);
    });
  });
}
