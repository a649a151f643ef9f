/**
 * Reports from a plan to somebody's mailbox, and who may have which; what followers of an entry and curators are mailed:
 * over the real edge and a real mail server.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';
import { DAY } from '#kernel/units';
import { startJobWorkers } from '#platform/jobs';
import type { LiveHub } from '#platform/live';
import { type MailServer, startMailServer } from '#stand-ins/mail-server';

import { machineToken } from './over-http/asked.ts';
import { openWholeSite, type WholeSite } from './whole-site/open-whole-site.ts';

const owner = { bearer: machineToken } as const;
const documents = '/api/v1/backups/documents';
const plans = '/api/v1/backups/document-plans';
const attachmentBytes = 100_000;

/** No browser is open. */
const nobodyListens: LiveHub = {
  broadcast: () => undefined,
  changed: () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
};

let smtp: MailServer;
let site: WholeSite;
const stack = new AsyncDisposableStack();

before(async () => {
  smtp = stack.use(await startMailServer({ security: 'plain' }));
  site = stack.use(
    await openWholeSite({
      environment: {
        KURA_MAIL_HOST: '127.0.0.1',
        KURA_MAIL_PORT: String(smtp.port),
        KURA_MAIL_SECURITY: 'plain',
        KURA_MAIL_FROM: 'kura@example.org',
        KURA_MAIL_ATTACHMENT_BYTES: String(attachmentBytes),
        KURA_ACCESS_PUBLIC_URL: 'https://kura.example.org',
        KURA_KNOWLEDGE_CURATION_TO: 'mail:curator@example.org',
      },
    }),
  );
});
after(() => stack.disposeAsync());

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) {
  return await site.ask(method, path, body === undefined ? owner : { ...owner, body });
}

/** What a server does behind its answers: events reach who hears of them, jobs run. */
function runBehind(): AsyncDisposable {
  const running = new AsyncDisposableStack();
  const { jobs: queue, jobHandlers: handled, events } = site.context;
  function reportError(error: unknown): void {
    assert.fail(String(error));
  }
  for (const subscriber of site.context.subscribers(nobodyListens)) running.use(events.subscribe(subscriber));
  running.use(startJobWorkers({ queue, handled, clock: systemClock, worker: 'test', reportError }));
  return running;
}

/** Whatever else is on its way: a mail whose sending was not recorded before the end may come again. */
async function firstMailAbout(subject: string) {
  for (let place = 0; ; place += 1) {
    const mail = await smtp.nth(place);
    if (mail.raw.includes(`\r\nSubject: ${subject}`)) return mail;
  }
}

describe('a planned report', () => {
  it('is made, kept and mailed with its file; what is too large is only pointed to', async () => {
    await using _running = runBehind();
    const to = ['mail:boss@example.org', 'mail:boss@example.org', 'user:nobody', 'channel:none'];
    const plan = { kind: 'monthly', format: 'csv', every: 'monthly', day: 1, at: '08:00', language: 'ja', to };
    assert.equal((await ask('PUT', `${plans}/month`, plan)).status, 200);
    assert.equal((await ask('POST', `${plans}/month/run`)).status, 202);
    const first = await smtp.nth(0);
    assert.deepEqual(first.to, ['boss@example.org']);
    assert.match(first.raw, /filename=kura-monthly-runs-\d{4}-\d\d-01_\d{4}-\d\d-\d\d\.csv/);

    const made = await ask('POST', documents, { kind: 'monthly', format: 'pdf' });
    assert.ok(made.body.bytes < attachmentBytes, `${made.body.bytes} bytes`);
    const pack = await ask('POST', documents, { kind: 'audit-pack' });
    assert.ok(pack.body.bytes > attachmentBytes, `${pack.body.bytes} bytes`);
    const sent = await ask('POST', `${documents}/${pack.body.id}/send`, { to: ['mail:boss@example.org'] });
    assert.equal(sent.status, 202);
    const second = await smtp.nth(1);
    assert.doesNotMatch(second.raw, /filename=/);

    const { items } = (await ask('GET', documents)).body;
    const deliveries = items.map((one: { deliveries: { target: string; state: string; attached: boolean }[] }) =>
      one.deliveries.map(({ target, state, attached }) => `${target} ${state} ${attached}`),
    );
    assert.deepEqual(deliveries, [
      ['mail:boss@example.org mailed false'],
      [],
      [
        'mail:boss@example.org mailed true',
        'mail:boss@example.org mailed true',
        'user:nobody nobody false',
        'channel:none nobody false',
      ],
    ]);
    assert.equal(smtp.received.length, 2);
    assert.equal((await ask('DELETE', `${plans}/month`)).status, 200);
    assert.equal((await ask('DELETE', `${documents}/${pack.body.id}`)).status, 200);
    assert.equal((await ask('GET', `${documents}/${pack.body.id}`)).code, 'backups.document-removed');
  });
});

