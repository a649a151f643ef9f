import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type Instant, instant } from '#kernel/brands';
import { systemRandom } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';
import { createIdSource } from '#kernel/ids';
import { DAY, HOUR, MINUTE } from '#kernel/units';
import type { Database } from '#platform/db';
import { createTranslators } from '#platform/i18n';
import { createTestPlatform, testActor, writeMigrations } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import type { ChannelMessage, ChannelTransport } from '../channels/channel-transport.ts';
import { type DeliveryState, preferencesSchema, routingRuleSchema } from '../contract/index.ts';
import { createMailOutbox, notifyMessages, notifyMigrations } from '../index.ts';
import { listMails } from '../mail-store.ts';
import type { Notice } from '../notice.ts';
import { createNotifier, type Notifier } from '../notifier.ts';
import type { People, Person } from '../people.ts';
import { savePreferences } from '../routing/rule-store.ts';
import { gather } from './gather.ts';
import { sendMessage } from './send-message.ts';

const begin = Date.UTC(2026, 10, 22, 14);
const mika: Person = { id: 'p1', name: 'mika', email: 'mika@example.org', language: 'ja' };
const ken: Person = { id: 'p2', name: 'ken', email: 'ken@example.org', language: 'en' };
const people: People = {
  byName: async (name) => [mika, ken].find((one) => one.name === name),
  byId: async (id) => [mika, ken].find((one) => one.id === id),
  withRole: async (role) => (role === 'admin' ? [mika] : []),
};
const plainSealer = {
  seal: (_context: string, secret: string) => secret,
  open: async (_: string, sealed: string) => sealed,
};
const { signal } = new AbortController();

/** A notifier on a real database, with a clock that the test turns and channels that keep what they get. */
class Bench implements AsyncDisposable {
  now = begin;
  failWith: KuraError | undefined;
  readonly sent: ChannelMessage[] = [];
  readonly notifier: Notifier;
  readonly database: Database;
  readonly #platform: ReturnType<typeof createTestPlatform>;

