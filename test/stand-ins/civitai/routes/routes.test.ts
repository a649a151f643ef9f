import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { type CivitaiSimulator, startCivitaiSimulator } from '../index.ts';

let simulator: CivitaiSimulator;

before(async () => {
  simulator = await startCivitaiSimulator({ extraModels: 300 });
});
after(() => simulator[Symbol.asyncDispose]());

interface ListedModel {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly nsfwLevel: number;
  readonly tags: readonly string[];
  readonly modelVersions: readonly {
    readonly id: number;
    readonly baseModel: string;
    readonly availability: string;
    readonly files: readonly { readonly id: number; readonly downloadUrl: string; readonly primary?: boolean }[];
    readonly images: readonly { readonly nsfwLevel: number; readonly url: string }[];
  }[];
}

interface ModelPage {
  readonly items: readonly ListedModel[];
  readonly metadata: { readonly nextCursor?: string; readonly nextPage?: string; readonly currentPage?: number };
}

describe('GET /models', () => {
  it('walks the whole catalogue by cursor without loss, except for Newest', async () => {
    const all = await walk('sort=Most%20Downloaded&nsfw=true');
    assert.equal(all.ids.length, new Set(all.ids).size);
    assert.ok(all.ids.length > 380);
    const oldest = await walk('sort=Oldest&nsfw=true');
    assert.deepEqual(new Set(oldest.ids), new Set(all.ids));
    const newest = await walk('sort=Newest&nsfw=true');
    assert.equal(newest.ids.length, all.ids.length - (newest.pages - 1), 'one model lost per page boundary');
  });

  it('orders by the metric asked for', async () => {
    const page = await list('sort=Most%20Downloaded&limit=20');
    const counts = page.items.map((item) => simulator.catalogue.model(item.id)?.downloads ?? 0);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => b - a),
    );
  });

  it('ignores page numbers but reports them', async () => {
    const [first, second] = [await list('limit=5&page=1'), await list('limit=5&page=2')];
    assert.deepEqual(ids(first), ids(second));
    assert.equal(second.metadata.currentPage, 2);
    assert.match(second.metadata.nextPage ?? '', /page=2.*cursor=/);
  });

  it('refuses what the site refuses', async () => {
    for (const [query, status, body] of [
      ['limit=101', 400, /ZodError/],
      ['types=LORA,Checkpoint', 400, /ZodError/],
      ['checkpointType=Standard', 400, /ZodError/],
      ['allowNoCredit=true', 400, /ZodError/],
      ['browsingLevel=1', 400, /ZodError/],
      ['fileFormats=GGUF', 400, /ZodError/],
      ['nsfw=yes', 400, /ZodError/],
      ['cursor=1|2', 400, /ZodError/],
      ['cursor=a|b|c', 400, /ZodError/],
      ['query=x&page=2', 400, /Cannot use page param with query search/],
      ['limit=100&page=11', 429, /requested too many pages/],
      ['favorites=false', 401, /Unauthorized/],
      ['username=nobody-at-all', 404, /"message":"User not found"/],
    ] as const) {
      const answer = await fetch(`${simulator.apiUrl}/models?${query}`);
      assert.equal(answer.status, status, query);
      assert.match(await answer.text(), body, query);
    }
    assert.equal((await fetch(`${simulator.apiUrl}/models`, { method: 'POST' })).status, 405);
  });

  it('filters by type, base model, tag, creator and licence', async () => {
    const types = await list('types=VAE&types=LLM');
    assert.deepEqual(new Set(types.items.map(({ type }) => type)), new Set(['VAE', 'LLM']));
    const bases = await list('baseModels=Krea%202&baseModels=Qwen');
    assert.ok(bases.items.every((item) => item.modelVersions.every(({ baseModel }) => /Krea 2|Qwen/.test(baseModel))));
    assert.ok((await list('tag=porcelain')).items.every(({ tags }) => tags.includes('porcelain')));
    assert.equal((await list('tag=porcelain')).items.length, 3);
    assert.deepEqual(ids(await list('tag=no-such-tag')), ids(await list('')), 'an unknown tag is silently ignored');
    assert.deepEqual((await list('baseModels=Typo')).items, []);
    assert.ok((await list('username=kiln')).items.length >= 3);
    const sellable = await list('allowCommercialUse=Sell');
    assert.ok(sellable.items.every(({ id }) => simulator.catalogue.model(id)?.allowCommercialUse.includes('Sell')));
  });

  it('takes any text for true in coerced booleans', async () => {
    assert.deepEqual(ids(await list('archived=false')), [simulator.catalogue.known.archived.modelId]);
  });

  it('keeps to models and pictures with the PG bit unless nsfw=true', async () => {
    const { matureMask } = simulator.catalogue.known;
    const safe = await list(`ids=${matureMask.modelId}`);
    assert.deepEqual(
      safe.items[0]?.modelVersions[0]?.images.map(({ nsfwLevel }) => nsfwLevel),
      [1],
    );
    const open = await list(`ids=${matureMask.modelId}&nsfw=true`);
    assert.ok((open.items[0]?.modelVersions[0]?.images.length ?? 0) > 1);
    const safeNames = await walk('');
    const all = await walk('nsfw=true');
    assert.ok(safeNames.ids.length < all.ids.length);
    const poi = simulator.catalogue.models.find((model) => model.poi);
    assert.ok(poi !== undefined && !all.ids.includes(poi.id));
  });

  it('leaves early access out of plain lists, and shows it when asked', async () => {
    const { earlyAccess } = simulator.catalogue.known;
    const plain = await list('query=station');
    assert.ok(
      plain.items.every(({ modelVersions }) => modelVersions.every(({ availability }) => availability === 'Public')),
    );
    const asked = await list(`ids=${earlyAccess.modelId}`);
    assert.equal(asked.items[0]?.modelVersions[0]?.id, earlyAccess.versionId);
    assert.ok(ids(await list('earlyAccess=1')).includes(earlyAccess.modelId));
  });

  it('searches names, creators and trained words, not tags, with offsets as cursors and short pages', async () => {
    assert.ok(ids(await list('query=sumi-e')).includes(simulator.catalogue.known.japaneseLora.modelId));
    assert.ok(ids(await list('query=水墨')).includes(simulator.catalogue.known.japaneseLora.modelId));
    assert.ok(ids(await list('query=墨田工房')).includes(simulator.catalogue.known.japaneseLora.modelId));
    assert.deepEqual((await list('query=painting')).items, [], 'a tag only');
    const first = await list('query=maker&limit=10&baseModels=Qwen');
    assert.ok(first.items.length < 10, 'filters run after the search picked its hits');
    assert.equal(first.metadata.nextCursor, '10');
    const found = await walk('query=maker&baseModels=Qwen', 10);
    assert.ok(found.pages > 3 && found.emptyPages > 0);
  });

  it('finds a model by a file hash', async () => {
    const { lora } = simulator.catalogue.known;
    const { AutoV2 } = await simulator.hashesOf(lora.fileId);
    assert.deepEqual(ids(await list(`query=${AutoV2}`)), [lora.modelId]);
  });

  it('repeats the token of the query in nextPage', async () => {
    const page = await list('limit=2&token=simulator-token');
    assert.match(page.metadata.nextPage ?? '', /token=simulator-token/);
  });

  it('shows favourites to their owner', async () => {
    const page = await list('favorites=true', { authorization: 'Bearer simulator-token' });
    const { lora, checkpoint } = simulator.catalogue.known;
    assert.deepEqual(
      ids(page).toSorted((a, b) => a - b),
      [lora.modelId, checkpoint.modelId],
    );
  });
});

