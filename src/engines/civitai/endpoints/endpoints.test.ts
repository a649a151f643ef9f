import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createCivitaiClient } from '../create-civitai-client.ts';
import { fileId, type ModelId, modelId, versionId } from '../ids.ts';
import { collect } from '../testing/collect.ts';
import { manualTime } from '../testing/manual-time.ts';
import { sampleModel } from '../testing/sample-model.ts';
import { jsonAnswer, type Script, scriptedTransport } from '../testing/scripted-transport.ts';

const never = new AbortController().signal;

function setUp(script: Script, token: string | undefined = 'key') {
  const time = manualTime();
  const transport = scriptedTransport(script);
  const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0.5 };
  const client = createCivitaiClient({
    baseUrl: 'https://civitai.com',
    ...(token === '' ? {} : { token }),
    transport,
    clock: time.clock,
    sleep: time.sleep,
    random,
  });
  function asked(): readonly string[] {
    return transport.requests.map(({ method, url }) => `${method} ${url.replace('https://civitai.com/api/v1', '')}`);
  }
  async function settle<T>(promise: Promise<T>): Promise<T> {
    return time.settle(promise);
  }
  return { client, asked, settle };
}

type Client = ReturnType<typeof setUp>['client'];

const items = jsonAnswer({ items: [], metadata: {} });
const account = { id: 7, username: 'a' };
const vaultItem = {
  id: 9,
  vaultId: 1,
  modelVersionId: 5,
  files: [{ id: 3, displayName: 'a.safetensors', url: 'https://x' }],
};

const endpoints: readonly (readonly [string, Script[number], (client: Client) => Promise<unknown>])[] = [
  ['GET /users?ids=1%2C2', jsonAnswer({ items: [account] }), async (client) => client.users({ ids: [1, 2] }, never)],
  ['GET /users?query=ab', jsonAnswer({ items: [account] }), async (client) => client.users({ query: 'ab' }, never)],
  [
    'GET /permissions/check?entityIds=1%2C2&entityType=ModelVersion&permission=Generate',
    jsonAnswer({ 1: true, 2: false }),
    async (client) => client.mayGenerate([versionId(1), versionId(2)], never),
  ],
  ['GET /vault/get', jsonAnswer({ vault: null }), async (client) => client.vault(never)],
  [
    'GET /vault/all?limit=200&page=2&query=x&sort=Model+Name&types=LORA&types=LORA&baseModels=Pony&baseModels=SD+1.5',
    jsonAnswer({ items: [vaultItem], totalItems: 1, currentPage: 2, totalPages: 2 }),
    async (client) =>
      client.vaultEntries(
        { limit: 500, page: 2, query: ' x ', sort: 'Model Name', types: ['LORA'], baseModels: ['Pony', 'SD 1.5'] },
        never,
      ),
  ],
  [
    'GET /vault/check-vault?modelVersionIds=5%2C6',
    jsonAnswer([{ modelVersionId: 5, vaultItem }]),
    async (client) => client.inVault([versionId(5), versionId(6)], never),
  ],
  [
    'POST /vault/toggle-version?modelVersionId=5',
    jsonAnswer({ success: true, vaultId: 9 }),
    async (client) => client.toggleInVault(versionId(5), never),
  ],
  [
    'GET /collections?limit=100&query=a&sort=Newest&nsfw=false&cursor=7',
    items,
    async (client) => client.collections({ limit: 101, query: 'a', sort: 'Newest', nsfw: false, cursor: '7' }, never),
  ],
  ['GET /collections/3', jsonAnswer({ id: 3, name: 'c' }), async (client) => client.collection(3, never)],
  ['GET /articles', items, async (client) => client.articles({ sort: 'Best' }, never)],
  ['GET /articles/3', jsonAnswer({ id: 3, title: 't' }), async (client) => client.article(3, never)],
  [
    'GET /model-files/4/tensor-metadata?summaryOnly=true',
    jsonAnswer({ dtype: 'F16' }),
    async (client) => client.tensorMetadata(fileId(4), never),
  ],
  ['GET /creators?limit=200&query=a', items, async (client) => client.creators({ limit: 999, query: 'a' }, never)],
  ['GET /tags?page=3', items, async (client) => client.tags({ page: 3 }, never)],
];

