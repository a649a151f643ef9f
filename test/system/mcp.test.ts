/** Assistants by the official client: over HTTP with keys, on standard input and output, old and new protocol. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Client, StreamableHTTPClientTransport, type VersionNegotiationMode } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { z } from 'zod';

import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

import { createHome, type KuraHome } from './harness/kura-home.ts';
import { type RunningServer, startServer } from './harness/running-server.ts';
import { until } from './harness/until.ts';

const bin = fileURLToPath(new URL('../../bin/kura', import.meta.url));
const eras = ['legacy', 'auto'] as const;
const password = 'seven violet yaks ride';
const body = 'VPN の証明書が切れた。更新手順は次のとおり。';

let simulator: CivitaiSimulator;
let home: KuraHome;
let server: RunningServer;
let entryId: string;
/** Secret and id of a key. */
type Key = readonly [secret: string, id: string];
const keys = new Map<string, Key>();

async function made(path: string, asked: unknown): Promise<z.output<typeof madeSchema>> {
  const { status, body: answer } = await server.ask('POST', path, asked);
  assert.equal(status, 201, JSON.stringify(answer));
  return madeSchema.parse(answer);
}
const madeSchema = z.looseObject({
  id: z.string().optional(),
  secret: z.string().optional(),
  key: z.looseObject({ id: z.string() }).optional(),
});

async function makeKey(name: string, user: string, scopes: readonly string[]): Promise<void> {
  const { secret = '', key } = await made(`/api/v1/users/${user}/keys`, { name, scopes });
  keys.set(name, [secret, key?.id ?? '']);
}

before(async () => {
  simulator = await startCivitaiSimulator();
  home = await createHome({ KURA_CIVITAI_URL: simulator.url });
  server = await startServer(home);
  for (const [username, role] of [
    ['reader', 'viewer'],
    ['writer', 'editor'],
  ]) {
    await made('/api/v1/users', { username, role, password });
  }
  await makeKey('reader', 'reader', ['read']);
  await makeKey('writer', 'writer', ['read', 'knowledge:write']);
  await makeKey('narrow', 'writer', ['knowledge:read']);
  await makeKey('short-lived', 'reader', ['read']);
  const entry = { title: 'VPN障害の復旧', type: 'incident', body, tags: ['vpn'] };
  entryId = (await made('/api/v1/knowledge/entries', entry)).id ?? '';
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
  await simulator[Symbol.asyncDispose]();
});

/** What a failed test left open would keep this file, and a process, alive. */
const clients: Client[] = [];
after(async () => {
  for (const client of clients) await client.close();
});

function newClient(mode: VersionNegotiationMode): Client {
  const client = new Client({ name: 'kura-test', version: '7.0' }, { versionNegotiation: { mode } });
  clients.push(client);
  return client;
}

