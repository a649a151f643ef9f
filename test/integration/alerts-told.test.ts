/** From an event to the message somebody gets: over the real edge, a real mail server and a receiver of webhooks. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';

import { backupsEvents } from '#backups';
import { systemClock } from '#kernel/clock';
import { readCsv } from '#kernel/csv';
import { DAY } from '#kernel/units';
import { type AlertTypeName, alertTypes } from '#platform/alerts/contract';
import { startJobWorkers } from '#platform/jobs';
import { type MailServer, startMailServer } from '#stand-ins/mail-server';

import { until } from '../system/harness/until.ts';
import { machineToken } from './over-http/asked.ts';
import { openWholeSite, type WholeSite } from './whole-site/open-whole-site.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** Answers with this status instead of taking it. */
  refuseWith: number | undefined;
}

async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      if (receiver.refuseWith === undefined) receiver.received.push({ headers: request.headers, body });
      // An answer that repeats the address, as some do.
      response.writeHead(receiver.refuseWith ?? 202).end(`seen at ${request.url}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hooks/very-secret-path`,
    received: [],
    refuseWith: undefined,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return receiver;
}

const owner = { bearer: machineToken } as const;
const place = { job: 'library', title: 'Library', copy: 'nas', copyId: 'c1' };
const rhythm = { language: 'en' } as const;

let receiver: Receiver;
let smtp: MailServer;
let site: WholeSite;
const stack = new AsyncDisposableStack();

before(async () => {
  receiver = stack.use(await startReceiver());
  smtp = stack.use(await startMailServer({ security: 'plain' }));
  site = stack.use(
    await openWholeSite({
      environment: {
        KURA_NOTIFY_HOSTS: '127.0.0.1',
        KURA_MAIL_HOST: '127.0.0.1',
        KURA_MAIL_PORT: String(smtp.port),
        KURA_MAIL_SECURITY: 'plain',
        KURA_MAIL_FROM: 'kura@example.org',
        KURA_ACCESS_PUBLIC_URL: 'https://kura.example.org',
      },
    }),
  );
});
after(() => stack.disposeAsync());

async function put(path: string, body: unknown) {
  const answer = await site.ask('PUT', `/api/v1/notify/${path}`, { ...owner, body });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

async function alerts(state: string, type: string) {
  return (await site.ask('GET', `/api/v1/alerts?state=${state}&type=${type}`, owner)).body.items;
}

async function publish(fails: boolean): Promise<void> {
  const { unitOfWork } = site.context;
  const ended = { ...place, runId: 'r1' };
  await unitOfWork.write({ kind: 'system', id: 'test', name: 'test' }, async (tx) => {
    if (fails) tx.publish(backupsEvents.runFailed, { ...ended, code: 'vault.target-exists', params: { path: '/nas' } });
    else {
      const sums = { files: 1, bytes: 1, newBytes: 1, problems: 0 };
      tx.publish(backupsEvents.runFinished, { ...ended, ...sums, result: 'success', snapshot: 's1' });
    }
  });
}

describe('a failed backup', () => {
  it('becomes an alert with what is known about it, reaches webhook and mailbox, and is over when the next run is good', async () => {
    await using running = new AsyncDisposableStack();
    const { jobs: queue, jobHandlers: handled, events } = site.context;
    function reportError(error: unknown): void {
      assert.fail(String(error));
    }
    const workers = startJobWorkers({ queue, handled, clock: systemClock, worker: 'test', reportError });
    running.defer(() => workers.stop());
    running.use(events.subscribe(site.context.alerts.subscriber));
    const entry = { type: 'other', title: 'When the backup of the Library failed', body: 'Plug in the NAS.', tags: [] };
    const made = await site.ask('POST', '/api/v1/knowledge/entries', { ...owner, body: { ...entry, lang: 'en' } });
    assert.equal(made.status, 201, made.text);

    const { secret } = await put('channels/ops', { kind: 'webhook', url: receiver.url, ...rhythm });
    await put('routes/all', {
      kinds: ['backup-failed'],
      minSeverity: 'error',
      targets: ['channel:ops', 'mail:ops@example.org'],
    });
    await publish(true);
    const [hook] = await until('the webhook', async () =>
      receiver.received.length > 0 ? receiver.received : undefined,
    );
    const [alert] = await alerts('active', 'backup-failed');
    assert.deepEqual(
      [alert.type, alert.severity, alert.title],
      ['backup-failed', 'error', 'The backup of Library (nas) failed'],
    );
    assert.match(alert.detail, /\/nas/);
    const notice = JSON.parse(hook?.body ?? '').data.notices[0];
    assert.deepEqual(
      [notice.kind, notice.url],
      ['backup-failed', `https://kura.example.org/operations/alerts/${alert.id}`],
    );
    const { headers, body } = hook ?? assert.fail('nothing came');
    const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].map(String).join('.');
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    assert.equal(headers['webhook-signature'], expected);
    const { raw } = await smtp.nth(0);
    assert.match(raw, /^Subject: \[Error\] The backup of Library \(nas\) failed$/m);
    assert.match(raw, /^References:\s+<operations\.alerts\.[\w-]+@example\.org>$/m);
    assert.match(raw, /^List-Unsubscribe: <https:\/\/kura\.example\.org\/account>$/m);

    const detail = (await site.ask('GET', `/api/v1/alerts/${alert.id}`, owner)).body;
    assert.deepEqual(
      detail.runbooks.map(({ title }: { title: string }) => title),
      [entry.title],
    );
    await publish(false);
    await until('the good news', async () => (receiver.received.length > 1 ? true : undefined));
    const [over] = await alerts('resolved', 'backup-failed');
    assert.deepEqual([over.id, over.resolved.by], [alert.id, null]);
    // The receiver has a letter before its delivery is written down as sent.
    const told = await until('both deliveries in the log', async () => {
      const log = (await site.ask('GET', '/api/v1/notify/deliveries?state=sent', owner)).body.items;
      const ours = log.filter((one: { target: string }) => one.target === 'channel:ops');
      return ours.length > 1 ? ours.map((one: { event: string }) => one.event) : undefined;
    });
    assert.deepEqual(told, ['resolved', 'raised']);
  });
});

