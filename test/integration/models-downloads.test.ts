/** Getting files, against a simulated CivitAI over real sockets. */
import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';

import { hashFile } from '#engines/transfer';
import type { AuditTables } from '#platform/unit-of-work';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { asTester, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { refOf } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

async function only(bench: ModelBench, role: KnownRole, request?: Parameters<ModelBench['get']>[1]) {
  const [item] = await bench.get([refOf(simulator, role)], request);
  assert.ok(item);
  return item;
}

async function eventsOf(bench: ModelBench): Promise<readonly string[]> {
  const rows = await bench.database
    .tables<{ kura_events: { name: string; position: number } }>()
    .selectFrom('kura_events')
    .select('name')
    .orderBy('position')
    .execute();
  return rows.map(({ name }) => name);
}

forEachDatabase((databases) => {
  beforeEach(() => {
    simulator.faults.clear();
    simulator.clearRequests();
  });

  const kinds: Readonly<Partial<Record<KnownRole, string>>> = {
    lora: 'loras/lantern_festival_ilxl_v2.safetensors',
    checkpoint: 'checkpoints/kuraDemoMix_v10.safetensors',
    torchCheckpoint: 'checkpoints/oldTownStreets_zipEra.ckpt',
    legacyCheckpoint: 'checkpoints/oldTownStreets_first.ckpt',
    gguf: 'llm/haikuWriter05b_q80.gguf',
    vae: 'vae/clearColoursVae_840k.safetensors',
    embeddingPickle: 'embeddings/tidydesk15.pt',
    twoFormats: 'diffusion_models/fluxGardenDev_gguf.gguf',
    npz: 'other/colourStatistics_v1.npz',
    poses: 'poses/cookingPoses_set1.zip',
    workflow: 'workflows/twoPassUpscale_v1.json',
    japaneseLora: 'loras/和風水彩（水墨画）第２版.safetensors',
    deviceName: 'loras/_CON.safetensors',
    slashName: 'loras/up.safetensors',
    unknownEnums: 'other/hololattice/fromTheFuture_v1.safetensors',
  };

  it('places each kind of file where its program looks, with the published bytes', async () => {
    await using bench = await openOver(databases, simulator);
    const roles = Object.keys(kinds) as KnownRole[];
    const items = await bench.get(roles.map((role) => refOf(simulator, role)));
    for (const [index, role] of roles.entries()) {
      const item = items[index];
      assert.deepEqual([item?.status, item?.verdict], ['placed', 'clean'], `${role} ${item?.reason?.code}`);
      assert.equal(item?.path, join(bench.library, kinds[role] ?? ''));
      const { SHA256 } = await simulator.hashesOf(simulator.catalogue.known[role].fileId);
      assert.equal((await hashFile(item.path, { names: [] })).hashes.SHA256, SHA256.toLowerCase());
      assert.equal(item.sha256, SHA256.toLowerCase());
      assert.equal((await stat(item.path)).mode & 0o444, 0o444, 'other programs must be able to read it');
    }
    assert.deepEqual(
      (await bench.libraryFiles()).filter((name) => name.includes('.part')),
      [],
    );
    assert.equal((await eventsOf(bench)).filter((name) => name === 'models.file-placed').length, roles.length);
  });

  it('writes side-cars and a picture beside a model, and keeps what people wrote there', async () => {
    await using bench = await openOver(databases, simulator);
    const base = join(bench.library, 'loras', 'watercolour_wash_sdxl');
    const { path } = await only(bench, 'repairable');
    assert.equal(path, `${base}.safetensors`);
    const settings = JSON.parse(await readFile(`${base}.json`, 'utf8'));
    assert.deepEqual([settings['activation text'], settings['sd version']], ['watercolour wash', 'SDXL']);
    const info = JSON.parse(await readFile(`${base}.civitai.info`, 'utf8'));
    const known = simulator.catalogue.known.repairable;
    assert.deepEqual([info.id, info.modelId, info.model.type], [known.versionId, known.modelId, 'LORA']);
    assert.deepEqual((await readFile(`${base}.preview.jpeg`)).subarray(0, 2), Buffer.from([0xff, 0xd8]));

    await writeFile(`${base}.json`, JSON.stringify({ 'activation text': 'mine', extra: 1 }));
    await rm(`${base}.safetensors`);
    assert.equal((await only(bench, 'repairable')).status, 'placed');
    const merged = JSON.parse(await readFile(`${base}.json`, 'utf8'));
    assert.deepEqual([merged['activation text'], merged.extra, merged['sd version']], ['mine', 1, 'SDXL']);
  });

  it('never lets a workflow be overwritten by a side-car of its own name', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await only(bench, 'workflow');
    assert.ok(JSON.parse(await readFile(path ?? '', 'utf8')).nodes);
    assert.deepEqual(await bench.libraryFiles(), ['workflows/twoPassUpscale_v1.json']);
  });

  it('skips what is there, and fetches again what is damaged, keeping the damaged bytes', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await only(bench, 'lora');
    assert.ok(path);
    simulator.clearRequests();
    // As a process leaves it that is killed while it writes beside a file that it has repaired.
    const draft = path.replace(/\.\w+$/, '.json.2147483646-0123456789ab.tmp');
    await writeFile(draft, '{');
    assert.equal((await only(bench, 'lora')).status, 'skipped');
    assert.ok(simulator.requests.every(({ url }) => !url.includes('/download/')));
    await assert.rejects(readFile(draft), { code: 'ENOENT' });

    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
    assert.equal((await only(bench, 'lora')).status, 'placed');
    assert.notDeepEqual(await readFile(path), bytes);
    const [kept] = await bench.models.listQuarantine();
    assert.equal(kept?.reason, 'models.damaged-on-disk');
    assert.deepEqual(await readFile(kept.path), bytes);
    assert.deepEqual((await eventsOf(bench)).slice(-2), ['models.file-quarantined', 'models.file-repaired']);
  });

  it('repairs a download whose bytes arrived wrong once', async () => {
    await using bench = await openOver(databases, simulator);
    const { fileId } = simulator.catalogue.known.repairable;
    simulator.faults.set({ fileId, flipByteAt: 5000, times: 1 });
    assert.equal((await only(bench, 'repairable')).status, 'placed');
    assert.deepEqual(await bench.models.listQuarantine(), []);
  });

  it('gives a file that stays wrong no name, and keeps its bytes in quarantine with the reason', async () => {
    await using bench = await openOver(databases, simulator);
    const item = await only(bench, 'wrongHash');
    assert.deepEqual([item.status, item.path, item.error?.facts.exitCode], ['failed', null, 5]);
    assert.equal(item.reason?.code, 'transfer.hash-mismatch');
    const [kept] = await bench.models.listQuarantine();
    assert.equal(kept?.reason, 'models.hash-mismatch');
    assert.equal(item.reason.params['path'], kept.path);
    assert.ok((await stat(kept.path)).size > 0);
    assert.deepEqual(await bench.libraryFiles(), []);
  });

  it('puts a malicious pickle into quarantine with its findings, whatever the site says of it', async () => {
    await using bench = await openOver(databases, simulator);
    for (const role of ['maliciousPickle', 'maliciousPickleUnflagged'] as const) {
      const item = await only(bench, role);
      assert.deepEqual([item.status, item.verdict], ['quarantined', 'dangerous']);
      const reason = JSON.parse(await readFile(join(dirname(item.path ?? ''), 'reason.json'), 'utf8'));
      assert.match(reason.restore, /^kura models quarantine restore [\w-]+ --accept-risk$/);
      assert.ok(reason.findings.some((finding: { rule: string }) => finding.rule === 'pickle-import-process'));
    }
    assert.deepEqual(await bench.libraryFiles(), []);
  });

  it('fetches a quarantined file anew when it is asked for again, and never takes it out of quarantine for that', async () => {
    await using bench = await openOver(databases, simulator);
    const first = await only(bench, 'maliciousPickle');
    const again = await only(bench, 'maliciousPickle');
    assert.equal(again.status, 'quarantined');
    assert.equal(basename(again.path ?? ''), basename(first.path ?? ''));
    assert.ok((await stat(first.path ?? '')).isFile());
  });

  it('runs a file once when two references lead to it, and answers both', async () => {
    await using bench = await openOver(databases, simulator);
    const { modelId, versionId } = simulator.catalogue.known.lora;
    const refs = [String(modelId), `@${versionId}`];
    const items = await bench.get(refs);
    assert.deepEqual(
      items.map(({ ref, status }) => [ref, status]),
      refs.map((ref) => [ref, 'placed']),
    );
    const asked = simulator.requests.filter(({ route }) => route === 'download');
    assert.equal(asked.length, 1);
  });

  it('places a dangerous file only for a person who accepts the risk and says why, and puts that on record', async () => {
    await using bench = await openOver(databases, simulator);
    const blocked = await only(bench, 'maliciousPickle', { acceptRisk: true });
    assert.deepEqual([blocked.status, blocked.reason?.code], ['quarantined', 'models.verdict-dangerous']);
    const riskReason = 'written by ourselves for a test';
    const item = await only(bench, 'maliciousPickle', { acceptRisk: true, riskReason });
    assert.deepEqual([item.status, item.verdict], ['placed', 'dangerous']);
    const audit = await bench.database
      .tables<AuditTables>()
      .selectFrom('audit_log')
      .select(['action', 'level', 'after'])
      .where('category', '=', 'security-scan')
      .where('result', '=', 'done')
      .execute();
    assert.deepEqual(
      audit.map(({ action, level }) => [action, level]),
      [['models.place-risky-file', 'critical']],
    );
    const { admitted } = JSON.parse(audit[0]?.after ?? '{}');
    assert.deepEqual([admitted.by, admitted.reason, admitted.action], ['test', riskReason, 'block']);
    assert.ok(admitted.rules.includes('pickle-import-process'));
    const file = await bench.models.readLibraryFile(item.path ?? '');
    assert.deepEqual(file.admitted, admitted);
  });

  it('restores from quarantine, a dangerous file only when the risk is accepted', async () => {
    await using bench = await openOver(databases, simulator);
    await only(bench, 'maliciousPickle');
    const [kept] = await bench.models.listQuarantine();
    assert.ok(kept);
    const { id, originalPath } = kept;
    await assert.rejects(bench.models.restoreQuarantined({ id, acceptRisk: false, mayOverride: true }, asTester), {
      code: 'models.restore-refused',
      kind: 'refused',
    });
    const file = await bench.models.restoreQuarantined(
      { id, acceptRisk: true, mayOverride: true, reason: 'written by ourselves' },
      asTester,
    );
    assert.deepEqual([file.path, file.verdict], [originalPath, 'dangerous']);
    assert.equal((await hashFile(originalPath, { names: [] })).hashes.SHA256, file.sha256);
    assert.deepEqual(await bench.models.listQuarantine(), []);
    await assert.rejects(stat(kept.path), { code: 'ENOENT' });
  });

  it('tells wrong bytes that turn out dangerous apart when they are asked back', async () => {
    await using bench = await openOver(databases, simulator);
    const { fileId } = simulator.catalogue.known.maliciousPickle;
    simulator.faults.set({ fileId, wrongHash: true });
    const item = await only(bench, 'maliciousPickle');
    assert.equal(item.reason?.code, 'transfer.hash-mismatch');
    const [kept] = await bench.models.listQuarantine();
    await assert.rejects(
      bench.models.restoreQuarantined({ id: kept?.id ?? '', acceptRisk: false, mayOverride: true }, asTester),
      {
        code: 'models.restore-refused',
      },
    );
  });

  const refusals: Readonly<Partial<Record<KnownRole, string>>> = {
    earlyAccess: 'civitai.early-access',
    permanentlyPaid: 'civitai.paid-access',
    grantRequired: 'civitai.not-entitled',
    archived: 'civitai.archived',
    downloadsDisabled: 'civitai.download-disabled',
    unpublished: 'civitai.not-found',
  };

  it('says which door is closed, and leaves nothing behind', async () => {
    await using bench = await openOver(databases, simulator);
    const roles = Object.keys(refusals) as KnownRole[];
    const items = await bench.get(roles.map((role) => refOf(simulator, role)));
    assert.deepEqual(Object.fromEntries(roles.map((role, index) => [role, items[index]?.reason?.code])), refusals);
    assert.deepEqual(await bench.libraryFiles(), []);
  });

  it('asks for a token where one is needed', async () => {
    await using bench = await openOver(databases, simulator, { token: '' });
    const item = await only(bench, 'loginRequired');
    assert.equal(item.reason?.code, 'civitai.token-needed');
    await using signedIn = await openOver(databases, simulator);
    assert.equal((await only(signedIn, 'loginRequired')).status, 'placed');
  });

  it('never stores a page that came instead of the file', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'storage', html: true });
    assert.equal((await only(bench, 'lora')).reason?.code, 'transfer.not-the-file');
    assert.deepEqual(await bench.libraryFiles(), []);
  });

  it('goes on with a new address when the signed one has expired', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ expireLink: true, times: 2 });
    assert.equal((await only(bench, 'checkpoint')).status, 'placed');
  });

  it('lets the others go on when one fails', async () => {
    await using bench = await openOver(databases, simulator);
    simulator.faults.set({ route: 'download', fileId: simulator.catalogue.known.vae.fileId, status: 410 });
    const items = await bench.get([
      refOf(simulator, 'lora'),
      'nonsense',
      refOf(simulator, 'vae'),
      refOf(simulator, 'tiny'),
      refOf(simulator, 'embedding'),
    ]);
    assert.deepEqual(
      items.map(({ status }) => status),
      ['placed', 'failed', 'failed', 'quarantined', 'placed'],
    );
    assert.deepEqual(
      items.map(({ reason }) => reason?.code),
      [undefined, 'civitai.ref-invalid', 'civitai.archived', 'models.verdict-invalid', undefined],
    );
  });

  it('refuses a plan that does not fit before it fetches anything', async () => {
    const options = { layout: 'comfyui', connections: 4, parallel: 2, idleTimeoutMs: 5000 } as const;
    const reserveBytes = Number.MAX_SAFE_INTEGER / 2;
    await using bench = await openOver(databases, simulator, {
      overrides: {
        options: () => ({ ...options, reserveBytes, allowLikeness: false, bytesPerSecond: 0, lockWaitMs: 100 }),
      },
    });
    await assert.rejects(bench.get([refOf(simulator, 'lora')]), { code: 'models.disk-space', kind: 'unavailable' });
    assert.ok(simulator.requests.every(({ url }) => !url.includes('/download/')));
  });

  it('keeps files of equal names apart, each under the name of its version', async () => {
    await using bench = await openOver(databases, simulator);
    const { modelId } = simulator.catalogue.known.sameNameVersions;
    const versions = simulator.catalogue.model(modelId)?.versions ?? [];
    assert.ok(versions.length > 1);
    const items = await bench.get(versions.map(({ id }) => `@${id}`));
    assert.equal(new Set(items.map(({ path }) => path)).size, versions.length);
    assert.ok(items.slice(1).every(({ path }, index) => path?.includes(`(v${versions[index + 1]?.id})`)));
    const again = await bench.get(versions.map(({ id }) => `@${id}`));
    assert.ok(again.every(({ status }) => status === 'skipped'));
  });

  it('finds a file by any published hash, and only where its SHA-256 can be checked', async () => {
    await using bench = await openOver(databases, simulator);
    const { fileId } = simulator.catalogue.known.lora;
    const { SHA256, AutoV2 } = await simulator.hashesOf(fileId);
    const [item] = await bench.get([`sha256:${SHA256}`]);
    assert.deepEqual([item?.status, item?.sha256], ['placed', SHA256.toLowerCase()]);
    const [short] = await bench.get([`autov2:${AutoV2}`]);
    assert.equal(short?.status, 'skipped');
    const [unknown] = await bench.get([`sha256:${'0'.repeat(64)}`]);
    assert.equal(unknown?.reason?.code, 'models.hash-unknown');
  });

  it('takes a linked file from the version it belongs to', async () => {
    await using bench = await openOver(databases, simulator);
    const { versionId } = simulator.catalogue.known.linkedVae;
    const [item] = await bench.get([`@${versionId}`], { file: 'VAE' });
    assert.deepEqual([item?.status, basename(dirname(item?.path ?? ''))], ['placed', 'vae'], JSON.stringify(item));
    const { SHA256 } = await simulator.hashesOf(simulator.catalogue.known.vae.fileId);
    assert.equal(item?.sha256, SHA256.toLowerCase());
  });

  it('puts a configuration beside its checkpoint, under its name', async () => {
    await using bench = await openOver(databases, simulator);
    const { versionId } = simulator.catalogue.known.checkpoint;
    const [checkpoint] = await bench.get([`@${versionId}`]);
    const [config] = await bench.get([`@${versionId}`], { file: 'Config' });
    assert.equal(config?.path, checkpoint?.path?.replace(/\.safetensors$/, '.yaml'));
    assert.equal(config?.status, 'placed');
  });

  it('adopts the right bytes that nobody recorded, as after a crash between naming and recording', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await only(bench, 'lora');
    await bench.database.transaction(async (tx) => {
      await tx.tables<{ library_files: object }>().deleteFrom('library_files').execute();
    });
    simulator.clearRequests();
    const item = await only(bench, 'lora');
    assert.deepEqual([item.status, item.path], ['placed', path]);
    assert.ok(simulator.requests.every(({ url }) => !url.includes('/download/')));
    assert.equal((await bench.models.listLibrary({ limit: 5 })).items.length, 1);
  });

  it('leaves a stranger with the wanted name alone', async () => {
    await using bench = await openOver(databases, simulator);
    const first = await only(bench, 'lora');
    assert.ok(first.path);
    await bench.database.transaction(async (tx) => {
      await tx.tables<{ library_files: object }>().deleteFrom('library_files').execute();
      await tx.tables<{ downloads: object }>().deleteFrom('downloads').execute();
    });
    await writeFile(first.path, 'mine');
    const second = await only(bench, 'lora');
    assert.equal(second.status, 'placed');
    assert.notEqual(second.path, first.path);
    assert.equal(await readFile(first.path, 'utf8'), 'mine');
  });

  it('stops at once when asked to, and goes on later from where it was', async () => {
    const stop = new AbortController();
    await using bench = await openOver(databases, simulator, {
      onReceived: (bytes) => {
        if (bytes > 20_000_000) stop.abort();
      },
    });
    simulator.faults.set({ fileId: simulator.catalogue.known.medium.fileId, bytesPerSecond: 40_000_000 });
    const [stopped] = await bench.get([refOf(simulator, 'medium')], {}, stop.signal);
    assert.deepEqual([stopped?.status, stopped?.reason?.code], ['cancelled', 'transfer.interrupted']);
    assert.ok((await bench.libraryFiles()).some((name) => name.endsWith('.part')));
    simulator.faults.clear();
    simulator.clearRequests();
    const item = await only(bench, 'medium');
    assert.equal(item.status, 'placed');
    const sent = simulator.requests.reduce((sum, request) => sum + request.bytesSent, 0);
    assert.ok(sent < simulator.catalogue.known.medium.sizeBytes * 0.9, String(sent));
  });
});
