/** Attacks on the doors: guessing on every way in, connections that never end, requests with two ends, ways out. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { describe, it } from 'node:test';

import { accessMessages, adminCaller } from '#platform/access';
import { createHttpServer, httpMessages } from '#platform/http';
import { createTranslators } from '#platform/i18n';
import { silentLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { machineToken, passwordOf } from './over-http/asked.ts';
import { openWholeSite } from './whole-site/open-whole-site.ts';

const session = '/api/v1/session';

describe('guessing', () => {
  it('is held up on every way in after a few tries, by limits that a right one does not feel', async () => {
    await using site = await openWholeSite({ limited: true });
    await site.addUser('mika', 'viewer');
    const password = passwordOf('nobody');
    const guesses: readonly (readonly [string, string, (index: number) => object])[] = [
      ['a password', session, (index) => ({ username: `user-${index}`, password })],
      ['a one-time link', session, (index) => ({ code: `${index}`.padStart(43, 'x') })],
      [
        'an invitation',
        `${session}/invitation`,
        (index) => ({ code: `${index}`.padStart(43, 'x'), username: 'evil', password }),
      ],
      ['a reset link', `${session}/password-reset`, (index) => ({ code: `${index}`.padStart(43, 'x'), password })],
      ['a passkey', `${session}/passkey`, (index) => ({ response: { id: `${index}`.padStart(43, 'x') } })],
      [
        'the code of a command line',
        '/api/v1/device-logins/answer',
        (index) => ({ deviceCode: `${index}`.padStart(43, 'x') }),
      ],
    ];
    for (const [index, [name, path, bodyOf]] of guesses.entries()) {
      const from = `203.0.113.${index}`;
      const seen: number[] = [];
      for (let guess = 0; guess < 12; guess += 1) {
        seen.push((await site.ask('POST', path, { body: bodyOf(guess), from })).status);
      }
      const answered = seen.filter((status) => status !== 429).length;
      assert.ok(answered <= 6 && seen.every((status) => status >= 400), `${name}: ${seen.join(' ')}`);
    }
    const tokens: number[] = [];
    for (let guess = 0; guess < 50; guess += 1) {
      const asked = { bearer: `kura_${`${guess}`.padStart(43, 'x')}`, from: '198.51.100.7' };
      tokens.push((await site.ask('GET', '/api/v1/users', asked)).status);
    }
    assert.ok(tokens.filter((status) => status === 401).length <= 30, tokens.join(' '));
    assert.equal(tokens.at(-1), 429);
    for (let time = 0; time < 20; time += 1) await site.logIn('mika');
    assert.equal((await site.ask('GET', '/api/v1/users', { bearer: machineToken, from: '198.51.100.7' })).status, 200);
  });

  it('plants no session: what a browser brought along is not what it leaves with', async () => {
    await using site = await openWholeSite();
    await site.addUser('mika', 'viewer');
    const planted = 'planted'.padEnd(43, 'x');
    const body = { username: 'mika', password: passwordOf('mika') };
    const answer = await site.ask('POST', session, { session: planted, body });
    assert.equal(answer.status, 201, answer.text);
    assert.doesNotMatch(JSON.stringify(answer.headers), new RegExp(planted));
    assert.equal((await site.ask('GET', '/api/v1/users/me', { session: planted })).status, 401);
  });
});

describe('connections', () => {
  async function listen(requestTimeoutMs: number) {
    const server = await createHttpServer({
      handlers: [],
      authenticate: async () => adminCaller(),
      translators: createTranslators([httpMessages, accessMessages]),
      defaultLanguage: 'en',
      logger: silentLogger,
      metrics: createMetrics(),
      requestTimeoutMs,
      stopping: new AbortController().signal,
    });
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.address() as AddressInfo;
    return { port, [Symbol.asyncDispose]: () => server.close() };
  }

  /** Everything the server said until it hung up. */
  async function said(port: number, text: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    const parts: string[] = [];
    socket.on('data', (part: Buffer) => parts.push(part.toString()));
    socket.on('error', () => undefined);
    socket.write(text);
    await once(socket, 'close');
    return parts.join('');
  }

  it('that never finish a header or a body are ended', async () => {
    await using server = await listen(300);
    for (const text of [
      'GET / HTTP/1.1\r\nHost: x\r\n',
      'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
      'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a',
    ]) {
      assert.doesNotMatch(await said(server.port, text), /^HTTP\/1\.1 2/, text);
    }
  });

  it('with a method that nothing was made for are refused, and nothing is sent back of them', async () => {
    await using server = await listen(60_000);
    for (const method of ['TRACE', 'TRACK', 'CONNECT', 'PROPFIND', 'DEBUG', 'GET /x HTTP/1.0\r\nX:', 'get']) {
      const answer = await said(
        server.port,
        `${method} / HTTP/1.1\r\nHost: x\r\nCookie: planted\r\nConnection: close\r\n\r\n`,
      );
      assert.match(answer, /^(?:HTTP\/1\.[01] 4|$)/, method);
      assert.doesNotMatch(answer, /planted|allow:/i, method);
    }
  });

  it('with two lengths, a length and pieces, or broken lines are refused and closed', async () => {
    await using server = await listen(60_000);
    for (const headers of [
      'Content-Length: 5\r\nContent-Length: 6',
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
      'Content-Length: -1',
      'Content-Length: 0x5',
      'X: a\rb',
      `X: ${'a'.repeat(20_000)}`,
    ]) {
      const answer = await said(
        server.port,
        `POST / HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n`,
      );
      assert.match(answer, /^HTTP\/1\.1 4/, headers.slice(0, 60));
      assert.equal(answer.split('HTTP/1.1 ').length, 2, 'nothing of the second request was answered');
    }
  });
});

describe('ways out and up', () => {
  it('lead neither to this machine nor to metadata services, whatever is given as a model', async () => {
    let visits = 0;
    const canary = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    canary.listen(0, '127.0.0.1');
    await once(canary, 'listening');
    await using _closed = { [Symbol.asyncDispose]: async () => void canary.close() };
    const { port } = canary.address() as AddressInfo;
    await using site = await openWholeSite({ environment: { KURA_CIVITAI_URL: 'https://civitai.invalid' } });
    const own = ['127.0.0.1', '2130706433', '0x7f.1', 'localhost', '[::ffff:127.0.0.1]'].map(
      (host) => `${host}:${port}`,
    );
    const refs = [...own, '169.254.169.254', '[fd00:ec2::254]', '10.0.0.1'].flatMap((host) => [
      `http://${host}/latest/meta-data`,
      `https://${host}/api/download`,
      `https://civitai.com@${host}/x`,
    ]);
    const { body, text } = await site.ask('POST', '/api/v1/models/plans', { bearer: machineToken, body: { refs } });
    assert.equal(body.items?.length, refs.length, text);
    for (const { ref, reason } of body.items) assert.match(reason?.code ?? '', /^civitai\.ref-/, ref);
    assert.equal(visits, 0);
  });

  it('lead to no file of this machine by any address of a page or a file of it', async () => {
    await using site = await openWholeSite();
    for (const path of [
      '/assets/../../../package.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/package.json',
      '/assets/....//....//package.json',
      '/assets/..\\..\\package.json',
      '/assets/%00/etc/passwd',
      '//etc/passwd',
      '/../../etc/passwd',
    ]) {
      const { status, text } = await site.ask('GET', path);
      assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
      assert.doesNotMatch(text, /"dependencies"|root:x:/);
    }
  });
});