  constructor(database: Database) {
    const clock = { now: () => this.now, monotonic: () => this.now };
    const platform = createTestPlatform(database, { clock });
    const ids = createIdSource(clock, systemRandom);
    const translators = createTranslators([notifyMessages], 'Asia/Tokyo');
    const house = { database, clock, ids, sealer: plainSealer, translators, site: 'https://kura.example.org/' };
    const transport = { send: async () => assert.fail('mails are sent by their own job') };
    const mail = createMailOutbox({ ...house, houseLanguage: 'ja', transport });
    const channels: ChannelTransport = { checkAddress: () => undefined, send: (message) => this.#take(message) };
    const { unitOfWork } = platform;
    this.notifier = createNotifier({ ...house, unitOfWork, random: systemRandom, people, channels, mail });
    this.database = database;
    this.#platform = platform;
  }

  async addChannel(name: string, change: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const input = {
      kind: 'webhook',
      url: 'https://hooks.example.org/x',
      language: 'en',
      enabled: true,
      minSeverity: 'info',
    };
    const rhythm = { quiet: null, urgent: 'critical', digest: { every: 'none' }, maxPerHour: 10 };
    await this.notifier.saveChannel(testActor, { name, input: { ...input, ...rhythm, ...change } as never });
  }

  /** Replaces all rules. */
  async rules(...rules: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    for (const { name } of await this.notifier.rules()) await this.notifier.removeRule(testActor, name);
    for (const [index, rule] of rules.entries()) {
      await this.notifier.saveRule(testActor, { name: `r${index}`, ...routingRuleSchema.parse(rule) });
    }
  }

  async tell(change: Partial<Notice> = {}): Promise<void> {
    await this.#platform.unitOfWork.write(testActor, (tx) =>
      this.notifier.tell(tx, { ...notice(this.#instant()), ...change }),
    );
  }

  async prefer(person: Person, wanted: Readonly<Record<string, unknown>>): Promise<void> {
    const preferences = preferencesSchema.parse(wanted);
    await this.#platform.unitOfWork.write(testActor, (tx) => savePreferences(tx, person.id, preferences));
  }

  gather(target: string, most?: number): Promise<void> {
    return gather(this.notifier.deps, target, most);
  }

  /** Hands over what was made for the channel; answers with the code of the failure. */
  async send(channel: string, attempt = 1): Promise<string | undefined> {
    const { items } = { items: await this.notifier.deliveries({ limit: 100 }) };
    const open = items.find(({ delivery }) => delivery.state === 'sending' && delivery.target === `channel:${channel}`);
    const payload = { batch: open?.delivery.batch ?? assert.fail('nothing to send'), channel };
    const context = { id: 'job', payload, attempt, progress: null, signal, report: () => undefined };
    try {
      await sendMessage(this.notifier.deps, context);
      return undefined;
    } catch (error) {
      return isKuraError(error) ? error.code : String(error);
    }
  }

  /** `target state` of each delivery, oldest first. */
  async log(state?: DeliveryState): Promise<readonly string[]> {
    const all = await this.notifier.deliveries({ limit: 100, state });
    return all.map(({ delivery }) => `${delivery.target} ${delivery.state}`).toReversed();
  }

  async subjects(): Promise<readonly string[]> {
    const mails = await listMails(this.database, 100);
    return mails.map(({ content }) => (JSON.parse(content ?? '{}') as { subject?: string }).subject ?? '').toReversed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#platform[Symbol.asyncDispose]();
  }

  async #take(message: ChannelMessage) {
    if (this.failWith !== undefined) throw this.failWith;
    this.sent.push(message);
    return { status: 200, answer: 'ok' };
  }

  #instant(): Instant {
    return instant(new Date(this.now));
  }
}

let count = 0;

function notice(at: Instant): Notice {
  count += 1;
  return {
    id: `n${String(count).padStart(6, '0')}`,
    kind: 'backup-failed',
    event: 'raised',
    severity: 'error',
    level: 0,
    subject: { kind: 'job', id: 'library', name: 'Library' },
    tags: ['backup'],
    site: 'tokyo',
    owner: 'ken',
    title: { key: 'notify.test-notice.title', params: { name: `no. ${count}` } },
    lines: [],
    path: '/operations/alerts/a1',
    at,
  };
}

forEachDatabase((databases) => {
  async function open(): Promise<Bench> {
    return new Bench(await databases.open([...writeMigrations, ...notifyMigrations]));
  }

  describe('who is told', () => {
    it('is whom the rules name: each place once, by severity, kind, subject, tag, site and step', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.notifier.saveGroup(testActor, { name: 'night', members: ['user:ken', 'role:admin'] });
      await bench.rules(
        { minSeverity: 'critical', targets: ['channel:ops'] },
        { minSeverity: 'error', kinds: ['backup-failed'], targets: ['group:night', 'mail:mika@example.org'] },
        { kinds: ['other'], targets: ['mail:nobody@example.org'] },
        { level: 1, targets: ['mail:boss@example.org'] },
        { subjects: ['other'], targets: ['mail:other@example.org'] },
        { tags: ['security'], targets: ['mail:security@example.org'] },
        { sites: ['osaka'], targets: ['mail:osaka@example.org'] },
      );
      await bench.tell();
      assert.deepEqual((await bench.log()).toSorted(), [
        'mail:ken@example.org waiting',
        'mail:mika@example.org waiting',
      ]);
      await bench.tell({ severity: 'critical', event: 'escalated', level: 1, site: 'osaka' });
      assert.ok((await bench.log()).includes('mail:boss@example.org waiting'));
      assert.equal((await bench.log()).includes('mail:osaka@example.org waiting'), false, 'of another step');
    });

    it('is the owner where a rule says so, and nobody where there is none', async () => {
      await using bench = await open();
      await bench.rules({ targets: ['owner'] });
      await bench.tell({ owner: null });
      await bench.tell({ owner: 'gone' });
      assert.deepEqual(await bench.log(), []);
      await bench.tell({ owner: 'ken' });
      assert.deepEqual(await bench.log(), ['mail:ken@example.org waiting']);
    });

    it('hears that it is over up to the step it stands at', async () => {
      await using bench = await open();
      await bench.rules({ level: 0, targets: ['mail:a@example.org'] }, { level: 2, targets: ['mail:b@example.org'] });
      await bench.tell({ event: 'resolved', level: 1 });
      assert.deepEqual(await bench.log(), ['mail:a@example.org waiting']);
    });

    it('is told once, however often the same notice comes', async () => {
      await using bench = await open();
      await bench.rules({ targets: ['mail:a@example.org'] });
      await bench.tell({ id: 'same' });
      await bench.tell({ id: 'same' });
      assert.deepEqual(await bench.log(), ['mail:a@example.org waiting']);
    });

    it('is not who wants no mail, no such kind, or nothing so slight', async () => {
      await using bench = await open();
      await bench.addChannel('loud', { minSeverity: 'critical' });
      await bench.addChannel('off', { enabled: false });
      await bench.rules({ targets: ['user:mika', 'user:ken', 'channel:loud', 'channel:off'] });
      await bench.prefer(mika, { mail: false });
      await bench.prefer(ken, { muted: ['backup-failed'] });
      await bench.tell();
      assert.deepEqual(await bench.log(), []);
    });
  });

  describe('a message', () => {
    it('tells all that waits for the place at once, and what comes later in another', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.rules({ targets: ['channel:ops', 'mail:ken@example.org', 'user:ken'] });
      await bench.tell({ title: { key: 'notify.test-notice.title', params: { name: 'first' } } });
      await bench.tell({
        severity: 'critical',
        title: { key: 'notify.test-notice.title', params: { name: 'second' } },
      });
      await bench.gather('channel:ops');
      await bench.gather('mail:ken@example.org');
      assert.equal(await bench.send('ops'), undefined);
      assert.equal(bench.sent[0]?.title, '2 notices, the most severe: [Critical] Test message for the channel second');
      assert.equal(bench.sent[0]?.notices[0]?.url, 'https://kura.example.org/operations/alerts/a1');
      assert.deepEqual(await bench.subjects(), [
        '2 notices, the most severe: [Critical] Test message for the channel second',
      ]);
      assert.deepEqual((await bench.log()).toSorted(), [
        'channel:ops sent',
        'channel:ops sent',
        'mail:ken@example.org sending',
        'mail:ken@example.org sending',
      ]);
    });

    it('lists the most severe first, where a channel shows the first ten', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.rules({ targets: ['channel:ops'] });
      for (let told = 0; told < 10; told += 1) await bench.tell({ severity: 'warning' });
      await bench.tell({ id: 'eleventh', severity: 'critical' });
      await bench.gather('channel:ops');
      assert.equal(await bench.send('ops'), undefined);
      assert.equal(bench.sent[0]?.notices.length, 11);
      assert.equal(bench.sent[0]?.notices[0]?.id, 'eleventh');
    });

    it('takes so many, what is critical first, and the rest follow by themselves', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.rules({ targets: ['channel:ops'] });
      for (const id of ['a', 'b', 'c']) {
        await bench.tell({ id, severity: 'warning' });
        bench.now += 1;
      }
      await bench.tell({ id: 'urgent', severity: 'critical' });
      await bench.gather('channel:ops', 2);
      assert.equal(await bench.send('ops'), undefined);
      assert.deepEqual(
        bench.sent[0]?.notices.map(({ id }) => id),
        ['urgent', 'a'],
      );
      const jobs = await bench.database
        .tables<{ kura_jobs: { name: string } }>()
        .selectFrom('kura_jobs')
        .select('name')
        .where('name', '=', 'notify.gather')
        .execute();
      assert.equal(jobs.length, 2, 'one for all that came, one for those left');
      await bench.gather('channel:ops', 2);
      assert.deepEqual(await bench.log('waiting'), []);
    });