describe('single models and versions', () => {
  it('drops empty keys in details and drops the ids of pictures', async () => {
    const model = await json(`/models/${simulator.catalogue.known.lora.modelId}`);
    const version = model.modelVersions[0];
    assert.ok(!('description' in version) && !('paidAccess' in version) && !('vaeId' in version));
    assert.ok('status' in version && 'covered' in version && !('supportsGeneration' in version));
    assert.ok(!('id' in version.images[0]));
    assert.ok(!('size' in version.files[0].metadata));
    assert.match(version.files[0].downloadUrl, /\?fileId=\d+$/);
  });

  it('shows archived models without files, taken down ones without pictures', async () => {
    const { archived, takenDown } = simulator.catalogue.known;
    const gone = await json(`/models/${archived.modelId}`);
    assert.deepEqual(
      [gone.mode, gone.modelVersions[0].files, gone.modelVersions[0].downloadUrl],
      ['Archived', undefined, undefined],
    );
    const down = await json(`/models/${takenDown.modelId}`);
    assert.deepEqual([down.mode, down.modelVersions[0].images], ['TakenDown', undefined]);
  });

  it('answers 400 and 404 like the site', async () => {
    for (const [path, status, body] of [
      ['/models/0', 400, /✖ .*\\n {2}→ at id/],
      ['/models/abc', 400, /✖ /],
      ['/models/99', 404, /"No model with id 99"/],
      ['/model-versions/99', 404, /"Model not found"/],
      ['/model-versions/x', 400, /✖ /],
      ['/model-versions/by-hash/0000000000', 404, /"Model not found"/],
      [`/model-versions/mini/${simulator.catalogue.known.lora.versionId}?modelFileId=5`, 404, /Model file 5 not found/],
      [`/model-versions/${simulator.catalogue.known.unpublished.versionId}`, 404, /"Model not found"/],
    ] as const) {
      const answer = await fetch(`${simulator.apiUrl}${path}`);
      assert.equal(answer.status, status, path);
      assert.match(await answer.text(), body, path);
    }
  });

  it('finds a version by every kind of hash, in any case', async () => {
    const { lora } = simulator.catalogue.known;
    const hashes = await simulator.hashesOf(lora.fileId);
    for (const hash of Object.values(hashes)) {
      assert.equal((await json(`/model-versions/by-hash/${hash.toLowerCase()}`)).id, lora.versionId, hash);
    }
  });

  it('knows the hashes of the gigabyte files at once', async () => {
    const { huge } = simulator.catalogue.known;
    const page = await list(`ids=${huge.modelId}`);
    assert.match(JSON.stringify(page.items[0]?.modelVersions[0]?.files[0]), /"SHA256":"[0-9A-F]{64}"/);
  });

  it('looks up hashes in bulk: misses dropped, duplicates kept, broken download hosts', async () => {
    const { duplicateFile, lora } = simulator.catalogue.known;
    const hashes = [lora, duplicateFile].map(async ({ fileId }) => (await simulator.hashesOf(fileId)).SHA256);
    const body = JSON.stringify([...(await Promise.all(hashes)), 'f'.repeat(64)]);
    const found: { modelVersionId: number }[] = await post('/model-versions/by-hash/ids', body);
    assert.deepEqual(
      found.map(({ modelVersionId }) => modelVersionId),
      [lora.versionId, duplicateFile.versionId, duplicateFile.versionId],
    );
    const versions: { downloadUrl: string }[] = await post('/model-versions/by-hash', body);
    assert.equal(versions.length, 3);
    assert.match(versions[0]?.downloadUrl ?? '', /^https:\/\/undefined\//);
    const refused = await fetch(`${simulator.apiUrl}/model-versions/by-hash/ids`, {
      method: 'POST',
      body: '["short"]',
    });
    assert.equal(refused.status, 400);
  });
});

describe('GET /api/download/models/:versionId', () => {
  it('answers every gate in its own words', async () => {
    const { known } = simulator.catalogue;
    for (const [role, status, body] of [
      ['unpublished', 404, /File not found/],
      ['archived', 410, /archived/],
      ['downloadsDisabled', 401, /disabled downloads/],
      ['loginRequired', 401, /logged in/],
      ['earlyAccess', 403, /"deadline":"2099/],
      ['permanentlyPaid', 403, /^\{"error":"Early Access","message"/],
    ] as const) {
      const answer = await download(`${known[role].versionId}`);
      assert.equal(answer.status, status, role);
      assert.match(await answer.text(), body, role);
    }
    const reader = { authorization: 'Bearer simulator-token' };
    const patron = { authorization: 'Bearer simulator-patron-token' };
    assert.match(await (await download(`${known.grantRequired.versionId}`, reader)).text(), /do not have access/);
    assert.equal((await download(`${known.loginRequired.versionId}`, reader)).status, 307);
    assert.equal((await download(`${known.loginRequired.versionId}?token=simulator-token`)).status, 307);
    for (const role of ['earlyAccess', 'permanentlyPaid', 'grantRequired'] as const) {
      assert.equal((await download(`${known[role].versionId}`, patron)).status, 307, role);
    }
  });

  it('treats an unknown token as an anonymous caller, except on /me', async () => {
    const headers = { authorization: 'Bearer revoked' };
    assert.equal((await fetch(`${simulator.apiUrl}/models?limit=1`, { headers })).status, 200);
    const me = await fetch(`${simulator.apiUrl}/me`, { headers });
    assert.deepEqual([me.status, await me.text()], [401, '{"error":"Unauthorized"}']);
  });

  it('talks to browsers in plain text and login pages', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0' };
    const login = await download(`${simulator.catalogue.known.loginRequired.versionId}`, headers);
    assert.match(login.headers.get('location') ?? '', /^\/login\?returnUrl=.*reason=download-auth$/);
    const page = await fetch(new URL(login.headers.get('location') ?? '', simulator.url));
    assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
    const missing = await download('99', headers);
    assert.deepEqual([missing.status, await missing.text()], [404, 'File not found']);
  });

  it('chooses by preferences when no fileId is given', async () => {
    const { linkedVae, twoFormats } = simulator.catalogue.known;
    const version = simulator.catalogue.version(linkedVae.versionId)?.version;
    assert.ok(version !== undefined);
    assert.equal(await chosen(`${linkedVae.versionId}`), linkedVae.fileId, 'pruned fp16 by default');
    assert.equal(await chosen(`${linkedVae.versionId}?size=full&fp=fp32`), version.files[1]?.id);
    assert.equal(await chosen(`${linkedVae.versionId}?type=VAE`), simulator.catalogue.known.vae.fileId);
    assert.notEqual(
      await chosen(`${twoFormats.versionId}`),
      twoFormats.fileId,
      'Q4_K_M is preferred to the primary Q8_0',
    );
    assert.equal((await download(`${linkedVae.versionId}?format=GGUF`)).status, 404);
    assert.equal((await download(`${linkedVae.versionId}?type=Spaceship`)).status, 400);
    assert.equal((await download(`${linkedVae.versionId}?fileId=1`)).status, 404);
  });
});

describe('storage', () => {
  it('serves ranges, validators and a name for every script', async () => {
    const { japaneseLora } = simulator.catalogue.known;
    const link = await linkTo(japaneseLora);
    const truth = Buffer.from(simulator.bytesOf(japaneseLora.fileId));
    const whole = await fetch(link);
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), truth);
    const name = /filename\*=UTF-8''(.+)$/.exec(whole.headers.get('content-disposition') ?? '')?.[1];
    assert.equal(decodeURIComponent(name ?? ''), japaneseLora.name);
    const etag = whole.headers.get('etag') ?? '';
    assert.match(etag, /^"[0-9a-f]{32}-1"$/);
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 1],
      ['bytes=500-', 500, truth.byteLength],
      ['bytes=-100', truth.byteLength - 100, truth.byteLength],
      ['bytes=10-99999999', 10, truth.byteLength],
    ] as const) {
      const part = await fetch(link, { headers: { range, 'if-range': etag } });
      assert.equal(part.status, 206, range);
      assert.equal(part.headers.get('content-range'), `bytes ${start}-${end - 1}/${truth.byteLength}`);
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), truth.subarray(start, end), range);
    }
    assert.equal((await fetch(link, { headers: { range: 'bytes=0-9', 'if-range': '"other"' } })).status, 200);
    const beyond = await fetch(link, { headers: { range: `bytes=${truth.byteLength}-` } });
    assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, `bytes */${truth.byteLength}`]);
  });

  it('refuses Authorization, HEAD, missing and forged signatures', async () => {
    const link = await linkTo(simulator.catalogue.known.lora);
    const withToken = await fetch(link, { headers: { authorization: 'Bearer simulator-token' } });
    assert.deepEqual([withToken.status, /InvalidRequest/.test(await withToken.text())], [400, true]);
    assert.equal((await fetch(link, { method: 'HEAD' })).status, 403);
    assert.equal((await fetch(link.replace(/\?.*/, ''))).status, 403);
    assert.equal((await fetch(link.replace('Expires=86400', 'Expires=99999'))).status, 403);
  });

  it('never sees the token when the client follows the redirect by the rules', async () => {
    simulator.clearRequests();
    const { lora } = simulator.catalogue.known;
    const headers = { authorization: 'Bearer simulator-token' };
    await (await fetch(`${simulator.url}/api/download/models/${lora.versionId}`, { headers })).arrayBuffer();
    const [api, storage] = simulator.requests;
    assert.equal(api?.headers.authorization, 'Bearer simulator-token');
    assert.deepEqual([storage?.listener, storage?.headers.authorization], ['storage', undefined]);
    assert.deepEqual([storage?.fileId, storage?.status, storage?.bytesSent], [lora.fileId, 200, lora.sizeBytes]);
  });

  it('shows pictures in the width asked for', async () => {
    const page = await list(`ids=${simulator.catalogue.known.lora.modelId}`);
    const picture = page.items[0]?.modelVersions[0]?.images[0];
    const small = await fetch(picture?.url.replace('original=true', 'width=320') ?? '');
    assert.match(small.headers.get('content-type') ?? '', /^image\/(jpeg|png)$/);
    const bytes = Buffer.from(await small.arrayBuffer());
    const png = bytes[0] === 0x89;
    assert.equal(png ? bytes.readUInt32BE(16) : bytes.readUInt16BE(bytes.indexOf(Buffer.from([0xff, 0xc0])) + 7), 320);
  });
});

