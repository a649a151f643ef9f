/** The client against the simulator: real HTTP, real cursors, real errors. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import {
  type CivitaiClient,
  type CivitaiClientOptions,
  chooseFile,
  createCivitaiClient,
  errorFromAnswer,
  fileId,
  type HttpTransport,
  isGated,
  type Model,
  type ModelQuery,
  modelId,
  parseModelRef,
  type RequestLogEntry,
  versionId,
} from '#engines/civitai';
import { sha256 } from '#kernel/brands';
import { systemClock, systemRandom } from '#kernel/clock';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

const never = new AbortController().signal;

const fetchTransport: HttpTransport = {
  send: async ({ method, url, headers, body, signal }) => {
    const response = await fetch(url, {
      method,
      headers,
      signal,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  },
};

let simulator: CivitaiSimulator;
let log: RequestLogEntry[] = [];

function connect(options: Partial<CivitaiClientOptions> = {}): CivitaiClient {
  return createCivitaiClient({
    baseUrl: simulator.url,
    transport: fetchTransport,
    clock: systemClock,
    random: { ...systemRandom, fraction: () => 0.01 },
    onRequest: (entry) => log.push(entry),
    ...options,
  });
}

async function everyModel(client: CivitaiClient, query: ModelQuery) {
  const models: Model[] = [];
  let duplicates = 0;
  for await (const step of client.modelPages(query, never)) {
    if (step.kind !== 'page') return { models, duplicates, stop: step };
    assert.deepEqual(step.page.skipped, []);
    models.push(...step.page.items);
    duplicates += step.duplicates;
  }
  throw new Error('the walk ended without saying how');
}

function idsOf(models: readonly Model[]): readonly number[] {
  return models.map((model) => model.modelId).toSorted((a, b) => a - b);
}

describe('the client against the simulator', () => {
  before(async () => {
    simulator = await startCivitaiSimulator();
  });
  after(async () => simulator[Symbol.asyncDispose]());
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
    log = [];
  });

  it('walks the whole catalogue by cursor, whatever the page size', async () => {
    const client = connect();
    const large = await everyModel(client, { nsfw: true, limit: 100 });
    const small = await everyModel(client, { nsfw: true, limit: 7, sort: 'Most Downloaded' });
    assert.deepEqual([large.stop, small.stop], [{ kind: 'end' }, { kind: 'end' }]);
    assert.ok(large.models.length >= 80, String(large.models.length));
    assert.deepEqual(idsOf(small.models), idsOf(large.models));
    assert.ok(simulator.requests.every(({ url }) => !url.includes('page=')));
  });

  it('gives each model once when pages overlap', async () => {
    simulator.faults.set({ repeatLastItem: true });
    const { models, duplicates, stop } = await everyModel(connect(), { limit: 10 });
    assert.deepEqual(stop, { kind: 'end' });
    assert.ok(duplicates > 0);
    assert.equal(new Set(models.map((model) => model.modelId)).size, models.length);
  });

  it('keeps the first pages when a later one fails, and goes on from its cursor', async () => {
    const client = connect({ limits: { maxAttempts: 1 } });
    const whole = await everyModel(client, { limit: 10 });
    simulator.faults.set({ route: 'models', status: 500, skip: 2, times: 1 });
    const first = await everyModel(client, { limit: 10 });
    assert.equal(first.models.length, 20);
    assert.ok(first.stop.kind === 'error' && first.stop.cursor !== null, first.stop.kind);
    const rest = await everyModel(client, { limit: 10, cursor: first.stop.cursor });
    assert.deepEqual(idsOf([...first.models, ...rest.models]), idsOf(whole.models));
  });

  it('applies repeated types and base models', async () => {
    const { models } = await everyModel(connect(), {
      types: ['LORA,VAE'],
      baseModels: ['SDXL 1.0', 'SD 1.5'],
      limit: 50,
    });
    assert.ok(models.length > 0);
    assert.deepEqual(
      [...new Set(models.map((model) => model.type))].filter((type) => type !== 'LORA' && type !== 'VAE'),
      [],
    );
    assert.ok(models.every((model) => model.baseModels.some((base) => base === 'SDXL 1.0' || base === 'SD 1.5')));
  });

  it('is accepted with every wish at once', async () => {
    const page = await connect().searchModels(
      {
        query: 'a',
        tag: 'style',
        types: ['LORA'],
        baseModels: ['SDXL 1.0'],
        sort: 'Newest',
        period: 'Year',
        periodMode: 'published',
        nsfw: false,
        primaryFileOnly: true,
        supportsGeneration: false,
        earlyAccess: false,
        favorites: false,
        allowCommercialUse: ['Image'],
        allowNoCredit: true,
        fileFormats: ['SafeTensor'],
        limit: 500,
      },
      never,
    );
    assert.deepEqual(page.notSent.map(({ name, reason }) => `${name} ${reason}`).toSorted(), [
      'allowNoCredit refused',
      'earlyAccess false-means-true',
      'limit clamped',
      'sort ignored-with-query',
      'supportsGeneration false-means-true',
    ]);
  });

  it('reads details, and the same file by id, by every hash and in bulk', async () => {
    const client = connect();
    const { lora } = simulator.catalogue.known;
    const model = await client.model(modelId(lora.modelId), never);
    const version = await client.version(versionId(lora.versionId), never);
    assert.equal(version.modelId, model.modelId);
    assert.ok(model.versions.some((candidate) => candidate.versionId === version.versionId));
    const file = version.files.find((candidate) => candidate.fileId === lora.fileId);
    assert.ok(file?.hashes.sha256);
    assert.equal(file.sizeBytes, simulator.catalogue.file(lora.fileId)?.content().size);
    const { hashes } = file;
    for (const digest of [hashes.sha256, hashes.autoV1, hashes.autoV2, hashes.autoV3, hashes.crc32, hashes.blake3]) {
      if (digest === null) continue;
      assert.equal((await client.versionByHash(digest, never))?.versionId, version.versionId, digest);
    }
    const unknown = sha256('0'.repeat(64));
    const matches = await client.versionIdsByHashes([file.hashes.sha256, unknown], never);
    assert.ok(matches.items.some((match) => match.versionId === version.versionId));
    const versions = await client.versionsByHashes([file.hashes.sha256, unknown], never);
    assert.ok(versions.items.some((found) => found.versionId === version.versionId));
    assert.equal(await client.versionByHash(unknown, never), null);
    const mini = await client.mini(versionId(lora.versionId), fileId(lora.fileId), never);
    assert.equal(mini.hashes.sha256, file.hashes.sha256);
  });

  it('reads the odd ones', async () => {
    const client = connect();
    const { known } = simulator.catalogue;
    async function odd(role: keyof typeof known) {
      return client.model(modelId(known[role].modelId), never);
    }
    assert.equal((await odd('archived')).mode, 'Archived');
    assert.equal((await odd('noCreator')).creator, null);
    assert.equal((await odd('nullStats')).stats?.downloads ?? null, null);
    assert.equal((await odd('noHashes')).versions[0]?.files[0]?.hashes.sha256, null);
    const gated = (await odd('earlyAccess')).versions.filter((version) => isGated(version, Date.now()));
    assert.ok(gated.length > 0);
    const quantised = await client.version(versionId(known.twoFormats.versionId), never);
    const { file, alternatives } = chooseFile(quantised, { quantTypes: ['Q4_K_M'] });
    assert.deepEqual([file?.quantType, alternatives.map((other) => other.quantType)], ['Q4_K_M', ['Q8_0']]);
    const unpublished = versionId(known.unpublished.versionId);
    await assert.rejects(client.version(unpublished, never), { kind: 'not-found', code: 'civitai.not-found' });
  });

  it('takes unknown types and formats as data', async () => {
    simulator.faults.set({ unknownEnums: true });
    const { models, stop } = await everyModel(connect(), { limit: 100 });
    assert.deepEqual(stop, { kind: 'end' });
    assert.ok(models.length > 0);
  });

  it('reads images, creators, tags and the lists of values', async () => {
    const client = connect();
    const images = await client.images({ limit: 5 }, never);
    assert.ok(images.items.length > 0 && images.items.every((image) => image.nsfwLevel === 1));
    const creators = await client.creators({ limit: 2 }, never);
    assert.deepEqual([creators.items.length, creators.nextPage], [2, 2]);
    const more = await client.creators({ limit: 2, page: 2 }, never);
    assert.notDeepEqual(more.items, creators.items);
    assert.ok((await client.tags({ limit: 3 }, never)).items.length > 0);
    assert.ok((await client.enums(never)).modelTypes.includes('LORA'));
  });

  it('signs in with a token, and says when there is none or a dead one', async () => {
    assert.equal((await connect({ token: 'simulator-token' }).me(never)).username, 'kura_reader');
    const favourites = await connect({ token: 'simulator-token' }).searchModels({ favorites: true, nsfw: true }, never);
    assert.equal(favourites.items.length, 2);
    await assert.rejects(connect({ token: 'dead' }).me(never), { code: 'civitai.token-needed' });
    await assert.rejects(connect().me(never), { code: 'civitai.token-needed' });
    assert.ok(!JSON.stringify(log).includes('simulator-token'));
    assert.ok(simulator.requests.every(({ url }) => !url.includes('token')));
  });

  it('waits as long as a 503 asks, and succeeds', async () => {
    simulator.faults.set({ route: 'models', status: 503, retryAfter: 1, times: 1 });
    await connect().searchModels({ limit: 1 }, never);
    assert.deepEqual(
      log.map(({ status }) => status),
      [503, 200],
    );
    assert.ok((log[0]?.retryInMs ?? 0) >= 1000);
    const [refused, served] = simulator.requests;
    assert.ok(refused && served && served.at - refused.at >= 990);
  });

  it('recognises an HTML page in place of an answer', async () => {
    simulator.faults.set({ route: 'model', html: true });
    const { lora } = simulator.catalogue.known;
    await assert.rejects(connect().model(modelId(lora.modelId), never), { code: 'civitai.not-json' });
  });

  it('builds download addresses that lead to exactly the file, and reads why others do not', async () => {
    const client = connect();
    const { known } = simulator.catalogue;
    async function resolve({ versionId: version, fileId: file }: { versionId: number; fileId: number }) {
      const url = client.downloadUrl(versionId(version), fileId(file));
      assert.deepEqual(parseModelRef(url).kind, 'version');
      return fetchTransport.send({
        method: 'GET',
        url,
        headers: { 'user-agent': 'Kura/1' },
        maxBodyBytes: 1e6,
        signal: never,
      });
    }
    const good = await resolve(known.lora);
    assert.equal(good.status, 307);
    assert.ok(good.headers['location']?.startsWith(simulator.storageUrl));
    const codes = {
      archived: 'civitai.archived',
      loginRequired: 'civitai.token-needed',
      downloadsDisabled: 'civitai.download-disabled',
      earlyAccess: 'civitai.early-access',
      permanentlyPaid: 'civitai.paid-access',
    } as const;
    for (const [role, code] of Object.entries(codes)) {
      const answer = await resolve(known[role as keyof typeof codes]);
      assert.equal(errorFromAnswer(answer, { path: '/api/download', clock: systemClock }).code, code, role);
    }
  });

  it('introduces itself by its own name', async () => {
    await connect().enums(never);
    assert.equal(simulator.requests[0]?.headers['user-agent'], 'Kura/1');
  });
});
