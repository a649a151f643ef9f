import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';

import { knowledgeMessages, knowledgeRoutes } from '#knowledge';
import { accessMessages, adminCaller, type Caller } from '#platform/access';
import { createHttpServer, httpMessages, type RouteHandler } from '#platform/http';
import { createTranslators } from '#platform/i18n';
import { silentLogger } from '#platform/log';
import { createMetrics } from '#platform/metrics';
import { forEachDatabase } from '#stand-ins/databases';

import { type OpenKnowledge, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

const reader: Caller = { kind: 'user', id: 'r', name: 'reader', permissions: new Set(['knowledge:read']) };
const callers: ReadonlyMap<string | undefined, Caller> = new Map([
  ['admin', adminCaller()],
  ['reader', reader],
  ['page', { ...reader, sessionId: 's' }],
]);

function serverOver({ knowledge }: OpenKnowledge) {
  const translators = createTranslators([httpMessages, accessMessages, knowledgeMessages]);
  return createHttpServer({
    handlers: knowledgeRoutes(knowledge, translators),
    authenticate: async ({ bearer }) => callers.get(bearer),
    translators,
    defaultLanguage: 'en',
    logger: silentLogger,
    metrics: createMetrics(),
    stopping: new AbortController().signal,
  });
}

function asking(server: Awaited<ReturnType<typeof serverOver>>): Ask {
  return async (method, path, { body, as = 'admin' } = {}) =>
    server.inject({
      method,
      url: `/api/v1/knowledge${path}`,
      headers: { authorization: `Bearer ${as}` },
      ...(body === undefined ? {} : { payload: body }),
    });
}

const entry = { title: 'VPN障害', type: 'incident', body: '証明書が切れた。', tags: ['網'] };

forEachDatabase((databases) => {
  async function withServer(run: (ask: Ask) => Promise<void>): Promise<void> {
    await using open = await openKnowledge(await databases.freshUrl());
    const server = await serverOver(open);
    await run(asking(server));
    await server.close();
  }

  describe('the knowledge API', () => {
    it('counts searches and what they led to of people at a page, not of programs', () =>
      withServer(async (ask) => {
        const { id } = (await ask('POST', '/entries', { body: entry })).json();
        const query = `?q=${encodeURIComponent('証明書')}`;
        assert.equal((await ask('GET', `/search${query}`)).json().searchId, undefined);
        const { searchId } = (await ask('GET', `/search${query}`, { as: 'page' })).json();
        const body = { action: 'click', search: { id: searchId, place: 1 } };
        assert.equal((await ask('POST', `/entries/${id}/uses`, { body, as: 'page' })).statusCode, 204);
        const { figures } = (await ask('GET', '/usage?days=7')).json();
        const found = ['searches', 'opened'].map(
          (name) => figures.find((one: { id: string }) => one.id === name).value,
        );
        assert.deepEqual(found, [1, 1]);
        assert.equal((await ask('GET', '/gaps', { as: 'reader' })).statusCode, 403);
        const page = (await ask('GET', '/export?format=csv')).json();
        assert.deepEqual([page.entries, page.next], [1, null]);
      }));

    it('creates an entry, says where it is, and finds it at once', () =>
      withServer(async (ask) => {
        const created = await ask('POST', '/entries', { body: entry });
        assert.equal(created.statusCode, 201);
        const { id, version } = created.json();
        assert.equal(created.headers.location, `/api/v1/knowledge/entries/${id}`);
        assert.deepEqual([created.headers.etag, version], ['"1"', 1]);
        assert.equal((await ask('GET', `/entries/${id}`)).json().title, 'VPN障害');
        const query = `?q=${encodeURIComponent('証明書')}&tag=${encodeURIComponent('網')}&type=incident&facets=true`;
        const found = (await ask('GET', `/search${query}`)).json();
        assert.deepEqual(
          [found.total, found.hits[0].id, found.facets.types],
          [1, id, [{ value: 'incident', count: 1 }]],
        );
        assert.equal((await ask('GET', '/entries?limit=1')).json().items.length, 1);
      }));

    it('hands out a file beside an entry so that no browser takes it for a page of this site', () =>
      withServer(async (ask) => {
        const { id } = (await ask('POST', '/entries', { body: entry })).json();
        const page = '<script>alert(1)</script>';
        const body = { name: "罠 (it's).html", content: Buffer.from(page).toString('base64') };
        const added = await ask('POST', `/entries/${id}/attachments`, { body });
        assert.equal(added.statusCode, 201, added.body);
        const place = `/entries/${id}/attachments/${encodeURIComponent(body.name)}`;
        const file = await ask('GET', `${place}/file`, { as: 'reader' });
        assert.deepEqual([file.statusCode, file.body], [200, page]);
        assert.equal(file.headers['content-type'], 'application/octet-stream');
        assert.equal(file.headers['content-security-policy'], "default-src 'none'; sandbox");
        assert.equal(file.headers['x-content-type-options'], 'nosniff');
        const name = '%E7%BD%A0%20%28it%27s%29.html';
        assert.equal(
          file.headers['content-disposition'],
          `attachment; filename="_ (it's).html"; filename*=UTF-8''${name}`,
        );
        assert.equal((await ask('GET', place, { as: 'reader' })).json().content, body.content);
        assert.equal((await ask('DELETE', place, { as: 'reader' })).statusCode, 403);
        assert.equal((await ask('DELETE', place)).statusCode, 204);
        assert.equal((await ask('GET', `${place}/file`)).statusCode, 404);
        const noBase64 = { ...body, content: 'no base64!' };
        assert.equal((await ask('POST', `/entries/${id}/attachments`, { body: noBase64 })).statusCode, 422);
      }));

    it('refuses a change of what somebody else changed meanwhile, and keeps theirs', () =>
      withServer(async (ask) => {
        const { id } = (await ask('POST', '/entries', { body: entry })).json();
        const theirs = await ask('PUT', `/entries/${id}`, { body: { ...entry, title: '先', version: 1 } });
        assert.deepEqual([theirs.statusCode, theirs.headers.etag], [200, '"2"']);
        const mine = await ask('PUT', `/entries/${id}`, { body: { ...entry, title: '後', version: 1 } });
        assert.deepEqual([mine.statusCode, mine.json().code], [409, 'knowledge.stale-version']);
        assert.equal((await ask('GET', `/entries/${id}`)).json().title, '先');
      }));

    it('removes an entry, and knows nothing of it afterwards', () =>
      withServer(async (ask) => {
        const { id } = (await ask('POST', '/entries', { body: entry })).json();
        assert.equal((await ask('DELETE', `/entries/${id}`)).statusCode, 204);
        for (const method of ['GET', 'DELETE'] as const) {
          const gone = await ask(method, `/entries/${id}`);
          assert.deepEqual([gone.statusCode, gone.json().code], [404, 'knowledge.entry-not-found']);
        }
      }));

    it('lets readers read only', () =>
      withServer(async (ask) => {
        const { id } = (await ask('POST', '/entries', { body: entry })).json();
        assert.equal((await ask('GET', `/entries/${id}`, { as: 'reader' })).statusCode, 200);
        assert.equal((await ask('POST', '/entries', { body: entry, as: 'reader' })).statusCode, 403);
        assert.equal((await ask('DELETE', `/entries/${id}`, { as: 'reader' })).statusCode, 403);
        assert.equal((await ask('GET', '/search?q=x', { as: 'nobody' })).statusCode, 401);
      }));

    it('names every faulty field', () =>
      withServer(async (ask) => {
        const refused = await ask('POST', '/entries', {
          body: { ...entry, title: ' ', type: 'poem', tags: [''], x: 1 },
        });
        const paths = refused.json().errors.map(({ path }: { path: string }) => path);
        assert.equal(refused.statusCode, 422);
        assert.deepEqual(paths.toSorted(), ['body', 'body.tags.0', 'body.title', 'body.type']);
        for (const query of ['limit=0', 'limit=101', 'limit=x', 'offset=-1', 'type=poem', 'match=most', 'colour=red']) {
          assert.equal((await ask('GET', `/search?${query}`)).statusCode, 422, query);
        }
      }));

    it('takes a taken external id for a conflict', () =>
      withServer(async (ask) => {
        await ask('POST', '/entries', { body: { ...entry, externalId: 'KB-1' } });
        const second = await ask('POST', '/entries', { body: { ...entry, externalId: 'KB-1' } });
        assert.deepEqual([second.statusCode, second.json().code], [409, 'knowledge.external-id-taken']);
        assert.equal((await ask('GET', '/entries/KB-1')).statusCode, 200);
      }));
  });
});

/** The probes of the specification that need the API alone; the others have tests of their own. */
forEachDatabase((databases) => {
  async function withServer(run: (ask: Ask, handlers: readonly RouteHandler[]) => Promise<void>): Promise<void> {
    await using open = await openKnowledge(await databases.freshUrl());
    const server = await serverOver(open);
    const handlers = knowledgeRoutes(open.knowledge, createTranslators([knowledgeMessages]));
    await run(asking(server), handlers);
    await server.close();
  }

  describe('the acceptance probes of the knowledge base', () => {
    it('find a two-character word from its writing on until it is edited away, and nothing of what is removed', () =>
      withServer(async (ask) => {
        const other = (await ask('POST', '/entries', { body: { ...entry, title: 'VPNの更改' } })).json();
        const created = await ask('POST', '/entries', { body: { ...entry, body: '証明書の失効。' } });
        const place = String(created.headers.location).replace('/api/v1/knowledge', '');
        assert.equal((await ask('GET', place)).statusCode, 200);
        const { id } = created.json();
        async function found(): Promise<number> {
          return (await ask('GET', `/search?q=${encodeURIComponent('失効')}`)).json().total;
        }
        assert.equal(await found(), 1);
        const edited = { ...entry, body: '証明書の更新。', version: 1 };
        assert.equal((await ask('PUT', place, { body: edited })).statusCode, 200);
        assert.equal(await found(), 0);
        assert.equal((await ask('DELETE', place)).statusCode, 204);
        const everywhere = [
          '/entries',
          '/search?q=VPN&facets=true',
          `/entries/${other.id}/related`,
          '/suggestions?q=VPN',
          '/export?format=csv',
        ];
        for (const path of everywhere) {
          const { statusCode, body } = await ask('GET', path);
          assert.deepEqual([statusCode, body.includes(id)], [200, false], `${path}: ${body}`);
        }
        const { facets } = (await ask('GET', '/search?q=VPN&facets=true')).json();
        assert.deepEqual(facets.types, [{ value: 'incident', count: 1 }]);
      }));

    it('answer whatever is asked, down to one character and up to a pasted log', () =>
      withServer(async (ask) => {
        await ask('POST', '/entries', {
          body: {
            ...entry,
            title: '認証サーバーの障害',
            body: 'VPN に接続できない。SSL/TLS の設定。C:\\ と 100% を確認。',
          },
        });
        const log = '2026-05-04T10:11:12Z ERROR [auth] 認証 failed: connection refused (10.0.0.1:636) '.repeat(60);
        const texts = ['障害', '認証', 'VPN 障害', 'ＶＰＮ', 'ｻｰﾊﾞｰ', '"SSL/TLS"', 'C:\\', '障', '100%'];
        for (const text of texts) {
          const answered = await ask('GET', `/search?q=${encodeURIComponent(text)}`);
          assert.deepEqual([answered.statusCode, answered.json().total], [200, 1], `${text}: ${answered.body}`);
        }
        for (const text of ['%', '"', '(', '-', '*', log.slice(0, 4000)]) {
          const answered = await ask('GET', `/search?q=${encodeURIComponent(text)}`);
          assert.equal(answered.statusCode, 200, `${text}: ${answered.body}`);
        }
      }));

    it('refuse a reader every route that writes, and a stranger everything', () =>
      withServer(async (ask, handlers) => {
        const asked = handlers.filter(({ route }) => route.access !== 'knowledge:read');
        assert.ok(asked.length >= 25, String(asked.length));
        for (const { route } of asked) {
          const path = route.path.replace('/api/v1/knowledge', '').replaceAll(/:\w+/gu, 'x');
          const answer = await ask(route.method, path, {
            as: 'reader',
            ...(route.method === 'GET' ? {} : { body: {} }),
          });
          assert.equal(answer.statusCode, 403, `${route.id}: ${answer.body}`);
        }
        for (const { route } of handlers) {
          const path = route.path.replace('/api/v1/knowledge', '').replaceAll(/:\w+/gu, 'x');
          assert.equal((await ask(route.method, path, { as: 'nope' })).statusCode, 401, route.id);
        }
      }));

    it('name the entry that says the same in other words, and none for another subject', () =>
      withServer(async (ask) => {
        const first = {
          ...entry,
          title: 'VPN に接続できないときの対応',
          body: '証明書の期限が切れると VPN に接続できない。新しい証明書を配布し、利用者に再接続を依頼した。',
        };
        const { id } = (await ask('POST', '/entries', { body: first })).json();
        await ask('POST', '/entries', { body: { ...entry, title: '印刷の遅れ', body: '複合機の紙づまりを直した。' } });
        const again = {
          title: 'VPN 接続できない場合の対応',
          body: 'VPN の証明書の期限が切れて接続できない。利用者へ新しい証明書を配布して再接続を依頼する。',
        };
        const other = { title: '経費の精算', body: '月末までに領収書を添えて申請する。' };
        async function named(body: object): Promise<readonly { readonly id: string }[]> {
          return (await ask('POST', '/duplicates', { body })).json().items;
        }
        assert.deepEqual(
          (await named(again)).map((item) => item.id),
          [id],
        );
        assert.deepEqual(await named(other), []);
      }));
  });
});

interface AskOptions {
  readonly body?: object;
  readonly as?: 'admin' | 'reader' | 'page' | 'nobody' | 'nope';
}

type Ask = (
  method: RouteHandler['route']['method'],
  path: string,
  options?: AskOptions,
) => Promise<LightMyRequestResponse>;