describe('the catalogue', () => {
  it('is the same for the same seed and another for another', async () => {
    await using same = await startCivitaiSimulator({ extraModels: 300 });
    await using other = await startCivitaiSimulator({ seed: 'other' });
    assert.deepEqual(same.catalogue.known, simulator.catalogue.known);
    const { lora } = simulator.catalogue.known;
    assert.deepEqual(same.bytesOf(lora.fileId), simulator.bytesOf(lora.fileId));
    assert.notDeepEqual(other.bytesOf(lora.fileId), simulator.bytesOf(lora.fileId));
  });

  it('holds more than eighty curated models over all types of the site', async () => {
    const curated = simulator.catalogue.models.filter(({ id }) => id < 900_000);
    assert.ok(curated.length >= 80);
    const types = new Set(curated.map(({ type }) => type));
    const { ModelType } = await json('/enums');
    assert.deepEqual(
      ModelType.filter((type: string) => !types.has(type)),
      [],
    );
  });

  it('offers some number both as a model and as a version, so that guessing shows', () => {
    assert.ok(simulator.catalogue.models.some(({ id }) => simulator.catalogue.version(id) !== undefined));
  });
});

async function list(query: string, headers: Record<string, string> = {}): Promise<ModelPage> {
  const answer = await fetch(`${simulator.apiUrl}/models?${query}`, { headers });
  assert.equal(answer.status, 200, query);
  return JSON.parse(await answer.text());
}