describe('the client', () => {
  for (const [request, answer, ask] of endpoints) {
    it(`asks ${request}`, async () => {
      const { client, asked } = setUp([answer]);
      assert.ok(await ask(client));
      assert.deepEqual(asked(), [request]);
    });
  }

  it('asks for the vault only with a token', async () => {
    const { client, asked } = setUp([], '');
    const calls = [
      client.vault(never),
      client.vaultEntries({}, never),
      client.inVault([versionId(1)], never),
      client.toggleInVault(versionId(1), never),
    ];
    for (const call of calls) await assert.rejects(call, { code: 'civitai.token-needed' });
    assert.deepEqual(asked(), []);
  });

  it('never throws a switch twice, and says when it did not work', async () => {
    const failing = setUp([jsonAnswer({}, 500), jsonAnswer({ success: true })]);
    await assert.rejects(failing.client.toggleInVault(versionId(5), never), { code: 'civitai.server-error' });
    assert.equal(failing.asked().length, 1);
    const refusing = setUp([jsonAnswer({ success: false })]);
    await assert.rejects(refusing.client.toggleInVault(versionId(5), never), { code: 'civitai.answer-unreadable' });
  });

  it('reads an empty list of permissions as none', async () => {
    const { client } = setUp([jsonAnswer([])]);
    assert.deepEqual((await client.mayGenerate([versionId(1)], never)).answers, []);
  });

  it('asks for many models in blocks of 100, those above PG included, each once', async () => {
    const ids: ModelId[] = Array.from({ length: 150 }, (_, index) => modelId(index + 1));
    function block(...found: number[]) {
      return jsonAnswer({ items: found.map((id) => sampleModel(id)), metadata: {} });
    }
    const { client, asked, settle } = setUp([block(2, 1), block(150)]);
    const found = await settle(client.modelsByIds([...ids, ...ids], never));
    assert.deepEqual(
      found.items.map((model) => model.modelId),
      [2, 1, 150],
    );
    const queries = asked().map((request) => new URLSearchParams(request.split('?')[1]));
    assert.deepEqual(
      queries.map((query) => [query.get('nsfw'), query.get('limit'), query.get('ids')?.split(',').length]),
      [
        ['true', '100', 100],
        ['true', '100', 50],
      ],
    );
  });

  it('walks numbered lists, each entry once, to where no page follows', async () => {
    const { client, asked, settle } = setUp([
      jsonAnswer({ items: [{ name: 'a' }], metadata: { nextPage: 'https://civitai.com/api/v1/tags?page=2&limit=1' } }),
      jsonAnswer({ items: [{ name: 'a' }, { name: 'b' }], metadata: { currentPage: 2, totalPages: 2 } }),
    ]);
    const steps = await settle(collect(client.tagPages({ limit: 1 }, never)));
    assert.deepEqual(
      steps.map((step) => (step.kind === 'page' ? step.page.items.map(({ name }) => name) : step.kind)),
      [['a'], ['b'], 'end'],
    );
    assert.deepEqual(asked(), ['GET /tags?limit=1', 'GET /tags?limit=1&page=2']);
  });

  it('walks the vault by its totals, which stand beside the items', async () => {
    function page(id: number, currentPage: number) {
      return jsonAnswer({ items: [{ ...vaultItem, id }], totalItems: 2, currentPage, pageSize: 1, totalPages: 2 });
    }
    const { client, settle } = setUp([page(1, 1), page(2, 2)]);
    const steps = await settle(collect(client.vaultPages({ limit: 1 }, never)));
    assert.deepEqual(
      steps.map(({ kind }) => kind),
      ['page', 'page', 'end'],
    );
  });

  it('gives the addresses of other material', () => {
    const { client } = setUp([]);
    assert.equal(client.materialUrl('training', 5), 'https://civitai.com/api/download/training/5');
    assert.equal(client.materialUrl('attachments', 6), 'https://civitai.com/api/download/attachments/6');
    assert.equal(client.materialUrl('vault', 7), 'https://civitai.com/api/download/vault/7');
  });
});

