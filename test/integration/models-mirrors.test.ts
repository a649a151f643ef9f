/** Files that CivitAI no longer has, or cannot give now, from mirrors that nobody believes (models.md M-113). */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, it } from 'node:test';

import { createHttpMirrors } from '#adapters/http-mirrors';
import { KuraError } from '#kernel/errors';
import type { FileMirror, ModelSource } from '#models/ports';
import { createTranslators } from '#platform/i18n';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { asTester, type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { itemsOf, observer, refOf, reportText, startHere } from './models/batch-bench.ts';
import { openOver, type SimulatorBenchOptions } from './models/bench-over-simulator.ts';

/** A web server with files below their names. */
class MirrorServer {
  readonly files = new Map<string, Uint8Array>();
  readonly asked: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    this.asked.push(name);
    const bytes = this.files.get(name);
    if (bytes === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  /** Host and port. */
  get name(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get mirrors(): readonly FileMirror[] {
    return createHttpMirrors([`http://${this.name}/{sha256}`]);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

const here = new MirrorServer();
const there = new MirrorServer();
let simulator: CivitaiSimulator;

before(async () => {
  simulator = await startCivitaiSimulator();
  await here.listen();
  await there.listen();
});

after(async () => {
  here.close();
  there.close();
  await simulator[Symbol.asyncDispose]();
});

async function digestOf(role: KnownRole): Promise<string> {
  return (await simulator.hashesOf(simulator.catalogue.known[role].fileId)).SHA256.toLowerCase();
}

async function put(server: MirrorServer, role: KnownRole): Promise<void> {
  server.files.set(await digestOf(role), simulator.bytesOf(simulator.catalogue.known[role].fileId));
}

function downloadsAsked(): number {
  return simulator.requests.filter(({ route }) => route === 'download').length;
}

/** The site, which somebody can turn off. */
function switchable() {
  let fault: KuraError | undefined;
  return {
    fail(code: string): void {
      fault = new KuraError(code === 'civitai.not-found' ? 'not-found' : 'unavailable', code);
    },
    altered: (source: ModelSource): ModelSource => {
      function unlessOff(): ModelSource {
        if (fault !== undefined) throw fault;
        return source;
      }
      return {
        ...source,
        model: async (...given) => unlessOff().model(...given),
        version: async (...given) => unlessOff().version(...given),
        versionByHash: async (...given) => unlessOff().versionByHash(...given),
        modelPages: (...given) => unlessOff().modelPages(...given),
      };
    },
  };
}

function over(databases: Parameters<typeof openOver>[0], options: SimulatorBenchOptions = {}): Promise<ModelBench> {
  const mirrors = [...here.mirrors, ...there.mirrors];
  return openOver(databases, simulator, { ...options, overrides: { mirrors, ...options.overrides } });
}

async function see(bench: ModelBench, role: KnownRole): Promise<void> {
  await bench.models.readModel(simulator.catalogue.known[role].modelId, never);
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
    for (const server of [here, there]) {
      server.files.clear();
      server.asked.length = 0;
    }
  });

  it('takes what CivitAI no longer has from the first mirror whose bytes are the published ones', async () => {
    await using bench = await over(databases);
    simulator.faults.set({ route: 'download', status: 404 });
    const digest = await digestOf('lora');
    const wrong = Uint8Array.from(simulator.bytesOf(simulator.catalogue.known.lora.fileId));
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
    here.files.set(digest, wrong);
    await put(there, 'lora');
    const [item] = await bench.get([refOf(simulator, 'lora')]);
    assert.deepEqual([item?.status, item?.mirror, item?.sha256], ['placed', there.name, digest]);
    const [file] = (await bench.models.listLibrary({ limit: 1 })).items;
    assert.ok(file);
    assert.equal(await bench.models.senderOf(file), there.name);
    const otherBytes = { ...file, sha256: '0'.repeat(64) };
    assert.equal(await bench.models.senderOf(otherBytes), null, 'adopted there, not fetched');
    const kept = await bench.models.listQuarantine();
    assert.deepEqual(
      kept.map(({ reason }) => reason),
      ['models.mirror-mismatch'],
    );
    assert.deepEqual(
      (await bench.libraryFiles()).filter((name) => name.includes('.part')),
      [],
    );
  });

  it('says what CivitAI said when no mirror has it', async () => {
    await using bench = await over(databases);
    simulator.faults.set({ route: 'download', status: 410 });
    const [item] = await bench.get([refOf(simulator, 'lora')]);
    assert.deepEqual([item?.status, item?.reason?.code, item?.mirror], ['failed', 'civitai.archived', null]);
    assert.deepEqual([here.asked, there.asked], [[await digestOf('lora')], [await digestOf('lora')]]);
  });

  for (const code of ['civitai.not-found', 'outbound.unreachable']) {
    it(`plans by what was seen before, and says so, after ${code}`, async () => {
      const site = switchable();
      await using bench = await over(databases, { altered: site.altered });
      await see(bench, 'lora');
      await put(there, 'lora');
      site.fail(code);
      const { modelId, versionId } = simulator.catalogue.known.lora;
      const plan = await bench.models.plan({ refs: [`@${versionId}`], acceptRisk: false }, never);
      assert.deepEqual(
        plan.items.map((item) => ('error' in item ? item.error.code : item.siteFault?.code)),
        [code],
      );
      const items = await bench.get([`${modelId}@${versionId}`, `sha256:${await digestOf('lora')}`]);
      assert.deepEqual(
        items.map(({ status, mirror }) => [status, mirror]),
        [
          ['placed', there.name],
          ['placed', there.name],
        ],
      );
      assert.equal(downloadsAsked(), 0);
    });
  }

  it('brings back a file of the library that the site has forgotten, and keeps what stands beside it', async () => {
    const site = switchable();
    await using bench = await over(databases, { altered: site.altered });
    const [first] = await bench.get([refOf(simulator, 'lora')]);
    assert.ok(first?.path);
    const info = `${first.path.replace(/\.safetensors$/, '')}.civitai.info`;
    const described = JSON.parse(await readFile(info, 'utf8'));
    await rm(first.path);
    await put(here, 'lora');
    site.fail('civitai.not-found');
    const [again] = await bench.get([refOf(simulator, 'lora')]);
    assert.deepEqual([again?.status, again?.mirror, again?.path], ['placed', here.name, first.path]);
    assert.deepEqual(JSON.parse(await readFile(info, 'utf8')), described);
  });

  it('opens no door that somebody closed', async () => {
    await using bench = await over(databases, {
      altered: (source) => ({
        ...source,
        model: async (...given) => {
          const model = await source.model(...given);
          return model.modelId === simulator.catalogue.known.lora.modelId ? { ...model, mode: 'TakenDown' } : model;
        },
      }),
    });
    const roles = ['earlyAccess', 'permanentlyPaid', 'grantRequired', 'downloadsDisabled', 'lora'] as const;
    for (const role of roles) await put(here, role);
    const items = await bench.get(roles.map((role) => refOf(simulator, role)));
    assert.deepEqual(
      items.map(({ status }) => status),
      roles.map(() => 'failed'),
    );
    assert.deepEqual([here.asked, there.asked], [[], []]);
  });

  it('asks mirrors first where that is wished, and the site for what they lack', async () => {
    const options = {
      layout: 'comfyui' as const,
      connections: 1,
      parallel: 1,
      idleTimeoutMs: 5000,
      reserveBytes: 0,
      allowLikeness: false,
      lockWaitMs: 5000,
      mirrorFirst: true,
    };
    await using bench = await over(databases, { overrides: { options: () => options } });
    await put(here, 'lora');
    const items = await bench.get([refOf(simulator, 'lora'), refOf(simulator, 'gguf')]);
    assert.deepEqual(
      items.map(({ status, mirror }) => [status, mirror]),
      [
        ['placed', here.name],
        ['placed', null],
      ],
    );
    assert.equal(downloadsAsked(), 1);
  });

  it('finishes a job while the site is away, and the report says where each file came from', async () => {
    const site = switchable();
    await using bench = await over(databases, { altered: site.altered });
    const roles = ['lora', 'gguf'] as const;
    for (const role of roles) {
      await see(bench, role);
      await put(there, role);
    }
    site.fail('outbound.unreachable');
    simulator.faults.set({ route: 'download', status: 410 });
    // One is known by what was just seen, the other has to be asked about.
    const refs = [`@${simulator.catalogue.known.lora.versionId}`, `sha256:${await digestOf('gguf')}`];
    const { id } = await startHere(bench, { refs });
    const ended = await bench.models.runBatchHere(id, observer(), asTester);
    assert.equal(ended.status, 'completed');
    assert.deepEqual(
      (await itemsOf(bench, id)).map(({ mirror }) => mirror),
      [there.name, there.name],
    );
    const translator = createTranslators([], 'UTC').en;
    const report = await reportText(bench, id, 'csv', translator);
    assert.match(report, new RegExp(`,${there.name},`));
  });
});
