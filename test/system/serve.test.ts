import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';

import { createHome, type KuraHome } from './harness/kura-home.ts';
import { type RunningServer, startServer } from './harness/running-server.ts';

const openApiSchema = z.looseObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  paths: z.record(z.string().startsWith('/'), z.record(z.string(), z.unknown())),
});
const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.enum(['path', 'query', 'header', 'cookie']), schema: z.unknown() }))
    .optional(),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), z.looseObject({ description: z.string() })),
});
const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']);

/** Operations with their ids and the `$ref`s that lead nowhere. */
function inspectOpenApi(document: z.output<typeof openApiSchema>): { ids: string[]; dangling: string[] } {
  const ids: string[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, value] of Object.entries(item)) {
      if (!methods.has(method)) continue;
      const operation = operationSchema.parse(value);
      ids.push(operation.operationId);
      const named = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      assert.deepEqual(named.sort(), inPath.sort(), `path parameters of ${path}`);
    }
  }
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
  return { ids, dangling: refs.filter((ref) => resolve(document, ref) === undefined) };
}

function resolve(document: unknown, ref: string): unknown {
  let at = document;
  for (const key of ref.replace(/^#\//, '').split('/')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Object.entries(at).find(([name]) => name === key.replaceAll('~1', '/').replaceAll('~0', '~'))?.[1];
  }
  return at;
}

describe('kura serve', () => {
  let home: KuraHome;
  let server: RunningServer;
  before(async () => {
    home = await createHome();
    server = await startServer(home);
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
  });

  async function getText(path: string, status = 200): Promise<string> {
    const answer = await server.send('GET', path);
    assert.equal(answer.status, status, path);
    return answer.text();
  }

  it('logs a browser in by its one-time link, once', async () => {
    const code = new URLSearchParams(new URL(server.loginLink).hash.slice(1)).get('code');
    const opened = await server.send('POST', '/api/v1/session', { body: { code } });
    assert.equal(opened.status, 201);
    const [cookie = ''] = opened.headers.getSetCookie();
    assert.match(cookie, /^kura_session=[^;]+; HttpOnly.*SameSite=/);
    const session = { cookie: cookie.split(';')[0] ?? '' };
    const who = await server.send('GET', '/api/v1/session', { headers: session });
    assert.notEqual(((await who.json()) as { caller: unknown }).caller, null);
    assert.equal((await server.send('GET', '/api/v1/settings', { headers: session })).status, 200);

    const again = await server.send('POST', '/api/v1/session', { body: { code } });
    assert.equal(again.status, 401, 'the link worked twice');
    assert.equal(((await again.json()) as { code: unknown }).code, 'identity.link-used');
    assert.deepEqual(again.headers.getSetCookie(), []);

    assert.equal((await server.send('DELETE', '/api/v1/session', { headers: session })).status, 200);
    assert.equal((await server.send('GET', '/api/v1/settings', { headers: session })).status, 401);
  });

  it('makes a further link from the command line', async () => {
    const result = await home.run(['login-link', '--base-url', server.url, '--json']);
    const { loginLink } = z.object({ loginLink: z.url() }).parse(JSON.parse(result.stdout));
    const code = new URLSearchParams(new URL(loginLink).hash.slice(1)).get('code');
    assert.equal((await server.send('POST', '/api/v1/session', { body: { code } })).status, 201);
  });

  it('refuses who is nobody, in the language asked for', async () => {
    const refused = await server.send('GET', '/api/v1/settings', { headers: { 'accept-language': 'ja' } });
    assert.equal(refused.status, 401);
    assert.equal(refused.headers.get('content-type')?.split(';')[0], 'application/problem+json');
    assert.match(((await refused.json()) as { title: string }).title, /[ぁ-ん]/);
    const wrong = await server.send('GET', '/api/v1/settings', { headers: { authorization: 'Bearer wrong' } });
    assert.equal(wrong.status, 401);
  });

  it('tells a supervisor, a load balancer and Prometheus how it is', async () => {
    assert.deepEqual(JSON.parse(await getText('/healthz')), { state: 'ok' });
    assert.match(await getText('/readyz'), /"state":"(ok|degraded)"/);
    const health = z.object({ state: z.enum(['ok', 'degraded']), version: z.string(), uptimeSeconds: z.number() });
    assert.ok(health.parse(JSON.parse(await getText('/health'))).uptimeSeconds >= 0);
    const detailed = await server.ask('GET', '/health');
    assert.match(JSON.stringify(detailed.body), /"probes":\[\{/);
    assert.match(await getText('/metrics'), /^kura_http_requests_total\{.*route="system\.liveness".*\} [1-9]/m);
  });

  it('describes itself as OpenAPI 3.1 without dangling references, and as a page', async () => {
    const document = openApiSchema.parse(JSON.parse(await getText('/api/openapi.json')));
    const { ids, dangling } = inspectOpenApi(document);
    assert.deepEqual(dangling, []);
    assert.equal(new Set(ids).size, ids.length, 'an operation id occurs twice');
    for (const id of ['session.open', 'knowledge.search', 'models.start-downloads']) assert.ok(ids.includes(id), id);
    assert.match(await getText('/api/docs'), /<html/i);
  });

  it('shows the web interface, and says what a page is missing', async () => {
    const page = await getText('/');
    assert.match(page, /<div id="root"|<html/i);
    assert.doesNotMatch(page, /__CSP_NONCE__/);
    const [asset] = /\/assets\/[^"]+\.js/.exec(page) ?? [];
    assert.ok((await getText(asset ?? '')).length > 1000);
    await getText('/api/v1/nothing-here', 404);
  });

  it('does the work of a command line that names it with --server', async () => {
    const token = { KURA_ADMIN_TOKEN_FILE: `${home.path}/run/admin-token` };
    const result = await home.run(['knowledge', 'search', 'x', '--server', server.url, '--json'], {
      environment: token,
    });
    assert.equal(result.code, 0, result.stderr);
    assert.match(result.stdout, /"total":0/);
  });

  it('tells over a socket what changes, catches up after a break, and shows nobody what they may not see', async () => {
    async function made(path: string, body: object): Promise<Record<string, string>> {
      const answer = await server.ask('POST', path, body);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body as Record<string, string>;
    }
    await made('/api/v1/users', { username: 'reader', role: 'viewer', password: 'seven violet yaks ride' });
    const { secret = '' } = await made('/api/v1/users/reader/keys', { name: 'live', scopes: ['read'] });
    function open(after?: number): Socket {
      const extraHeaders = { authorization: `Bearer ${secret}` };
      return io(server.url, { forceNew: true, transports: ['websocket'], extraHeaders, auth: { after } });
    }
    function heard(socket: Socket, topic: string): Promise<readonly unknown[]> {
      return new Promise((resolve) => socket.once(topic, (...said: unknown[]) => resolve(said)));
    }
    const socket = open();
    await heard(socket, 'live.ready');
    const saved = heard(socket, 'knowledge.entry-saved');
    const entry = { title: 'VPN障害', type: 'incident', body: '証明書が切れた。' };
    const { id = '' } = await made('/api/v1/knowledge/entries', entry);
    const [payload, position] = await saved;
    assert.equal((payload as { id: string }).id, id);
    const hidden = await made('/api/v1/knowledge/entries', { ...entry, visibility: 'confidential' });
    const ask = { id: 'question-1', question: '証明書が切れたら？' };
    const [first, again] = [
      await socket.emitWithAck('knowledge.ask', ask),
      await socket.emitWithAck('knowledge.ask', ask),
    ];
    assert.deepEqual([first.ok, first.value.passages[0]?.entry.id], [true, id]);
    assert.deepEqual(again, first);
    // A conversation of one person, in two tabs: the other hears that there is more, and the same message asks once.
    const headers = { authorization: `Bearer ${secret}` };
    const begun = await fetch(`${server.url}/api/v1/knowledge/conversations`, { method: 'POST', headers });
    const { id: conversation } = (await begun.json()) as { id: string };
    const subject = `knowledge-conversation:${conversation}`;
    const otherTab = open();
    await heard(otherTab, 'live.ready');
    const watched = await otherTab.emitWithAck('presence.enter', { id: 'enter-chat', subject, mode: 'reading' });
    assert.equal(watched.ok, true, JSON.stringify(watched));
    const changed = heard(otherTab, 'subject.changed');
    const turn = { id: 'turn-0001', conversation, question: ask.question };
    const told = await socket.emitWithAck('knowledge.ask-in-conversation', turn);
    assert.deepEqual([told.ok, told.value.passages[0]?.entry.id], [true, id]);
    assert.deepEqual((await changed)[0], { subject, gone: false });
    assert.deepEqual(await otherTab.emitWithAck('knowledge.ask-in-conversation', turn), told);
    otherTab.close();
    const stranger = await server.ask('GET', `/api/v1/knowledge/conversations/${conversation}`);
    assert.equal(stranger.status, 404);

    async function enter(entryId: string): Promise<unknown> {
      const message = { id: `enter-${entryId}`, subject: `knowledge-entry:${entryId}`, mode: 'reading' };
      return (await socket.emitWithAck('presence.enter', message)).code;
    }
    assert.deepEqual([await enter(id), await enter(hidden['id'] ?? '')], [undefined, 'live.subject-unknown']);
    socket.close();

    const back = open(Number(position) - 1);
    const topics: unknown[] = [];
    back.onAny((topic: string, event: { id?: string }) => topics.push([topic, event.id]));
    await heard(back, 'live.ready');
    assert.deepEqual(topics, [
      ['knowledge.entry-saved', id],
      ['live.ready', undefined],
    ]);
    back.close();
  });
});
