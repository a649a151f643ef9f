/**
 * Secrets in every place that takes one (P-062): settings, files, logins, keys, second factors, addresses. Afterwards nothing that is
 * kept, logged, exported or answered holds any of them.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { options } from '#platform/config';

import { filesBelow } from './harness/folder-tree.ts';
import { createHome, type KuraHome } from './harness/kura-home.ts';
import { type RunningServer, startServer } from './harness/running-server.ts';

/** By where each was planted. */
type Planted = Map<string, string>;

const tokenFile = join('run', 'admin-token');
/** Nobody listens there. */
const nowhere = '127.0.0.1:1';

function secretFor(place: string, planted: Planted): string {
  const secret = `planted-${randomBytes(12).toString('hex')}`;
  planted.set(place, secret);
  return secret;
}

/** A value for each setting that is secret, whatever its form; those that name a service name one that is not there. */
function plantSettings(planted: Planted): Record<string, string> {
  const forms: Readonly<Record<string, (secret: string) => string | undefined>> = {
    'master.key': () => {
      const key = randomBytes(32).toString('base64');
      planted.set('master.key', key);
      return key;
    },
    'backups.credentials': (secret) =>
      JSON.stringify({ 's3://127.0.0.1/backups': { accessKeyId: 'kura', secretAccessKey: secret } }),
    'redis.url': (secret) => `redis://kura:${secret}@${nowhere}`,
    'network.proxy': (secret) => `http://kura:${secret}@${nowhere}`,
    // Made by the server, and read by whoever starts it.
    'admin.token': () => undefined,
    // A database that cannot be reached is no server; its password is tried with a command.
    'database.url': () => undefined,
  };
  const environment: Record<string, string> = {};
  for (const { key, variable, meta } of options) {
    if (meta.secret !== true) continue;
    const secret = secretFor(key, planted);
    const value = (forms[key] ?? ((text) => text))(secret);
    if (value !== undefined) environment[variable] = value;
  }
  assert.ok(planted.size >= 8, `only ${planted.size} secret settings`);
  return environment;
}

const services = {
  KURA_CIVITAI_URL: `http://${nowhere}`,
  KURA_CIVITAI_PATIENCE_SECONDS: '1',
  KURA_LDAP_SERVERS: 'ldaps://127.0.0.1:1',
  KURA_LDAP_BIND_DN: 'cn=kura,dc=example,dc=org',
  KURA_LDAP_BASE_DN: 'dc=example,dc=org',
  KURA_LDAP_TIMEOUT_SECONDS: '1',
  KURA_LOG_LEVEL: 'debug',
};

describe('secrets planted in every place that takes one', () => {
  it('stand in no log, table, audit entry, job, answer, error, metric or export', async () => {
    const planted: Planted = new Map();
    await using home = await createHome({ ...services, ...plantSettings(planted) });
    const said: string[] = [];
    {
      await using server = await startServer(home);
      planted.set('admin.token', (await readFile(join(home.path, tokenFile), 'utf8')).trim());
      said.push(...(await useServer(server, planted)), ...(await answersOf(server, planted)));
      said.push((await server.stop()).stderr);
    }
    said.push(...(await useCommands(home, planted)));
    assert.ok(planted.size >= 16, `only ${planted.size} planted`);
    const found = [...leaksIn(said.join('\n'), planted)].map((place) => `answers and outputs: ${place}`);
    let files = 0;
    for (const path of (await filesBelow(home.path)).filter((one) => one !== tokenFile)) {
      files += 1;
      const text = (await readFile(join(home.path, path))).toString('latin1');
      found.push(...[...leaksIn(text, planted)].map((place) => `${path}: ${place}`));
    }
    assert.ok(files >= 3 && said.length > 40, `${files} files, ${said.length} answers`);
    assert.deepEqual(found, []);
  });
});

/** Places whose secret stands in the text, as it is or encoded for an address. */
function* leaksIn(text: string, planted: Planted): Generator<string> {
  for (const [place, secret] of planted) {
    if (
      [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').slice(0, -4)].some((one) =>
        text.includes(one),
      )
    )
      yield place;
  }
}

