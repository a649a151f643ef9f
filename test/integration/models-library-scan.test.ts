/** Scans of the library: nothing is read twice, what turned dangerous is dealt with, and people can stop and go on. */
import assert from 'node:assert/strict';
import { rm, stat, writeFile } from 'node:fs/promises';
import { after, before, beforeEach, it } from 'node:test';
import { modelsCommands, modelsRoutes, readScanPolicy } from '#models';
import * as contract from '#models/contract';
import { adminCaller, type Caller } from '#platform/access';
import type { Permission } from '#platform/contract';
import type { Transaction } from '#platform/db';
import { callInProcess } from '#platform/http';
import type { AuditTables } from '#platform/unit-of-work';
import { createTestPlatform, testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';
import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { asTester, type LibraryFile, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { until, work } from './models/at-work.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

const quiet = { onFile: () => undefined };
const usual = { dangerous: 'block', invalid: 'block', suspicious: 'ask', unscanned: 'ask', clean: 'pass' } as const;
const riskReason = 'written by ourselves for a test';

async function place(bench: ModelBench, role: KnownRole, risk: object = {}): Promise<LibraryFile> {
  const { versionId, fileId } = simulator.catalogue.known[role];
  const [item] = await bench.get([`@${versionId}`], { file: String(fileId), ...risk });
  assert.equal(item?.status, 'placed');
  return bench.models.readLibraryFile(item.path ?? '');
}

async function scan(bench: ModelBench, request: Partial<contract.ScanRequest> = {}) {
  return bench.models.scans.run({ fresh: false, ...request }, quiet, asTester);
}

async function write(bench: ModelBench, change: (tx: Transaction) => Promise<void>): Promise<void> {
  await createTestPlatform(bench.database).unitOfWork.write(testActor, change);
}

async function ageRules(bench: ModelBench): Promise<void> {
  for (const table of ['file_scans', 'scan_verdicts'] as const) {
    await write(bench, async (tx) => {
      const tables = tx.tables<{ file_scans: { rule_set: string }; scan_verdicts: { rule_set: string } }>();
      await tables.updateTable(table).set({ rule_set: '2020.1.1' }).execute();
    });
  }
}

async function becomeDangerous({ path }: LibraryFile): Promise<void> {
  await writeFile(path, simulator.bytesOf(simulator.catalogue.known.maliciousPickle.fileId));
}

function callerWith(...permissions: readonly Permission[]): Caller {
  return { ...adminCaller(), name: 'somebody', permissions: new Set(permissions) };
}

function call<Route extends Parameters<typeof callInProcess>[1]>(
  bench: ModelBench,
  route: Route,
  input: Parameters<typeof callInProcess<Route>>[2],
  caller: Caller,
) {
  return callInProcess(modelsRoutes(bench.models, translators), route, input, {
    caller,
    session: undefined,
    language: 'en',
    requestId: 'test',
    nonce: '',
    signal: asTester.signal,
    reply: { header: () => undefined },
  });
}

forEachDatabase((databases) => {
  beforeEach(() => simulator.faults.clear());

  it('takes the verdict of the download, and reads a file again only when asked or when it has changed', async () => {
    await using bench = await openOver(databases, simulator);
    const file = await place(bench, 'embeddingPickle', { acceptRisk: true });
    const first = await scan(bench);
    assert.deepEqual([first.status, first.counts.files, first.counts.known, first.counts.bytesRead], ['done', 1, 1, 0]);
    const fresh = await scan(bench, { fresh: true });
    assert.equal(fresh.counts.known, 0);
    assert.ok(fresh.counts.bytesRead > 0);
    await writeFile(file.path, simulator.bytesOf(simulator.catalogue.known.embedding.fileId));
    const changed = await scan(bench);
    assert.equal(changed.counts.known, 0);
  });

  it('puts a file that turned dangerous into quarantine, reports it, and gives it back by permission and reason', async () => {
    await using bench = await openOver(databases, simulator);
    const kept = await place(bench, 'lora');
    const file = await place(bench, 'embedding');
    await becomeDangerous(file);
    const { counts, changes } = await scan(bench);
    assert.deepEqual([counts.files, counts.dangerous, counts.changed, counts.quarantined], [2, 1, 1, 1]);
    assert.deepEqual(
      changes.map(({ path, before, after, outcome }) => [path, before, after, outcome]),
      [[file.path, 'clean', 'dangerous', 'quarantined']],
    );
    const [item] = await bench.models.listQuarantine();
    assert.deepEqual([item?.id, item?.reason], [changes[0]?.quarantineId, 'models.verdict-dangerous']);
    await assert.rejects(stat(file.path), { code: 'ENOENT' });
    const { items } = await bench.models.listLibrary({ limit: 10 });
    assert.deepEqual(
      items.map(({ id }) => id),
      [kept.id],
    );
    const route = contract.restoreQuarantined;
    const params = { id: item?.id ?? '' };
    const body = { acceptRisk: true, reason: riskReason };
    await assert.rejects(call(bench, route, { params, body }, callerWith('models:read', 'models:write')), {
      code: 'models.override-forbidden',
      kind: 'refused',
    });
    await assert.rejects(call(bench, route, { params, body: { acceptRisk: true } }, adminCaller()), {
      code: 'models.restore-refused',
    });
    await assert.rejects(call(bench, route, { params, body: { acceptRisk: true, reason: 'short' } }, adminCaller()), {
      kind: 'invalid',
    });
    const restored = await call(bench, route, { params, body }, adminCaller());
    assert.deepEqual([restored.path, restored.admitted?.reason], [file.path, riskReason]);
    const again = await scan(bench);
    assert.deepEqual([again.counts.dangerous, again.counts.quarantined], [1, 0]);
    const [audit] = await bench.database
      .tables<AuditTables>()
      .selectFrom('audit_log')
      .select(['actor_name', 'level', 'after'])
      .where('action', '=', 'models.restore-quarantined')
      .execute();
    assert.deepEqual([audit?.actor_name, audit?.level], ['admin', 'critical']);
    const { admitted, sha256 } = JSON.parse(audit?.after ?? '{}');
    assert.equal(admitted.reason, riskReason);
    assert.ok(admitted.rules.includes('pickle-import-process') && sha256 === restored.sha256);
  });

  it('only reports what turned dangerous where policy asks', async () => {
    const policy = readScanPolicy({ ...usual, dangerous: 'ask', rules: '', formats: '' });
    await using bench = await openOver(databases, simulator, { overrides: { scanPolicy: () => policy } });
    const file = await place(bench, 'embedding');
    await becomeDangerous(file);
    const { changes } = await scan(bench);
    assert.deepEqual(
      changes.map(({ outcome, quarantineId }) => [outcome, quarantineId]),
      [['reported', null]],
    );
    assert.equal((await bench.models.readLibraryFile(file.id)).verdict, 'dangerous');
    const found = await bench.models.listScannedFiles({ verdict: ['dangerous'], limit: 10 });
    assert.deepEqual(
      found.items.map(({ path }) => path),
      [file.path],
    );
  });

  it('finds files by verdict, rule and format', async () => {
    await using bench = await openOver(databases, simulator);
    const clean = await place(bench, 'lora');
    const risky = await place(bench, 'maliciousPickle', { acceptRisk: true, riskReason });
    const reader = callerWith('models:read');
    async function names(query: object) {
      const { items } = await call(bench, contract.listScannedFiles, { query }, reader);
      return items.map(({ name }) => name);
    }
    assert.deepEqual(await names({}), [risky.name]);
    assert.deepEqual(await names({ verdict: ['clean'] }), [clean.name]);
    assert.deepEqual(await names({ rule: 'pickle-import-process' }), [risky.name]);
    assert.deepEqual(await names({ rule: 'pickle-import' }), []);
    assert.deepEqual(await names({ verdict: ['clean', 'dangerous'], format: 'safetensors' }), [clean.name]);
    const { items } = await call(bench, contract.listScannedFiles, { query: {} }, reader);
    assert.match(items[0]?.findings[0]?.message ?? '', /Loading this file would/);
    assert.equal(items[0]?.admitted?.reason, riskReason);
  });

  it('a program with other rules scans once, by itself, what was scanned by those before', async () => {
    await using bench = await openOver(databases, simulator);
    await place(bench, 'lora');
    await bench.models.setUpScans(testActor);
    assert.deepEqual(await bench.jobs.list({ name: 'models.scan-library', limit: 10 }), []);
    await ageRules(bench);
    assert.equal((await bench.models.scanStatus()).library.outdated, 1);
    await bench.models.setUpScans(testActor);
    await bench.models.setUpScans(testActor);
    const jobs = await bench.jobs.list({ name: 'models.scan-library', limit: 10 });
    assert.deepEqual(
      jobs.map(({ priority }) => priority),
      [-10],
    );
    await using _workers = work(bench);
    const status = await until(
      async () => bench.models.scanStatus(),
      ({ last }) => last !== undefined,
    );
    assert.deepEqual([status.last?.trigger, status.last?.status, status.library.outdated], ['new-rules', 'done', 0]);
  });

  it('one runs at a time; it is paused, goes on where it stood, and counts every file once', async () => {
    await using bench = await openOver(databases, simulator);
    // The small one comes first, and the next takes longer than anybody waits.
    for (const role of ['lora', 'vae', 'embedding'] as const) await place(bench, role);
    const { scans } = bench.models;
    const begun = await scans.start({ fresh: true, bytesPerSecond: 20_000 }, testActor);
    assert.equal(begun.status, 'queued');
    await assert.rejects(scans.start({ fresh: false }, testActor), { code: 'models.scan-open' });
    await using _workers = work(bench);
    await until(
      async () => scans.read(begun.id),
      ({ counts }) => counts.files > 0,
    );
    await scans.pause(begun.id, testActor);
    const paused = await until(
      async () => ({ scan: await scans.read(begun.id), jobs: await bench.jobs.list({ status: 'running', limit: 1 }) }),
      ({ jobs }) => jobs.length === 0,
    );
    assert.equal(paused.scan.status, 'paused');
    assert.ok(paused.scan.counts.files < 3, 'nothing was left to pause');
    await write(bench, async (tx) => {
      const tables = tx.tables<{ library_scans: { options: string } }>();
      await tables.updateTable('library_scans').set({ options: '{"fresh":true}' }).execute();
    });
    await scans.resume(begun.id, testActor);
    const done = await until(
      async () => scans.read(begun.id),
      ({ status }) => status === 'done',
    );
    assert.deepEqual([done.counts.files, done.counts.clean], [3, 3]);
    await assert.rejects(scans.cancel(begun.id, testActor), { code: 'models.scan-ended' });
  });

  it('a file that is gone is missing; since leaves out what was placed before', async () => {
    await using bench = await openOver(databases, simulator);
    const file = await place(bench, 'lora');
    const tomorrow = new Date(Date.parse(file.placedAt) + 86_400_000).toISOString();
    assert.equal((await scan(bench, { since: tomorrow })).counts.files, 0);
    await rm(file.path);
    assert.equal((await scan(bench)).counts.missing, 1);
  });

  it('kura models scan tells of every file, and ends with 4 when one turned dangerous', async () => {
    await using bench = await openOver(databases, simulator);
    await place(bench, 'lora');
    const options = { open: async () => bench.models };
    assert.equal((await runCommand(modelsCommands, ['models', 'scan', '--json'], options)).code, 0);
    await becomeDangerous(await place(bench, 'embedding'));
    const { code, events } = await runCommand(modelsCommands, ['models', 'scan', '--json', '--limit-rate', '1G'], {
      ...options,
    });
    assert.equal(code, 4);
    assert.deepEqual(
      events.map(({ event, verdict, wasKnown }) => [event, verdict, wasKnown]),
      [
        ['scanned', 'dangerous', false],
        ['scanned', 'clean', true],
        ['done', undefined, undefined],
      ],
    );
    const readable = await runCommand(modelsCommands, ['models', 'scan'], { ...options, language: 'ja' });
    assert.match(readable.stdout, /ルール \S+ で 1 ファイル: 問題なし 1/);
  });

  it('who may download may not override, neither with one file nor with a batch', async () => {
    await using bench = await openOver(databases, simulator);
    const { versionId, fileId } = simulator.catalogue.known.maliciousPickle;
    const downloader = callerWith('models:read', 'models:download');
    const body = { refs: [`@${versionId}`], file: String(fileId), acceptRisk: true, riskReason };
    await assert.rejects(call(bench, contract.startDownloads, { body }, downloader), {
      code: 'models.override-forbidden',
    });
    const batch = { source: { refs: body.refs }, options: { acceptRisk: true, riskReason } };
    await assert.rejects(call(bench, contract.startBatch, { body: batch }, downloader), {
      code: 'models.override-forbidden',
    });
    await assert.rejects(call(bench, contract.startScan, { body: {} }, callerWith('models:read')), {
      code: 'access.permission-missing',
    });
  });
});
