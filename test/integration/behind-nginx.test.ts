/** The proxy of `deploy/nginx/kura.conf` as it is written there, with its ports, names and certificate replaced. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect, type SecureVersion } from 'node:tls';

import { io } from 'socket.io-client';

import { unlessInstalled, untilListening } from '#stand-ins/child-server';
import { freePort } from '#stand-ins/free-port';
import { houseAuthority, localhostCertificate, localhostKey } from '#stand-ins/tls-house';

import { createHome, type KuraHome } from '../system/harness/kura-home.ts';
import { type RunningServer, startServer } from '../system/harness/running-server.ts';

const program = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/bin/nginx'].find((path) => existsSync(path));
const skip = unlessInstalled('nginx', program);
const sample = new URL('../../deploy/nginx/kura.conf', import.meta.url);

describe('Kura behind nginx', { skip }, () => {
  const stack = new AsyncDisposableStack();
  let server: RunningServer;
  let plain: number;
  let secure: number;
  let cookie: string;
  before(async () => {
    const home = stack.use(await createHome({ KURA_ACCESS_TRUSTED_PROXIES: '127.0.0.1' }));
    server = stack.use(await startServer(home));
    [plain, secure] = [await freePort(), await freePort()];
    await startNginx(home, stack, { plain, secure, kura: Number(new URL(server.url).port) });
    cookie = await logIn();
  });
  after(() => stack.disposeAsync());

  function ask(path: string, options: Asked = {}): Promise<Answer> {
    return send({ ...options, port: secure, ca: houseAuthority, path });
  }

  it('speaks TLS only, tells browsers so, and names the client it serves', async () => {
    const page = await ask('/login');
    assert.equal(page.status, 200);
    assert.equal(page.headers['strict-transport-security'], 'max-age=31536000; includeSubDomains');
    assert.doesNotMatch(String(page.headers['server']), /\d/);
    await assert.rejects(handshake(secure, 'TLSv1.1'));
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      assert.match(await handshake(secure, version), /GCM|CHACHA20/);
    }
    const forged = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'evil.example',
    };
    const body = JSON.stringify({ username: 'nobody', password: 'not one either' });
    const refused = await ask('/api/v1/session', { method: 'POST', body, headers: forged });
    assert.equal(refused.status, 401);
    const { body: log } = await server.ask('GET', '/api/v1/audit/entries?limit=5');
    assert.doesNotMatch(JSON.stringify(log), /203\.0\.113\.9/, 'a client may not say who it is');
  });

  it('redirects pages to TLS, and refuses the API without it', async () => {
    const page = await send({ port: plain, path: '/models/library' });
    assert.deepEqual([page.status, page.headers['location']], [301, 'https://localhost/models/library']);
    for (const path of ['/api/v1/session', '/mcp']) assert.equal((await send({ port: plain, path })).status, 403);
  });

  it('logs in with a cookie that travels over TLS only, and takes writes of its own pages only', async () => {
    const [, token = ''] = /kura_csrf=([^;]+)/.exec(cookie) ?? [];
    const origin = `https://localhost:${secure}`;
    const body = JSON.stringify({ title: 'Through the proxy', type: 'other', body: 'It arrives.' });
    const write = { method: 'POST', body, headers: { cookie, 'x-kura-csrf': token, origin } };
    assert.equal((await ask('/api/v1/knowledge/entries', write)).status, 201);
    const foreign = { ...write, headers: { ...write.headers, origin: 'https://evil.example' } };
    assert.match((await ask('/api/v1/knowledge/entries', foreign)).text, /access\.foreign-origin/);
  });

  it('carries live updates through, and only for who is logged in', async () => {
    const url = `https://localhost:${secure}`;
    const usual = { reconnection: false, ca: houseAuthority, transports: ['websocket'] };
    const stranger = io(url, usual);
    await new Promise((resolve) => stranger.once('connect_error', resolve));
    const friend = io(url, { ...usual, extraHeaders: { cookie, origin: url } });
    await new Promise<void>((resolve, reject) => friend.once('connect', resolve).once('connect_error', reject));
    assert.ok(friend.connected);
    friend.close();
    stranger.close();
  });

  it('keeps the numbers inside', async () => {
    const text = await readFile(sample, 'utf8');
    assert.match(text, /location = \/metrics \{\s+allow 127\.0\.0\.1;\s+allow ::1;\s+deny all;/);
    assert.equal((await ask('/metrics')).status, 200, 'this machine may');
  });

  /** The server's own link works once. */
  async function logIn(): Promise<string> {
    const [, code] = /#code=([\w-]+)/.exec(server.loginLink) ?? [];
    const answer = await ask('/api/v1/session', { method: 'POST', body: JSON.stringify({ code }) });
    assert.equal(answer.status, 201, answer.text);
    const cookies = answer.headers['set-cookie'] ?? [];
    for (const cookie of cookies) assert.match(cookie, /^__Host-kura_.*; Secure/);
    return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
  }
});