describe('alerts', () => {
  it('are taken on, put off and closed, in bulk, by whoever may, with a word in the audit log', async () => {
    const occurrence = { at: new Date().toISOString() as never, position: null };
    for (const name of ['disk', 'queue']) {
      const subject = { kind: 'probe', id: name, name };
      const filling = { params: { detail: '1 byte free' } };
      await site.context.alerts.alerts.raise(
        { type: 'storage-low', fingerprint: `t:${name}`, subject, filling },
        occurrence,
      );
    }
    const open: readonly { readonly id: string }[] = await alerts('open', 'storage-low');
    const ids = open.map(({ id }) => id);
    assert.equal(ids.length, 2);
    await site.addUser('vera', 'viewer');
    const viewer = { session: await site.logIn('vera') };
    const path = '/api/v1/alerts/actions';
    assert.equal((await site.ask('POST', path, { ...viewer, body: { ids, action: 'resolve' } })).status, 403);
    async function act(body: object) {
      return site.ask('POST', path, { ...owner, body });
    }
    const taken = (await act({ ids: [...ids, 'nothing'], action: 'acknowledge', note: 'on it' })).body;
    assert.deepEqual([taken.items.length, taken.refused[0].code], [2, 'alerts.not-found']);
    assert.equal((await act({ ids, action: 'acknowledge' })).body.refused[0].code, 'alerts.not-in-this-state');
    await act({ ids: ids.slice(0, 1), action: 'snooze', minutes: 5 });
    await act({ ids: ids.slice(1), action: 'resolve' });
    const summary = (await site.ask('GET', '/api/v1/alerts/summary', viewer)).body;
    assert.deepEqual([summary.snoozed, summary.acknowledged], [1, 0]);
    const { body } = await site.ask('GET', '/api/v1/audit/entries?action=alerts.*', owner);
    assert.equal(body.items.length, 4);
  });

  it('about what somebody may not read are not there for them', async () => {
    const subject = { kind: 'detection', id: 'd1', name: 'hiro' };
    const signal = { type: 'security-detected', fingerprint: 't:security', subject } as const;
    await site.context.alerts.alerts.raise(signal, { at: new Date().toISOString() as never, position: null });
    await site.addUser('otto', 'operator');
    const operator = { session: await site.logIn('otto') };
    const { body } = await site.ask('GET', '/api/v1/alerts?type=security-detected', operator);
    assert.deepEqual(body.items, []);
    const [own] = (await site.ask('GET', '/api/v1/alerts?type=security-detected', owner)).body.items;
    assert.equal((await site.ask('GET', `/api/v1/alerts/${own.id}`, operator)).status, 404);
    const acted = await site.ask('POST', '/api/v1/alerts/actions', {
      ...operator,
      body: { ids: [own.id], action: 'resolve' },
    });
    assert.equal(acted.body.refused[0].code, 'alerts.not-found');
  });
});

