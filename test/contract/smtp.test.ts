/** The transport of mails against a real SMTP server. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createSmtpTransport, type SmtpSettings } from '#adapters/smtp';
import { isKuraError } from '#kernel/errors';
import { type MailServer, startMailServer } from '#stand-ins/mail-server';
import { houseAuthority } from '#stand-ins/tls-house';

const mail = {
  id: '0199-a',
  to: 'mika@example.org',
  language: 'ja',
  subject: '蔵への招待',
  text: '全文です。\n',
  html: '<p>全文です。</p>\n',
};

function transportTo(server: Pick<MailServer, 'port'>, settings: Partial<SmtpSettings> = {}) {
  return createSmtpTransport({
    host: 'localhost',
    port: server.port,
    security: 'starttls',
    user: undefined,
    password: undefined,
    from: 'kura@example.org',
    ca: houseAuthority,
    timeoutMs: 10_000,
    ...settings,
  });
}

const open = new AbortController().signal;

/** Kind and code of the failure. */
async function failure(sending: Promise<void>): Promise<readonly [string, string]> {
  const error: unknown = await sending.then(
    () => assert.fail('it was taken'),
    (reason: unknown) => reason,
  );
  assert.ok(isKuraError(error), String(error));
  return [error.kind, error.code];
}

describe('a mail', () => {
  it('is handed over behind STARTTLS, with the marks of a mail that nobody wrote', async () => {
    await using server = await startMailServer();
    await transportTo(server).send(mail, open);
    const { raw, secure, from, to } = await server.nth(0);
    assert.deepEqual([secure, from, to], [true, 'kura@example.org', ['mika@example.org']]);
    assert.match(raw, /^Auto-Submitted: auto-generated$/m);
    assert.match(raw, /^Content-Language: ja$/m);
    assert.match(raw, /^Message-ID: <0199-a@example\.org>$/m);
    assert.ok(raw.includes(Buffer.from('全文です。').toString('base64')), 'the text');
    assert.match(raw, /Content-Type: multipart\/alternative/);
  });

  it('goes over TLS from the first byte, and with the account of the house', async () => {
    const account = { user: 'kura', password: 'a long password' };
    await using server = await startMailServer({ security: 'tls', account });
    await transportTo(server, { security: 'tls', ...account }).send(mail, open);
    const { secure, user } = await server.nth(0);
    assert.deepEqual([secure, user], [true, 'kura']);
    const wrong = transportTo(server, { security: 'tls', user: 'kura', password: 'wrong' }).send(mail, open);
    assert.deepEqual(await failure(wrong), ['unavailable', 'smtp.login-refused']);
  });

  it('is not sent without TLS unless the configuration says plain', async () => {
    await using server = await startMailServer({ security: 'plain' });
    assert.deepEqual(await failure(transportTo(server).send(mail, open)), ['unavailable', 'smtp.tls-failed']);
    assert.equal(server.received.length, 0);
    await transportTo(server, { security: 'plain' }).send(mail, open);
    assert.equal((await server.nth(0)).secure, false);
  });

  it('is not sent to a server whose certificate nobody vouches for', async () => {
    await using server = await startMailServer();
    const stranger = transportTo(server, { ca: undefined }).send(mail, open);
    assert.deepEqual(await failure(stranger), ['unavailable', 'smtp.tls-failed']);
    assert.equal(server.received.length, 0);
  });

  it('may be tried again when the server says later, and not when it says no', async () => {
    await using server = await startMailServer();
    server.refuseWith = '451 greylisted, come back';
    assert.deepEqual(await failure(transportTo(server).send(mail, open)), ['unavailable', 'smtp.deferred']);
    server.refuseWith = '550 no such person';
    assert.deepEqual(await failure(transportTo(server).send(mail, open)), ['conflict', 'smtp.refused']);
    assert.deepEqual(await failure(transportTo({ port: 1 }).send(mail, open)), ['unavailable', 'smtp.unreachable']);
  });

  it('has no more headers and recipients than it was given, whatever stands in its fields', async () => {
    await using server = await startMailServer();
    const subject = 'Hello\r\nBcc: victim@example.net\r\n\r\nEvil';
    await transportTo(server).send({ ...mail, subject }, open);
    const { raw, to } = await server.nth(0);
    const [headers = ''] = raw.split('\r\n\r\n');
    assert.doesNotMatch(headers, /^Bcc:/im);
    assert.deepEqual(to, ['mika@example.org']);
  });

  it('goes to no metadata service, whatever the configuration names', async () => {
    const sending = transportTo({ port: 25 }, { host: '169.254.169.254' }).send(mail, open);
    assert.deepEqual(await failure(sending), ['refused', 'outbound.refused']);
  });
});