async function overHttp(key: string, mode: VersionNegotiationMode = 'auto'): Promise<Client> {
  const client = newClient(mode);
  const [secret] = keys.get(key) ?? assert.fail(key);
  const headers = { authorization: `Bearer ${secret}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit: { headers } }));
  return client;
}

async function overStdio(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Client> {
  const client = newClient('legacy');
  const given = { PATH: process.env['PATH'] ?? '', HOME: home.path, ...env };
  await client.connect(
    new StdioClientTransport({
      command: bin,
      args: ['mcp', '--home', home.path, ...args],
      env: given,
      stderr: 'ignore',
    }),
  );
  return client;
}

async function call(client: Client, name: string, given: Record<string, unknown>) {
  const { structuredContent, isError, content } = await client.callTool({ name, arguments: given });
  const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  return { isError: isError === true, text, value: z.record(z.string(), z.unknown()).parse(structuredContent ?? {}) };
}

async function toolNames(client: Client): Promise<readonly string[]> {
  return (await client.listTools()).tools.map(({ name }) => name).toSorted();
}

const reading = [
  'ask_knowledge',
  'explain_digit',
  'get_entry',
  'get_job_protection',
  'get_library_file',
  'get_library_status',
  'get_protection_status',
  'list_alerts',
  'list_backup_runs',
  'list_entries',
  'related_entries',
  'search_knowledge',
  'search_library',
  'search_models',
];

describe('an assistant over HTTP', () => {
  for (const era of eras) {
    it(`finds, reads and cites what its key may read (${era} protocol)`, async () => {
      const client = await overHttp('reader', era);
      const { tools } = await client.listTools();
      const marked = tools.filter((tool) => tool.outputSchema !== undefined && tool.annotations?.readOnlyHint === true);
      assert.deepEqual(
        marked
          .map(({ name }) => name)
          .filter((name) => reading.includes(name))
          .toSorted(),
        reading,
      );
      const found = await call(client, 'search_knowledge', { query: '証明書' });
      const [hit] = z.array(z.looseObject({ id: z.string(), url: z.string() })).parse(found.value['hits']);
      assert.equal(hit?.id, entryId);
      assert.equal(hit.url, `${server.url}/knowledge/entries/${entryId}`);
      assert.match(String(found.value['notice']), /not instructions/);
      const asked = await call(client, 'ask_knowledge', { question: 'VPN の証明書が切れたらどうする？' });
      assert.match(JSON.stringify(asked.value['passages']), new RegExp(entryId));
      const entry = await call(client, 'get_entry', { id: entryId });
      assert.deepEqual([entry.value['body'], entry.value['nextOffset']], [body, null]);
      const status = await call(client, 'get_protection_status', {});
      assert.match(JSON.stringify(status.value['jobs']), /"key":"library".*"verdict":"non_compliant"/);
      const digit = await call(client, 'explain_digit', { job: 'library', digit: 'copies' });
      assert.deepEqual([digit.value['verdict'], digit.value['found']], ['fail', 0]);
      assert.ok(JSON.stringify(digit.value['reasons']).length > 20, 'says why');
      assert.equal((await call(client, 'list_alerts', {})).isError, false);
    });
  }

  it('reads entries and states as resources, and is offered conversations', async () => {
    const client = await overHttp('writer');
    const { resources } = await client.listResources();
    const uris = new Set(resources.map(({ uri }) => uri));
    assert.ok(uris.has(`kura://knowledge/entries/${entryId}`) && uris.has('kura://backups/protection'));
    const { contents } = await client.readResource({ uri: `kura://knowledge/entries/${entryId}` });
    const [first] = contents;
    assert.ok(first !== undefined && 'text' in first && first.text.includes(`# VPN障害の復旧`));
    await assert.rejects(client.readResource({ uri: 'kura://knowledge/entries/none' }), /entry-not-found/);
    const { prompts } = await client.listPrompts();
    assert.deepEqual(prompts.map(({ name }) => name).toSorted(), ['draft_incident', 'explain_protection']);
    const { messages } = await client.getPrompt({ name: 'explain_protection', arguments: { job: 'library' } });
    assert.match(JSON.stringify(messages), /“library”/);
  });

  it('finds models on the site and in the library, and tells no path of the machine', async () => {
    const client = await overHttp('reader');
    const { lora } = simulator.catalogue.known;
    const onSite = await call(client, 'search_models', { query: 'lantern', source: 'site' });
    assert.match(onSite.text, new RegExp(`"modelId":${lora.modelId}\\b`));
    const seen = await call(client, 'search_models', { query: 'lantern' });
    assert.match(seen.text, new RegExp(`"url":"${server.url}/models/catalogue/${lora.modelId}"`));
    const started = await server.ask('POST', '/api/v1/models/downloads', { refs: [`@${lora.versionId}`] });
    assert.equal(started.status, 202, JSON.stringify(started.body));
    const file = await until('the file in the library', async () => {
      const { value, text } = await call(client, 'search_library', {});
      const [first] = z.array(z.looseObject({ id: z.string() })).parse(value['items']);
      assert.ok(!text.includes(home.path), text);
      return first;
    });
    const one = await call(client, 'get_library_file', { id: file.id });
    assert.ok(!one.isError && !one.text.includes(home.path) && /"verdict":"clean"/.test(one.text), one.text);
    assert.equal((await call(client, 'get_library_status', {})).value['files'], 1);
  });

  it('never tells of entries that its caller may not see', async () => {
    const secret = { title: '極秘の証明書', type: 'other', body: '証明書の秘密', visibility: 'confidential' };
    const { id = '' } = await made('/api/v1/knowledge/entries', secret);
    const client = await overHttp('reader');
    const found = await call(client, 'search_knowledge', { query: '証明書' });
    assert.deepEqual([found.value['total'], found.text.includes('極秘')], [1, false]);
    for (const name of ['list_entries', 'ask_knowledge']) {
      const listed = await call(client, name, name === 'list_entries' ? {} : { question: '証明書の秘密' });
      assert.ok(!listed.isError && !listed.text.includes(id), name);
    }
    assert.match((await call(client, 'get_entry', { id })).text, /knowledge\.entry-not-found/);
    const { resources } = await client.listResources();
    assert.ok(!resources.some(({ uri }) => uri.endsWith(id)));
    await assert.rejects(client.readResource({ uri: `kura://knowledge/entries/${id}` }), /entry-not-found/);
  });

  it('writes drafts that say what they are, with both lines in the audit log', async () => {
    const client = await overHttp('writer');
    const draft = await call(client, 'draft_entry', { title: '下書き', type: 'other', body: '要点', tags: ['x'] });
    assert.deepEqual([draft.isError, draft.value['status'], draft.value['tags']], [false, 'draft', ['assistant', 'x']]);
    const again = await call(client, 'draft_entry', { title: 'VPN障害の復旧', type: 'incident', body });
    assert.match(JSON.stringify(again.value['duplicates']), new RegExp(entryId));
    const { body: log } = await server.ask('GET', '/api/v1/audit/entries?limit=20');
    const lines = auditSchema.parse(log).items.filter(({ subject }) => subject.id === draft.value['id']);
    assert.deepEqual(lines.map(({ action }) => action).toSorted(), ['knowledge.create-entry', 'mcp.call-tool']);
    assert.deepEqual(new Set(lines.map(({ actor }) => actor.name)), new Set(['writer']));
    assert.match(JSON.stringify(lines), /kura-test 7\.0/);
  });

  it('is refused what its key may not, is not offered it, and the refusal is on record', async () => {
    const client = await overHttp('reader');
    assert.deepEqual(await toolNames(client), reading);
    await assert.rejects(call(client, 'draft_entry', { title: 'x', type: 'other', body: 'x' }), /403|knowledge:write/);
    const narrow = await overHttp('narrow');
    assert.ok((await toolNames(narrow)).every((name) => /entr|knowledge/.test(name)));
    await assert.rejects(call(narrow, 'search_library', {}), /403|models:read/);
    await until('the refusal in the log', async () => {
      const { body: log } = await server.ask('GET', '/api/v1/audit/entries?action=access.refuse-request&limit=20');
      return auditSchema.parse(log).items.find(({ subject }) => subject.id === 'mcp.call');
    });
  });

  it('is told what is wrong with its input, and what does not exist', async () => {
    const client = await overHttp('reader');
    const bad = await call(client, 'search_knowledge', { query: '', limit: 500 });
    assert.ok(bad.isError && /query/.test(bad.text) && /limit/.test(bad.text), bad.text);
    const none = await call(client, 'get_entry', { id: 'nowhere' });
    assert.ok(none.isError && none.text.includes('[knowledge.entry-not-found]'), none.text);
  });

  it('is out with the next call after its key was revoked', async () => {
    const client = await overHttp('short-lived');
    assert.ok((await toolNames(client)).length > 5);
    const [, id] = keys.get('short-lived') ?? assert.fail();
    assert.ok((await server.ask('DELETE', `/api/v1/users/reader/keys/${id}`)).status < 300);
    await assert.rejects(call(client, 'get_library_status', {}), /401|over|unauthori[sz]ed/i);
  });

  it('comes with a key, from no other site, with one message at a time', async () => {
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
    const [secret] = keys.get('reader') ?? assert.fail();
    const good = { authorization: `Bearer ${secret}`, accept: 'application/json, text/event-stream' };
    async function status(asked: unknown, headers: Record<string, string>, method = 'POST'): Promise<number> {
      const answer = await server.send(method, '/mcp', { ...(method === 'POST' ? { body: asked } : {}), headers });
      await answer.body?.cancel();
      return answer.status;
    }
    assert.equal(await status(ping, good), 200);
    assert.equal(await status(ping, {}), 401);
    assert.equal(await status(ping, { ...good, origin: 'https://evil.example' }), 403);
    assert.equal(await status([ping, ping], good), 422);
    assert.equal(await status(undefined, good, 'GET'), 405);
    assert.equal(await status(undefined, {}, 'DELETE'), 401);
    const code = new URLSearchParams(new URL(server.loginLink).hash.slice(1)).get('code');
    const opened = await server.send('POST', '/api/v1/session', { body: { code } });
    const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    assert.equal(await status(ping, { cookie, accept: good.accept }), 401);
  });
});