    it('waits for the end of quiet hours, but for what is urgent', async () => {
      await using bench = await open();
      await bench.rules({ targets: ['user:mika'] });
      await bench.prefer(mika, { quiet: { from: '22:00', until: '07:00', zone: 'Asia/Tokyo' } });
      await bench.tell();
      await bench.gather('mail:mika@example.org');
      assert.deepEqual(await bench.subjects(), []);
      await bench.tell({ severity: 'critical', title: { key: 'notify.test-notice.title', params: { name: '急' } } });
      await bench.gather('mail:mika@example.org');
      assert.deepEqual(await bench.subjects(), ['[重大] チャンネル 急 へのテスト送信']);
      bench.now += 8 * HOUR;
      await bench.gather('mail:mika@example.org');
      assert.equal((await bench.subjects()).length, 2);
    });

    it('that is one too many within the hour waits, and takes along what came meanwhile', async () => {
      await using bench = await open();
      await bench.addChannel('ops', { maxPerHour: 2 });
      await bench.rules({ targets: ['channel:ops'] });
      for (let sent = 0; sent < 4; sent += 1) {
        await bench.tell();
        await bench.gather('channel:ops');
        bench.now += MINUTE;
      }
      const states = (await bench.log()).map((line) => line.split(' ')[1] as DeliveryState);
      assert.deepEqual(states, ['sending', 'sending', 'waiting', 'waiting']);
      bench.now += HOUR;
      await bench.gather('channel:ops');
      const batches = (await bench.notifier.deliveries({ limit: 9 })).map(({ delivery }) => delivery.batch);
      assert.equal(new Set(batches).size, 3);
    });

