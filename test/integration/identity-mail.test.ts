/** What accounts send by mail: invitations, links for a new password, notices of what happened. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { HOUR, MINUTE } from '#kernel/units';
import { startJobWorkers } from '#platform/jobs';
import { type MailTransport, mailProbe, notifyJobHandlers, type RenderedMail } from '#platform/notify';
import { forEachDatabase } from '#stand-ins/databases';
import { startMailServer } from '#stand-ins/mail-server';

import { houseMigrations, openHouse, refusal, site } from './identity/identity-house.ts';
import { machineToken, passwordOf } from './over-http/asked.ts';
import { openWholeSite } from './whole-site/open-whole-site.ts';

const owner = { bearer: machineToken } as const;
const request = '/api/v1/session/password-reset/request';

interface LogLine {
  readonly recipient: string;
  readonly state: string;
  readonly attempts: number;
}

interface Post extends MailTransport {
  readonly taken: RenderedMail[];
  failWith: KuraError | undefined;
}

function openPost(): Post {
  const post: Post = {
    taken: [],
    failWith: undefined,
    send: async (mail) => {
      if (post.failWith !== undefined) throw post.failWith;
      post.taken.push(mail);
    },
  };
  return post;
}

function codeIn({ text }: RenderedMail, word: string): string {
  const link = new RegExp(`${site}/login#${word}=([\\w-]+)`).exec(text)?.[1];
  return link ?? assert.fail(text);
}

forEachDatabase((databases) => {
  async function open(post: Post) {
    return openHouse(await databases.open(houseMigrations), { transport: post });
  }

  async function addWithMail(house: Awaited<ReturnType<typeof open>>, username: string, language: string | null) {
    const body = {
      username,
      role: 'viewer',
      password: passwordOf(username),
      email: `${username}@example.org`,
      language,
    };
    const answer = await house.ask('/api/v1/users', { method: 'POST', ...owner, body });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
  }

  describe('a forgotten password', () => {
    it('is answered alike for every address; the link comes by mail, in the language of the account, and works once', async () => {
      const post = openPost();
      await using house = await open(post);
      await addWithMail(house, 'mika', 'ja');
      await addWithMail(house, 'gone', 'en');
      await house.ask('/api/v1/users/gone/active', { method: 'PUT', ...owner, body: { active: false } });
      for (const email of ['MIKA@example.org', 'gone@example.org', 'nobody@example.org']) {
        const { status, body } = await house.ask(request, { method: 'POST', body: { email } });
        assert.deepEqual([status, body], [204, undefined], email);
      }
      await house.runJobs();
      assert.deepEqual(
        post.taken.map(({ to, language, subject }) => [to, language, subject]),
        [['mika@example.org', 'ja', 'Kura のパスワードの再設定']],
      );
      const [mail] = post.taken;
      const body = { code: codeIn(mail ?? assert.fail(), 'reset'), password: 'nine calm herons wait' };
      const path = '/api/v1/session/password-reset';
      assert.equal((await house.ask(path, { method: 'POST', body })).status, 204);
      assert.deepEqual(refusal(await house.ask(path, { method: 'POST', body })), [401, 'identity.link-used']);
      await house.runJobs();
      assert.equal(post.taken.at(-1)?.subject, 'パスワードが変更されました');
      const login = { username: 'mika', password: body.password };
      assert.equal((await house.ask('/api/v1/session', { method: 'POST', body: login })).status, 201);
    });

    it('fills nobody’s inbox, and is asked for no more often than an address may fail', async () => {
      const post = openPost();
      await using house = await open(post);
      await addWithMail(house, 'mika', null);
      async function ask(from: string): Promise<number> {
        const answer = await house.ask(request, { method: 'POST', body: { email: 'mika@example.org' }, from });
        await house.runJobs();
        return answer.status;
      }
      for (let time = 0; time < 4; time += 1) assert.equal(await ask(`198.51.100.${time}`), 204);
      assert.equal(post.taken.length, 1, 'one mail in five minutes');
      house.now += 6 * MINUTE;
      assert.equal(await ask('198.51.100.9'), 204);
      assert.equal(post.taken.length, 2);
      for (let time = 0; time < 30; time += 1) {
        await house.ask(request, { method: 'POST', body: { email: `x${time}@example.org` } });
      }
      assert.equal(await ask('192.0.2.10'), 429);
    });

    it('keeps neither the address that was typed nor the link where somebody could read it', async () => {
      const post = openPost();
      await using house = await open(post);
      await addWithMail(house, 'mika', null);
      await house.ask(request, { method: 'POST', body: { email: 'typed-by-mistake@example.org' } });
      assert.doesNotMatch(await house.everythingStored(), /typed-by-mistake/);
      await house.ask(request, { method: 'POST', body: { email: 'mika@example.org' } });
      await house.runJobs();
      const [mail] = post.taken;
      assert.ok(!(await house.everythingStored()).includes(codeIn(mail ?? assert.fail(), 'reset')));
    });

    it('is not for accounts whose password is kept elsewhere, and not where there is no mail server', async () => {
      await using house = await openHouse(await databases.open(houseMigrations));
      const answer = await house.ask(request, { method: 'POST', body: { email: 'mika@example.org' } });
      assert.deepEqual(refusal(answer), [409, 'notify.mail-off']);
      assert.deepEqual((await house.ask('/api/v1/session')).body.ways, { provider: null, passwordReset: false });
    });
  });

  // What is written, and to whom, is no matter of the database.
  if (databases.dialect === 'sqlite') aboutLetters();

  function aboutLetters(): void {
    describe('the language of the account', () => {
      it('is that of answers, wherever nothing else is asked for', async () => {
        await using house = await open(openPost());
        await addWithMail(house, 'mika', 'ja');
        const session = await house.logIn('mika');
        async function title(headers: Readonly<Record<string, string>> = {}): Promise<string> {
          return (await house.ask('/api/v1/users', { session, headers })).body.title;
        }
        assert.match(await title({ 'accept-language': 'en-US' }), /権限/);
        assert.doesNotMatch(await title({ 'x-kura-language': 'en' }), /権限/);
        await house.ask('/api/v1/users/me', { method: 'PATCH', session, body: { language: 'en' } });
        assert.doesNotMatch(await title({ 'accept-language': 'ja' }), /権限/);
      });
    });

    describe('an invitation', () => {
      it('goes to the address in the language of who invites, and opens the account', async () => {
        const post = openPost();
        await using house = await open(post);
        const body = { role: 'editor', email: 'new@example.org' };
        const made = await house.ask('/api/v1/invitations', { method: 'POST', ...owner, body });
        assert.equal(made.body.mailed, true);
        assert.doesNotMatch(await house.everythingStored(), new RegExp(`${site}/login#invitation=`));
        await house.runJobs();
        const mail = post.taken[0] ?? assert.fail('no mail');
        const acceptance = { code: codeIn(mail, 'invitation'), username: 'newbie', password: passwordOf('newbie') };
        const accepted = await house.ask('/api/v1/session/invitation', { method: 'POST', body: acceptance });
        assert.equal(accepted.status, 201, JSON.stringify(accepted.body));
      });

      it('with an address that is none, or two, is refused before anything is made', async () => {
        await using house = await open(openPost());
        for (const email of ['a@example.org,b@example.org', 'a@example.org\r\nBcc: b@example.org', '<a@example.org>']) {
          const body = { role: 'viewer', email };
          assert.equal((await house.ask('/api/v1/invitations', { method: 'POST', ...owner, body })).status, 422, email);
        }
        assert.deepEqual((await house.ask('/api/v1/invitations', owner)).body.items, []);
      });
    });

    describe('whoever did not do it hears of it', () => {
      it('a login from elsewhere, a new key, a changed password or address – the last at the old address', async () => {
        const post = openPost();
        await using house = await open(post);
        await addWithMail(house, 'mika', 'en');
        const session = await house.logIn('mika');
        await house.runJobs();
        assert.equal(post.taken.length, 0, 'a first login has nothing to be compared with');
        await house.logIn('mika', '203.0.113.77');
        const keys = { method: 'POST', session, body: { name: 'night', scopes: ['read'] } } as const;
        await house.ask('/api/v1/users/me/keys', keys);
        const change = { current: passwordOf('mika'), password: 'nine calm herons wait' };
        await house.ask('/api/v1/users/me/password', { method: 'PUT', session, body: change });
        const profile = { email: 'evil@example.net' };
        await house.ask('/api/v1/users/me', { method: 'PATCH', session, body: profile });
        await house.runJobs();
        const seen = post.taken.map(({ to, subject }) => `${to}: ${subject}`).toSorted();
        assert.deepEqual(seen, [
          'mika@example.org: An API key was made',
          'mika@example.org: New login to Kura',
          'mika@example.org: The e-mail address of your account was changed',
          'mika@example.org: Your password was changed',
        ]);
        const login = post.taken.find(({ subject }) => subject === 'New login to Kura');
        assert.match(login?.text ?? '', /203\.0\.113\.77/);
      });
    });
  }

  describe('the outbox', () => {
    it('tries again what may pass, gives up what is refused, and sends nothing that came too late', async () => {
      const post = openPost();
      await using house = await open(post);
      function invite(email: string) {
        return house.ask('/api/v1/invitations', { method: 'POST', ...owner, body: { role: 'viewer', email } });
      }
      async function log() {
        const { items } = (await house.ask('/api/v1/mails', owner)).body;
        const lines = items.map(({ recipient, state, attempts }: LogLine) => `${recipient} ${state} ${attempts}`);
        return new Set<string>(lines);
      }
      post.failWith = new KuraError('unavailable', 'smtp.unreachable', { params: { reason: 'ECONNREFUSED' } });
      await invite('later@example.org');
      await house.runJobs();
      assert.deepEqual(await log(), new Set(['later@example.org queued 1']));
      post.failWith = new KuraError('conflict', 'smtp.refused', { params: { reason: '550 no such person' } });
      await invite('nobody@example.org');
      await house.runJobs();
      assert.ok((await log()).has('nobody@example.org failed 1'));
      post.failWith = undefined;
      await invite('late@example.org');
      house.now += 8 * 24 * HOUR;
      await house.runJobs();
      assert.ok((await log()).has('late@example.org expired 0'));
      assert.equal(post.taken.length, 0);
    });

    it('degrades its probe when mails fail or wait for long, and gives up what waits when there is no server any more', async () => {
      const post = openPost();
      const database = await databases.open(houseMigrations);
      await using house = await openHouse(database, { transport: post });
      const clock = { now: () => house.now, monotonic: () => house.now };
      const probe = mailProbe(database, clock);
      const { signal } = new AbortController();
      async function invite(): Promise<void> {
        const body = { role: 'viewer', email: 'a@example.org' };
        await house.ask('/api/v1/invitations', { method: 'POST', ...owner, body });
      }
      await invite();
      assert.equal((await probe.run(signal)).state, 'ok');
      house.now += HOUR;
      assert.equal((await probe.run(signal)).state, 'degraded', 'it waits for long');
      await house.runJobs();
      assert.equal((await probe.run(signal)).state, 'ok');
      await invite();
      const [job] = notifyJobHandlers({ database, clock, mail: undefined });
      const { items } = (await house.ask('/api/v1/mails', owner)).body;
      const { id } = items.find(({ state }: LogLine) => state === 'queued');
      const run = { id: 'job', payload: { id }, attempt: 1, progress: null, signal, report: () => undefined };
      await job?.handler(run);
      assert.equal((await probe.run(signal)).state, 'degraded', 'it failed');
      assert.doesNotMatch(await house.everythingStored(), /sealed:/, 'what it said is gone');
    });

    it('is shown to who may read accounts, and says never what a mail says', async () => {
      const post = openPost();
      await using house = await open(post);
      await addWithMail(house, 'mika', null);
      await house.ask('/api/v1/invitations', {
        method: 'POST',
        ...owner,
        body: { role: 'viewer', email: 'a@example.org' },
      });
      const session = await house.logIn('mika');
      assert.equal((await house.ask('/api/v1/mails', { session })).status, 403);
      const { body } = await house.ask('/api/v1/mails', owner);
      assert.doesNotMatch(JSON.stringify(body), /login#/);
    });
  });
});

describe('a server with a mail server', () => {
  it('sends what it queued, over the real wire, and says so', async () => {
    await using smtp = await startMailServer({ security: 'plain' });
    await using kura = await openWholeSite({
      environment: {
        KURA_MAIL_HOST: '127.0.0.1',
        KURA_MAIL_PORT: String(smtp.port),
        KURA_MAIL_SECURITY: 'plain',
        KURA_MAIL_FROM: 'kura@example.org',
        KURA_ACCESS_PUBLIC_URL: 'https://kura.example.org',
      },
    });
    const { jobs: queue, jobHandlers: handled } = kura.context;
    const body = { role: 'viewer', email: 'mika@example.org' };
    const made = await kura.ask('POST', '/api/v1/invitations', { ...owner, body });
    assert.equal(made.body.mailed, true, made.text);
    const faults: unknown[] = [];
    await using _workers = startJobWorkers({
      queue,
      handled,
      clock: systemClock,
      worker: 'test',
      reportError: (error) => void faults.push(error),
    });
    const { raw } = await smtp.nth(0);
    assert.match(raw, /^Subject: You are invited to Kura$/m);
    const test = await kura.ask('POST', '/api/v1/mails/test', { ...owner, body: { to: 'ada@example.org' } });
    assert.equal(test.status, 200, test.text);
    assert.deepEqual((await smtp.nth(1)).to, ['ada@example.org']);
    assert.deepEqual(faults, []);
  });
});