/** What people and programs send that is secret, right and wrong. @returns what they were told, but for what is told once */
async function useServer(server: RunningServer, planted: Planted): Promise<readonly string[]> {
  const said: string[] = [];
  const token = planted.get('admin.token') ?? assert.fail('no token');
  async function ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
    const response = await server.send(method, path, {
      body,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    return { status: response.status, text: await response.text() };
  }
  async function tell(...request: Parameters<typeof ask>): Promise<void> {
    said.push((await ask(...request)).text);
  }
  /** Made once and shown once: planted, and looked for everywhere else. */
  async function make(place: string, pattern: RegExp, ...request: Parameters<typeof ask>): Promise<string> {
    const { status, text } = await ask(...request);
    const secret = pattern.exec(text)?.[1];
    assert.ok(secret !== undefined, `${place}: ${status} ${text}`);
    planted.set(place, secret);
    return secret;
  }

  const password = `${secretFor('password', planted)} quiet`;
  const login = { username: 'mika', password };
  assert.equal((await ask('POST', '/api/v1/users', { ...login, role: 'editor' })).status, 201);
  const keyed = { 'idempotency-key': 'make-a-key' };
  const key = await make(
    'API key',
    /"secret":"(kura_[^"]+)"/,
    'POST',
    '/api/v1/users/mika/keys',
    { name: 'ci', scopes: ['read'] },
    keyed,
  );
  await tell('GET', '/api/v1/session', undefined, { authorization: `Bearer ${key}` });
  await make('invitation', /[#=]([\w-]{40,})/, 'POST', '/api/v1/invitations', { role: 'viewer' });
  await make('reset link', /[#=]([\w-]{40,})/, 'POST', '/api/v1/users/mika/password-reset');

  const opened = await server.send('POST', '/api/v1/session', { body: login });
  const cookies = opened.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  assert.equal(opened.status, 201, await opened.text());
  const [session = '', csrf = ''] = cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1));
  planted.set('session', session);
  const own = { authorization: '', cookie: cookies.join('; '), 'x-kura-csrf': csrf };
  await make('TOTP', /secret=([A-Z2-7]{32})/, 'POST', '/api/v1/users/me/second-factor/totp', { password }, own);
  await tell('POST', '/api/v1/users/me/second-factor/totp/confirmation', { code: '000000' }, own);

  for (let turn = 0; turn < 2; turn += 1) {
    const wrong = secretFor(`wrong password ${turn}`, planted);
    await tell(
      'POST',
      '/api/v1/session',
      { username: turn === 0 ? 'mika' : 'stranger', password: wrong },
      { authorization: '' },
    );
  }
  await tell('PUT', '/api/v1/users/me/password', { current: secretFor('old password', planted), password: 'x' }, own);
  await tell('POST', '/api/v1/directory/test', { username: 'mika', password: secretFor('directory test', planted) });
  await tell('POST', '/api/v1/session/password-reset', {
    code: secretFor('reset code', planted),
    password: `${secretFor('reset', planted)} yes`,
  });
  const wrongKey = `kura_${secretFor('wrong key', planted)}`;
  await tell('GET', '/api/v1/users', undefined, { authorization: `Bearer ${wrongKey}` });
  const address = `https://files.example/x.safetensors?token=${secretFor('address', planted)}`;
  // Whoever sent it is told which of their references it is about; nobody else.
  await ask('POST', '/api/v1/models/downloads', { refs: [address] });
  await tell('GET', `/nowhere?token=${secretFor('address of nothing', planted)}`);
  await tell('PUT', '/api/v1/settings/civitai.token', { value: secretFor('setting', planted) });
  await tell('POST', '/api/v1/users', {
    username: 'x',
    password: secretFor('refused account', planted),
    role: 'viewer',
  });
  return said;
}

/** Every route that reads and needs no name, and the exports. */
async function answersOf(server: RunningServer, planted: Planted): Promise<readonly string[]> {
  const authorization = `Bearer ${planted.get('admin.token') ?? ''}`;
  const { paths } = (await (await server.send('GET', '/api/openapi.json')).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  const said: string[] = [];
  for (const [path, methods] of Object.entries(paths)) {
    if (!('get' in methods) || path.includes('{')) continue;
    const response = await server.send('GET', path, { headers: { authorization } });
    said.push(await response.text());
  }
  for (const format of ['csv', 'jsonl', 'cef']) {
    const response = await server.send('POST', '/api/v1/audit/export', {
      body: { format },
      headers: { authorization },
    });
    said.push(await response.text());
  }
  for (const path of ['/api/v1/users/mika', '/api/v1/users/mika/keys', '/api/v1/users/mika/sessions', '/health']) {
    said.push(await (await server.send('GET', path, { headers: { authorization } })).text());
  }
  return said;
}

/** What commands take from files and variables. */
async function useCommands(home: KuraHome, planted: Planted): Promise<readonly string[]> {
  const said: string[] = [];
  async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const { stdout, stderr } = await home.run(args, { environment });
    said.push(stdout, stderr);
  }
  const passphrase = home.beside('passphrase');
  await writeFile(passphrase, `${secretFor('vault passphrase', planted)}\n`);
  await run(['vault', 'init', '--repo', home.beside('vault'), '--passphrase-file', passphrase, '--json']);
  const wrong = { KURA_VAULT_PASSPHRASE: secretFor('wrong vault passphrase', planted) };
  await run(['vault', 'verify', '--repo', home.beside('vault'), '--json'], wrong);
  const url = `postgres://kura:${secretFor('database.url', planted)}@${nowhere}/kura`;
  await run(['db', 'check'], { KURA_DATABASE_URL: url });
  await run(['config', 'print', '--json']);
  await run(['doctor', '--json']);
  return said;
}