    it('is tried again while it may pass, given up when it is refused, and can be sent again', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.rules({ targets: ['channel:ops'] });
      await bench.tell();
      await bench.gather('channel:ops');
      bench.failWith = new KuraError('unavailable', 'webhooks.failed', { params: { reason: '503' } });
      assert.equal(await bench.send('ops'), 'webhooks.failed');
      assert.deepEqual(await bench.log(), ['channel:ops sending']);
      bench.failWith = new KuraError('conflict', 'webhooks.refused', { params: { reason: '404 no_team' } });
      assert.equal(await bench.send('ops', 2), 'webhooks.refused');
      const [failed] = await bench.notifier.deliveries({ limit: 1, state: 'failed' });
      assert.deepEqual([failed?.delivery.attempts, failed?.delivery.last_reason], [2, '404 no_team']);
      assert.equal((await bench.notifier.channels())[0]?.health.failures, 2);
      bench.failWith = undefined;
      await bench.notifier.retry(testActor, failed?.delivery.id ?? '');
      await bench.gather('channel:ops');
      assert.equal(await bench.send('ops'), undefined);
      assert.deepEqual(await bench.log(), ['channel:ops sent']);
      assert.equal((await bench.notifier.channels())[0]?.health.failures, 0);
    });

    it('leaves the log after 90 days, a mail too, unless it still waits', async () => {
      await using bench = await open();
      await bench.rules({ targets: ['mail:ken@example.org'] });
      await bench.tell({ id: 'old' });
      await bench.gather('mail:ken@example.org');
      await bench.rules({ targets: ['mail:mika@example.org'] });
      await bench.tell({ id: 'waiting' });
      bench.now += 91 * DAY;
      await bench.rules({ targets: ['mail:ken@example.org'] });
      await bench.tell({ id: 'new' });
      assert.equal((await bench.log()).length, 3);
      await bench.gather('mail:ken@example.org');
      assert.deepEqual(await bench.log(), ['mail:mika@example.org waiting', 'mail:ken@example.org sending']);
      assert.deepEqual(await bench.log('waiting'), ['mail:mika@example.org waiting']);
      assert.deepEqual(await bench.log('sending'), ['mail:ken@example.org sending']);
      await bench.gather('mail:mika@example.org');
      assert.equal((await bench.subjects()).length, 2, 'the mail went with its delivery');
      const notices = await bench.database
        .tables<{ notify_notices: { id: string } }>()
        .selectFrom('notify_notices')
        .select('id')
        .orderBy('id')
        .execute();
      assert.deepEqual(
        notices.map(({ id }) => id),
        ['new', 'waiting'],
      );
    });

    it('is made by one of two that gather at once', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.rules({ targets: ['channel:ops'] });
      await bench.tell();
      await Promise.all([bench.gather('channel:ops'), bench.gather('channel:ops')]);
      const jobs = await bench.database
        .tables<{ kura_jobs: { name: string } }>()
        .selectFrom('kura_jobs')
        .select('name')
        .where('name', '=', 'notify.send-message')
        .execute();
      assert.equal(jobs.length, 1);
    });
  });

  describe('a channel', () => {
    it('signs with both secrets while one takes over from the other', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.rules({ targets: ['channel:ops'] });
      const { secret } = await bench.notifier.renewSecret(testActor, { name: 'ops', overlapHours: 1 });
      await bench.tell();
      await bench.gather('channel:ops');
      await bench.send('ops');
      bench.now += 2 * HOUR;
      await bench.tell();
      await bench.gather('channel:ops');
      await bench.send('ops');
      assert.deepEqual([bench.sent[0]?.secrets[0], bench.sent[0]?.secrets.length], [secret, 2]);
      assert.deepEqual(bench.sent[1]?.secrets, [secret]);
    });

    it('stays while a rule or group names it', async () => {
      await using bench = await open();
      await bench.addChannel('ops');
      await bench.rules({ targets: ['channel:ops'] });
      await assert.rejects(bench.notifier.removeChannel(testActor, 'ops'), { code: 'notify.name-in-use' });
      await bench.rules();
      await bench.notifier.removeChannel(testActor, 'ops');
      await assert.rejects(bench.rules({ targets: ['channel:ops'] }), { code: 'notify.target-unknown' });
    });
  });
});