async function walk(query: string, limit = 100): Promise<{ ids: number[]; pages: number; emptyPages: number }> {
  const found: number[] = [];
  let [pages, emptyPages] = [0, 0];
  let cursor: string | undefined;
  do {
    const page = await list(
      `${query}&limit=${limit}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    found.push(...ids(page));
    pages += 1;
    if (page.items.length === 0) emptyPages += 1;
    cursor = page.metadata.nextCursor;
  } while (cursor !== undefined);
  return { ids: found, pages, emptyPages };
}

function ids(page: ModelPage): number[] {
  return page.items.map(({ id }) => id);
}

async function json(path: string) {
  return JSON.parse(await (await fetch(`${simulator.apiUrl}${path}`)).text());
}

async function post(path: string, body: string) {
  return JSON.parse(await (await fetch(`${simulator.apiUrl}${path}`, { method: 'POST', body })).text());
}

function download(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${simulator.url}/api/download/models/${path}`, { headers, redirect: 'manual' });
}

async function linkTo(known: { versionId: number; fileId: number }): Promise<string> {
  return (await download(`${known.versionId}?fileId=${known.fileId}`)).headers.get('location') ?? '';
}

/** The file behind a download URL, read from the request log of the storage. */
async function chosen(path: string): Promise<number | undefined> {
  const link = (await download(path)).headers.get('location') ?? '';
  await (await fetch(link, { headers: { range: 'bytes=0-0' } })).arrayBuffer();
  return simulator.requests.at(-1)?.fileId;
}