describe('page sizes', () => {
  function tooBig(words: string) {
    return jsonAnswer(
      { error: { name: 'ZodError', issues: [{ path: ['limit'], message: `Too big: ${words}` }] } },
      400,
    );
  }

  it('shrink to what the server names, and stay so for the next question', async () => {
    const { client, asked, settle } = setUp([tooBig('expected number to be <=40'), items, items]);
    await settle(client.searchModels({ limit: 100 }, never));
    const page = await settle(client.searchModels({ limit: 100, tag: 'x' }, never));
    assert.deepEqual(asked(), ['GET /models?limit=100', 'GET /models?limit=40', 'GET /models?limit=40&tag=x']);
    assert.deepEqual(page.sentParameters[0], { name: 'limit', value: '40' });
  });

  it('are halved where the server names none, down to one', async () => {
    const { client, asked, settle } = setUp([tooBig('no'), tooBig('no'), tooBig('no')]);
    await assert.rejects(settle(client.searchModels({ limit: 4 }, never)), { code: 'civitai.request-refused' });
    assert.deepEqual(asked(), ['GET /models?limit=4', 'GET /models?limit=2', 'GET /models?limit=1']);
  });

  it('do not change for another complaint', async () => {
    const { client, asked, settle } = setUp([jsonAnswer({ error: 'Invalid sort' }, 400)]);
    await assert.rejects(settle(client.searchModels({ limit: 100 }, never)), { code: 'civitai.request-refused' });
    assert.equal(asked().length, 1);
  });
});

describe('the end of a list', () => {
  const unclear: readonly (readonly [string, unknown])[] = [
    ['metadata.next_cursor', { metadata: { next_cursor: 'a' } }],
    ['metadata.cursor', { metadata: { cursor: 5 } }],
    ['metadata.paging.nextCursor', { metadata: { paging: { nextCursor: 'a', total: 3 } } }],
    ['metadata.nextCursor', { metadata: { nextCursor: { after: 'a' } } }],
    ['metadata.nextPage', { metadata: { nextPage: 'https://civitai.com/api/v1/models?page=2' } }],
    ['nextCursor', { metadata: {}, nextCursor: 'a' }],
    ['metadata.hasMore', { metadata: { hasMore: true } }],
    ['metadata', {}],
  ];
  for (const [key, envelope] of unclear) {
    it(`is not believed with ${JSON.stringify(envelope)}`, async () => {
      const { client, settle } = setUp([jsonAnswer({ items: [sampleModel(1)], ...(envelope as object) })]);
      const steps = await settle(collect(client.modelPages({ limit: 1 }, never)));
      const last = steps.at(-1);
      assert.ok(last?.kind === 'error');
      assert.deepEqual([last.error.code, last.error.params['keys']], ['civitai.end-unclear', key]);
      assert.equal(steps.length, 2, 'what was read stays');
    });
  }

  const clear = [
    { metadata: {} },
    { metadata: { nextCursor: null, prevPage: 'x', currentPage: 1, prevCursor: 'b', hasMore: false } },
  ];
  for (const envelope of clear) {
    it(`is believed with ${JSON.stringify(envelope)}`, async () => {
      const { client, settle } = setUp([jsonAnswer({ items: [sampleModel(1)], ...envelope })]);
      assert.equal((await settle(collect(client.modelPages({}, never)))).at(-1)?.kind, 'end');
    });
  }
});
