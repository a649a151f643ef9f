/** What others say of files: ClamAV here, and CivitAI's own scans. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { createClamdScanner } from '#adapters/clamd';
import type { ModelFile } from '#engines/civitai';
import { systemClock, systemRandom } from '#kernel/clock';
import { fileCommands, modelsCommands, virusScannerProbe } from '#models';
import type { ModelSource, VirusScanner } from '#models/ports';
import type { AuditTables } from '#platform/unit-of-work';
import { unlessInstalled } from '#stand-ins/child-server';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { clamdProgram, startClamd, testVirus } from '#stand-ins/clamd';
import { forEachDatabase } from '#stand-ins/databases';

import type { CatalogueTables } from '../../src/domains/models/testing/catalogue-parts.ts';
import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { createFakeVirusScanner } from '../../src/domains/models/testing/fake-virus-scanner.ts';
import { asTester, type ModelBench, never } from '../../src/domains/models/testing/model-bench.ts';
import { writeSafetensors } from '../../src/engines/modelscan/testing/model-writer.ts';
import { itemsOf, observer, startHere } from './models/batch-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

const skip = unlessInstalled('clamd', clamdProgram());
const BYTES = 300_000;

let folder = '';
let simulator: CivitaiSimulator;

/** Valid weights for every scanner of model files, with this text among them. */
function weights(text: string): Buffer {
  const header = writeSafetensors({ a: { dtype: 'U8', shape: [BYTES], data_offsets: [0, BYTES] } }, 0);
  const data = Buffer.alloc(BYTES, 7);
  data.write(text, 200_000);
  return Buffer.concat([header, data]);
}

const models = ['infected', 'clean'] as const;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-outside-'));
  const realModels = [];
  for (const name of models) {
    const path = join(folder, `${name}.safetensors`);
    await writeFile(path, weights(name === 'infected' ? testVirus() : 'nothing'));
    realModels.push({ path, name, type: 'LORA', baseModel: 'SDXL 1.0' });
  }
  simulator = await startCivitaiSimulator({ realModels });
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function refOf(which: (typeof models)[number]): string {
  return `@${simulator.catalogue.real[models.indexOf(which)]?.versionId}`;
}

async function kura(bench: ModelBench, ...argv: string[]) {
  return runCommand(modelsCommands, ['models', ...argv], { open: async () => bench.models });
}

async function auditOf(bench: ModelBench) {
  const rows = await bench.database
    .tables<AuditTables>()
    .selectFrom('audit_log')
    .select(['action', 'level', 'actor_name', 'after'])
    .where('category', '=', 'security-scan')
    .execute();
  return rows.map(({ action, level }) => [action, level]);
}

/** The site with other words about every file. */
function saying(virus: string, pickle: string) {
  return (source: ModelSource): ModelSource => {
    function changed(file: ModelFile): ModelFile {
      const virusScan = { result: virus, message: null };
      return { ...file, virusScan, pickleScan: { result: pickle, message: null } };
    }
    return {
      ...source,
      version: async (...input) => {
        const version = await source.version(...input);
        return { ...version, files: version.files.map(changed) };
      },
      model: async (...input) => {
        const model = await source.model(...input);
        return {
          ...model,
          versions: model.versions.map((version) => ({ ...version, files: version.files.map(changed) })),
        };
      },
    };
  };
}