describe('a channel', () => {
  it('is tested at once, and says what the other side answered, without its address', async () => {
    await put('channels/probe', { kind: 'teams', url: receiver.url, ...rhythm });
    const tested = await site.ask('POST', '/api/v1/notify/channels/probe/test', owner);
    assert.deepEqual([tested.status, tested.body.status, tested.body.answer], [200, 202, 'seen at …']);
    assert.match(receiver.received.at(-1)?.body ?? '', /AdaptiveCard/);
    receiver.refuseWith = 404;
    const refused = await site.ask('POST', '/api/v1/notify/channels/probe/test', owner);
    receiver.refuseWith = undefined;
    assert.deepEqual([refused.status, refused.code], [409, 'webhooks.refused']);
    const shown = await site.ask('GET', '/api/v1/notify/channels', owner);
    assert.doesNotMatch(shown.text + refused.text, /very-secret-path|whsec_/);
  });

  it('reaches neither private networks nor foreign services that nobody allowed', async () => {
    async function codeFor(kind: string, url: string) {
      return (await site.ask('PUT', '/api/v1/notify/channels/x', { ...owner, body: { kind, url, ...rhythm } })).code;
    }
    assert.equal(await codeFor('webhook', 'https://169.254.169.254/latest'), 'outbound.refused');
    assert.equal(await codeFor('webhook', 'https://10.0.0.7/hook'), 'outbound.refused');
    assert.equal(await codeFor('webhook', 'http://hooks.example.org/x'), 'outbound.refused');
    assert.equal(await codeFor('slack', 'https://hooks.slack.com.evil.example/x'), 'notify.channel-address-foreign');
  });
});

describe('service levels', () => {
  it('count what was due against what came, and say nothing of what was never due', async () => {
    const { body, status } = await site.ask('GET', '/api/v1/backups/service-levels?days=7', owner);
    assert.equal(status, 200);
    const library = body.jobs.find((one: { job: string }) => one.job === 'library');
    assert.deepEqual([library.job, library.expected, library.ratePercent, library.faults], ['library', 0, null, []]);
    assert.deepEqual([body.kpis.backupPercent, body.kpis.restorePercent, body.trend.length], [null, null, 1]);
  });

  it('come with how soon alerts about backups were taken on, and how long Kura was there, as tables of reports', async () => {
    const [from, to] = [-DAY, DAY].map((away) => new Date(Date.now() + away).toISOString().slice(0, 10));
    async function tableOf(kind: string, table: string) {
      const body = { kind, table, format: 'csv', from, to };
      const made = await site.ask('POST', '/api/v1/backups/documents', { ...owner, body });
      assert.equal(made.status, 200, made.text);
      return readCsv(Buffer.from(made.body.base64, 'base64').toString()).slice(1);
    }
    async function aboutBackups() {
      const { byType } = (await site.ask('GET', '/api/v1/alerts/statistics?days=1', owner)).body;
      const own = byType.filter(({ type }: { type: AlertTypeName }) => alertTypes[type].permission === 'backups:read');
      return own.reduce((sum: number, { raised }: { raised: number }) => sum + raised, 0);
    }
    const before = await aboutBackups();
    const responses = await tableOf('service-levels', 'responses');
    assert.deepEqual(
      responses.map(([severity, , , target]) => [severity, target]),
      [
        ['critical', '15'],
        ['error', '60'],
        ['warning', '120'],
        ['info', '1440'],
      ],
    );
    const counted = responses.reduce((sum, [, count]) => sum + Number(count), 0);
    assert.ok(before > 0);
    // Events may still be on their way while this is asked.
    assert.ok(before <= counted && counted <= (await aboutBackups()), `${counted} alerts, ${before} before`);
    const days = await tableOf('availability', 'availability');
    assert.deepEqual([days.length, days[0]?.[0]], [3, from]);
  });
});

describe('what somebody wants to hear', () => {
  it('is theirs to say, and takes an account', async () => {
    await site.addUser('mia', 'viewer');
    const own = { session: await site.logIn('mia') };
    const path = '/api/v1/notify/preferences';
    const wanted = { muted: ['test-due'], quiet: { from: '22:00', until: '07:00', zone: 'Asia/Tokyo' } };
    assert.equal((await site.ask('PUT', path, { ...own, body: wanted })).status, 200);
    const kept = (await site.ask('GET', path, own)).body;
    assert.deepEqual([kept.muted, kept.quiet.zone, kept.mail], [['test-due'], 'Asia/Tokyo', true]);
    assert.equal((await site.ask('GET', path, owner)).code, 'notify.no-account');
  });
});