describe('kura mcp', () => {
  it('serves the data directory of whoever starts it, read-only when asked to', async () => {
    const client = await overStdio(['--read-only', '--lang', 'ja']);
    const figures = ['get_knowledge_gaps', 'get_knowledge_usage'];
    assert.deepEqual(await toolNames(client), [...reading, ...figures].toSorted(), 'what people who write may read');
    const [gaps, usage] = await Promise.all(figures.map((name) => call(client, name, { days: 7 })));
    assert.ok(Array.isArray(gaps?.value['withoutHit']) && Array.isArray(usage?.value['figures']), gaps?.text);
    const found = await call(client, 'search_knowledge', { query: '証明書 更新' });
    assert.ok(found.text.includes(entryId), found.text);
    assert.match(String(found.value['notice']), /指示ではありません/);
  });

  it('speaks for the key of a server elsewhere', async () => {
    const [secret] = keys.get('writer') ?? assert.fail();
    const client = await overStdio(['--server', server.url], { KURA_API_KEY: secret });
    const draft = await call(client, 'draft_entry', { title: 'Remote', type: 'change', body: 'done' });
    assert.equal(draft.value['url'], `${server.url}/knowledge/entries/${String(draft.value['id'])}`);
    const none = await call(client, 'explain_digit', { job: 'none', digit: 'errors' });
    assert.ok(none.isError && none.text.includes('[backups.job-not-found]'), none.text);
  });
});

const auditSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      action: z.string(),
      actor: z.looseObject({ name: z.string() }),
      subject: z.looseObject({ id: z.string() }),
    }),
  ),
});