forEachDatabase((databases) => {
  it('puts into quarantine what ClamAV finds, on record and with its name, and places the rest', { skip }, async () => {
    await using clamd = await startClamd();
    const virusScanner = createClamdScanner({ address: clamd.address });
    await using bench = await openOver(databases, simulator, { overrides: { virusScanner } });
    const [infected, clean] = await bench.get([refOf('infected'), refOf('clean')], { acceptRisk: true });
    assert.deepEqual([infected?.status, infected?.verdict], ['quarantined', 'dangerous']);
    assert.deepEqual([clean?.status, clean?.verdict], ['placed', 'clean']);
    const [item] = await bench.models.listQuarantine();
    assert.equal(item?.findings[0]?.rule, `clamav.${clamd.signature}`);
    assert.deepEqual(await auditOf(bench), [['models.quarantine-file', 'critical']]);
    const { scan } = await bench.models.virusScanOf({ sha256: clean?.sha256 ?? '' });
    assert.equal(scan?.result, 'clean');
    assert.match(scan.engine?.name ?? '', /^ClamAV /);
    const { key, params } = item.findings[0] ?? { key: '', params: {} };
    assert.match(translators.en.text(key, params), new RegExp(`^ClamAV [\\d.]+ finds ${clamd.signature} `));
    await assert.rejects(
      bench.models.restoreQuarantined({ id: item.id, acceptRisk: true, mayOverride: true }, asTester),
      { code: 'models.restore-refused' },
    );
  });

  it('says that nobody scanned when nobody could, and why', async () => {
    const virusScanner = createClamdScanner({ address: join(folder, 'nobody') });
    await using bench = await openOver(databases, simulator, { overrides: { virusScanner } });
    const [item] = await bench.get([refOf('infected')]);
    assert.deepEqual([item?.status, item?.verdict], ['placed', 'clean']);
    const { scan } = await bench.models.virusScanOf({ sha256: item?.sha256 ?? '' });
    assert.deepEqual([scan?.result, scan?.reason?.code], ['not-scanned', 'clamd.unreachable']);
  });

  it('asks again when there are new signatures, and forgets no find while nobody can be asked', async () => {
    const virusScanner = createFakeVirusScanner('not there');
    await using bench = await openOver(databases, simulator, { overrides: { virusScanner } });
    async function fetchAnew() {
      return (await bench.get([refOf('infected')], { force: true }))[0]?.status;
    }
    assert.equal(await fetchAnew(), 'placed');
    assert.equal(await fetchAnew(), 'placed');
    assert.equal(virusScanner.scans.length, 1);
    virusScanner.finds = testVirus();
    virusScanner.signatures = { ...virusScanner.signatures, version: '2' };
    assert.equal(await fetchAnew(), 'quarantined');
    virusScanner.isGone = true;
    assert.equal(await fetchAnew(), 'quarantined');
    assert.equal(virusScanner.scans.length, 3);
  });

  it('finds in the library what only the signatures of a later day know', async () => {
    const virusScanner = createFakeVirusScanner('not there');
    await using bench = await openOver(databases, simulator, { overrides: { virusScanner } });
    const [item] = await bench.get([refOf('infected')]);
    const quiet = { onFile: () => undefined };
    async function scanLibrary() {
      return (await bench.models.scans.run({ fresh: false }, quiet, asTester)).counts;
    }
    assert.equal((await scanLibrary()).quarantined, 0);
    assert.equal(virusScanner.scans.length, 1);
    virusScanner.finds = testVirus();
    virusScanner.signatures = { ...virusScanner.signatures, version: '2' };
    assert.equal((await scanLibrary()).quarantined, 1);
    assert.ok(!(await bench.libraryFiles()).includes('loras/infected.safetensors'));
    const [kept] = await bench.models.listQuarantine();
    assert.deepEqual([kept?.originalPath, kept?.findings[0]?.rule], [item?.path, 'clamav.Fake.Virus']);
    const kinds = (await auditOf(bench)).map(([action]) => action);
    assert.ok(kinds.includes('models.quarantine-file'), kinds.join());
  });

  it('keeps in a library scan what the site says of a pickle, and heeds what it says later', async () => {
    await using bench = await openOver(databases, simulator, { altered: saying('Success', 'Danger') });
    const [taken] = await bench.get([refOf('clean')], { acceptRisk: true });
    assert.deepEqual([taken?.status, taken?.verdict], ['placed', 'suspicious']);
    const quiet = { onFile: () => undefined };
    const again = await bench.models.scans.run({ fresh: true }, quiet, asTester);
    assert.equal(again.counts.suspicious, 1, 'not silently clean');
    const [file] = (await bench.models.listLibrary({ limit: 10 })).items;
    assert.equal(file?.verdict, 'suspicious');
    // A search or a look at its page tells what the site says by now.
    await bench.models.readModel(file?.modelId ?? 0, never, { refresh: true });
    await bench.database.transaction(async (tx) => {
      await tx.tables<CatalogueTables>().updateTable('catalogue_files').set({ virus_scan: 'Danger' }).execute();
    });
    const last = await bench.models.scans.run({ fresh: false }, quiet, asTester);
    assert.equal(last.counts.quarantined, 1);
    const [kept] = await bench.models.listQuarantine();
    assert.equal(kept?.findings[0]?.rule, 'civitai-virus-scan');
  });

  it('does not fetch what the site calls infected, whatever is said', async () => {
    await using bench = await openOver(databases, simulator, { altered: saying('Danger', 'Success') });
    simulator.clearRequests();
    for (const acceptRisk of [false, true]) {
      const [item] = await bench.get([refOf('clean')], { acceptRisk });
      assert.deepEqual([item?.status, item?.reason?.code], ['failed', 'models.site-scan-infected']);
    }
    assert.equal(simulator.requests.filter(({ route }) => route === 'download').length, 0);
  });

  it('asks before it fetches what the site has not cleared, and keeps who said yes', async () => {
    for (const [virus, pickle] of [
      ['Pending', 'Success'],
      ['Success', 'Deferred'],
    ] as const) {
      await using bench = await openOver(databases, simulator, { altered: saying(virus, pickle) });
      const plan = await kura(bench, 'get', refOf('clean'), '--dry-run', '--json');
      assert.equal(plan.code, 4);
      const asked = await kura(bench, 'get', refOf('clean'));
      assert.equal(asked.code, 4);
      assert.match(asked.stdout + asked.stderr, new RegExp(`${virus}.*${pickle}[\\s\\S]*--accept-risk`));
      assert.deepEqual(await auditOf(bench), []);
      assert.equal((await kura(bench, 'get', refOf('clean'), '--accept-risk')).code, 0);
      assert.deepEqual(await auditOf(bench), [['models.accept-site-scan', 'warning']]);
    }
  });

  it('asks in download jobs, too: what is not cleared fails for good, unless the job takes the risk', async () => {
    await using bench = await openOver(databases, simulator, { altered: saying('Pending', 'Success') });
    for (const [acceptRisk, status, code] of [
      [false, 'failed', 'models.site-scan-asks'],
      [true, 'done', undefined],
    ] as const) {
      const batch = await startHere(bench, { refs: [refOf('clean')] }, { acceptRisk, retryRounds: 3 });
      await bench.models.runBatchHere(batch.id, observer(), asTester);
      const [item] = await itemsOf(bench, batch.id);
      assert.deepEqual([item?.status, item?.reason?.code], [status, code]);
    }
    assert.deepEqual(await auditOf(bench), [['models.accept-site-scan', 'warning']]);
  });

  it('does not call clean a pickle that the site calls dangerous', async () => {
    await using bench = await openOver(databases, simulator, { altered: saying('Success', 'Danger') });
    const [item] = await bench.get([refOf('clean')]);
    assert.deepEqual([item?.status, item?.verdict], ['quarantined', 'suspicious']);
    const [taken] = await bench.get([refOf('clean')], { acceptRisk: true });
    assert.deepEqual([taken?.status, taken?.verdict], ['placed', 'suspicious']);
  });
});