interface Ports {
  readonly plain: number;
  readonly secure: number;
  readonly kura: number;
}

async function startNginx(home: KuraHome, stack: AsyncDisposableStack, ports: Ports): Promise<void> {
  const folder = home.beside('nginx');
  await mkdir(folder);
  await writeFile(join(folder, 'fullchain.pem'), localhostCertificate);
  await writeFile(join(folder, 'privkey.pem'), localhostKey);
  await writeFile(join(folder, 'kura.conf'), adapted(await readFile(sample, 'utf8'), folder, ports));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const main = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
    http { access_log off; ${temporary.join(' ')} include ${folder}/kura.conf; }`;
  await writeFile(join(folder, 'nginx.conf'), main);
  const child = spawn(
    program ?? 'nginx',
    ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')],
    {
      stdio: 'ignore',
    },
  );
  stack.defer(() => endNginx(child));
  await untilListening(child, { host: '127.0.0.1', port: ports.secure }, 20_000);
}

/** Its workers end with it when it is asked, not when it is killed. */
async function endNginx(child: ReturnType<typeof spawn>): Promise<void> {
  const exit = child.exitCode === null ? once(child, 'exit') : undefined;
  child.kill('SIGTERM');
  await exit;
}

/** @throws AssertionError when a line that is to be replaced is no longer there */
function adapted(text: string, folder: string, { plain, secure, kura }: Ports): string {
  const changes: readonly (readonly [string, string])[] = [
    ['listen 80;', `listen 127.0.0.1:${plain};`],
    ['listen [::]:80;', ''],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${secure} ssl http2;`],
    ['listen [::]:443 ssl http2;', ''],
    ['server 127.0.0.1:8888;', `server 127.0.0.1:${kura};`],
    ['kura.example.org', 'localhost'],
    ['/etc/ssl/kura', folder],
  ];
  return changes.reduce((changed, [from, to]) => {
    assert.ok(changed.includes(from), `the sample no longer has “${from}”`);
    return changed.replaceAll(from, to);
  }, text);
}

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

type Sent = Asked & { readonly port: number; readonly ca?: string; readonly path: string };

async function send({ port, ca, path, method = 'GET', body, headers }: Sent): Promise<Answer> {
  const start = ca === undefined ? httpRequest : httpsRequest;
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const options = { host: 'localhost', port, path, method, headers: { ...json, ...headers }, agent: false, family: 4 };
  const request = start(ca === undefined ? options : { ...options, ca });
  request.end(body);
  const [answer]: IncomingMessage[] = await once(request, 'response');
  if (answer === undefined) assert.fail('no answer');
  const text = (await answer.setEncoding('utf8').toArray()).join('');
  return { status: answer.statusCode ?? 0, headers: answer.headers, text };
}

/** @returns the cipher that was agreed on with nothing but this version */
async function handshake(port: number, version: SecureVersion): Promise<string> {
  const only = { minVersion: version, maxVersion: version, ca: houseAuthority, servername: 'localhost' };
  // Ours would refuse the old versions before the server does.
  const socket = connect({ host: '127.0.0.1', port, ...only, ciphers: 'DEFAULT@SECLEVEL=0' });
  await once(socket, 'secureConnect');
  const { name } = socket.getCipher();
  socket.destroy();
  return name;
}