describe('who follows an entry, and who curates', () => {
  it('are mailed that it changed, and what is to be done', async () => {
    await using _running = runBehind();
    const vera = { username: 'vera', role: 'viewer', password: 'a long enough sentence', email: 'vera@example.org' };
    assert.equal((await ask('POST', '/api/v1/users', vera)).status, 201);
    const bearer = await site.addKey('vera', ['knowledge:read']);
    const entries = '/api/v1/knowledge/entries';
    const text = { title: 'Tape drive stops', type: 'incident', body: 'Restart it.' };
    const { id, version } = (await ask('POST', entries, text)).body;
    assert.equal((await site.ask('PUT', `${entries}/${id}/watch`, { bearer })).status, 200);
    assert.equal((await ask('PUT', `${entries}/${id}`, { ...text, body: 'Replace it.', version })).status, 200);
    const changed = await firstMailAbout('Changed: Tape drive stops\r\n');
    assert.deepEqual(changed.to, ['vera@example.org']);
    const plain = Buffer.from(changed.raw.split('base64\r\n\r\n')[1]?.split('\r\n--')[0] ?? '', 'base64').toString(
      'utf8',
    );
    assert.ok(plain.includes(`https://kura.example.org/knowledge/entries/${id}`), plain);
    await site.context.knowledge.curateWeekly();
    const report = await firstMailAbout('Knowledge base: what is to be done');
    assert.deepEqual(report.to, ['curator@example.org']);
  });
});

describe('reports of what people did', () => {
  it('are for those who may read the audit log', async () => {
    await site.addUser('boss', 'admin');
    const bearer = await site.addKey('boss', ['backups:read']);
    async function asReader(path: string, body?: object) {
      return await site.ask(body === undefined ? 'GET' : 'POST', path, { bearer, ...(body ? { body } : {}) });
    }

    const audit = await ask('POST', documents, {
      kind: 'audit',
      format: 'json',
      from: new Date(Date.now() - 2 * DAY).toISOString().slice(0, 10),
    });
    assert.match(Buffer.from(audit.body.base64, 'base64').toString('utf8'), /identity|backups\.make-document/);
    const own = await asReader(documents, { kind: 'status', format: 'csv' });
    assert.equal(own.status, 200);
    for (const wish of [
      { kind: 'iso27001' },
      { kind: 'audit-pack' },
      { kind: 'daily', format: 'csv', table: 'entries' },
      { kind: 'daily', format: 'csv', table: 'refusals' },
    ]) {
      assert.equal((await asReader(documents, wish)).status, 403, JSON.stringify(wish));
    }
    assert.equal((await asReader(`${documents}/${audit.body.id}`)).status, 403);
    assert.equal((await asReader(`${documents}/${own.body.id}`)).status, 200);
    const seen = (await asReader(documents)).body.items.map(({ kind }: { kind: string }) => kind);
    assert.ok(seen.includes('status') && !seen.includes('audit'), seen.join(' '));
  });
});