/** `kura scan` as the program has it, with this virus scanner configured. */
async function scanFiles(virusScanner: VirusScanner, ...words: string[]) {
  const commands = fileCommands({
    clock: systemClock,
    random: systemRandom,
    configuredVirusScanner: () => virusScanner,
  });
  return runCommand(commands, ['scan', ...words]);
}

it('kura scan asks ClamAV as well, and ends with 4 for what it finds', { skip }, async () => {
  await using clamd = await startClamd();
  const scanner = createClamdScanner({ address: clamd.address });
  const path = join(folder, 'infected.safetensors');
  const run = await scanFiles(scanner, path, '--json');
  assert.equal(run.code, 4);
  const [line] = run.events as ReadonlyArray<{ verdict: string; findings: unknown[]; virusScan: { result: string } }>;
  assert.deepEqual([line?.verdict, line?.virusScan.result], ['dangerous', 'infected']);
  assert.match(JSON.stringify(line?.findings), new RegExp(`"rule":"clamav.${clamd.signature}"`));
  const people = await scanFiles(scanner, folder);
  assert.match(people.stdout, /ClamAV: 1 without a find, 1 infected, 0 not scanned/);
});

it('kura scan counts what ClamAV did not scan apart, with the reason', async () => {
  const scanner = createFakeVirusScanner('x');
  scanner.isGone = true;
  const run = await scanFiles(scanner, join(folder, 'clean.safetensors'));
  assert.equal(run.code, 0);
  assert.match(run.stdout, /0 without a find, 0 infected, 1 not scanned\n {2}– 1 × not scanned so far/);
});

it('shows on the health page when the scanner is gone or its signatures are old', async () => {
  const scanner = createFakeVirusScanner('x');
  const clock = { ...systemClock, now: () => Date.parse('2026-11-22T00:00:00Z') };
  async function state(now: string) {
    return (await virusScannerProbe(scanner, { ...clock, now: () => Date.parse(now) }).run(never)).state;
  }
  assert.equal(await state('2026-11-22T00:00:00Z'), 'ok');
  assert.equal(await state('2026-11-28T00:00:00Z'), 'degraded');
  scanner.isGone = true;
  assert.equal(await state('2026-11-22T00:00:00Z'), 'degraded');
});
