/** Programs that scan beside Kura, isolated: what they see, what their words lead to, and what happens when they misbehave. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { createExternalScanner, type ProgramScanner } from '#adapters/external-scanner';
import { catalogues } from '#app/catalogues';
import { configuredExternalScanners } from '#app/configured-external-scanners';
import { systemClock, systemRandom } from '#kernel/clock';
import { fileCommands } from '#models';
import type { ExternalScanner } from '#models/ports';
import { type ExternalScannerSettings, loadConfig } from '#platform/config';
import { createTranslators } from '#platform/i18n';
import { createIsolation } from '#platform/isolation';
import { unlessInstalled } from '#stand-ins/child-server';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { testVirus } from '#stand-ins/clamd';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand, translators } from '../../src/domains/models/testing/command-runner.ts';
import { asTester, never } from '../../src/domains/models/testing/model-bench.ts';
import { writeSafetensors } from '../../src/engines/modelscan/testing/model-writer.ts';
import { openOver } from './models/bench-over-simulator.ts';

const isolation = createIsolation({ random: systemRandom, allowLimited: () => false });
const { level, reason } = await isolation.state(never);
// In CI a missing bubblewrap is a failure.
const skip = level === 'limited' && process.env['CI'] !== 'true' ? `no isolation here: ${reason?.code}` : false;

const BYTES = 4000;
let folder = '';
let model = '';
let simulator: CivitaiSimulator;

function weights(text: string): Buffer {
  const header = writeSafetensors({ a: { dtype: 'U8', shape: [BYTES], data_offsets: [0, BYTES] } }, 0);
  const data = Buffer.alloc(BYTES, 7);
  data.write(text, 200);
  return Buffer.concat([header, data]);
}

/** A scanner as settings describe one; `script` is a shell script that gets the file as its first word. */
async function scripted(script: string, changes: Partial<ExternalScannerSettings> = {}): Promise<ProgramScanner> {
  const command = join(folder, `${changes.name ?? 'scripted'}.sh`);
  await writeFile(command, `#!/bin/sh\n${script}\n`);
  await chmod(command, 0o755);
  const settings: ExternalScannerSettings = {
    name: 'scripted',
    command,
    args: ['{file}'],
    reads: [],
    timeoutSeconds: 30,
    memoryMiB: 128,
    output: 'exit-code',
    exitCodes: { 0: 'clean', 1: 'dangerous' },
    ...changes,
  };
  return createExternalScanner(settings, isolation);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kura-external-'));
  model = join(folder, 'secret-name.safetensors');
  await writeFile(model, weights('harmless'), { mode: 0o600 });
  simulator = await startCivitaiSimulator({
    realModels: [{ path: model, name: 'a', type: 'LORA', baseModel: 'SDXL 1.0' }],
  });
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const finding = 'echo \'{"verdict":"dangerous","rule":"planted","message":"a planted find"}\'';

describe('an external scanner', { skip }, () => {
  it('sees the file under a name that tells nothing, and can read it but not change it', async () => {
    const scanner = await scripted(
      'ls /scan; [ "$1" = /scan/file ] && grep -q harmless "$1" && ! echo x >> "$1" && ! [ -e /etc/passwd ] && exit 0; exit 1',
    );
    const scan = await scanner.scan(model, never);
    assert.deepEqual([scan.result, scan.isolation, scan.reason], ['clean', 'bubblewrap', null], JSON.stringify(scan));
  });

  it('gets no secret of ours', async () => {
    process.env['KURA_CIVITAI_TOKEN'] = 'planted-secret';
    const looking = '(env; cat /proc/*/environ; cat /proc/*/cmdline) 2>&1 | grep -aq -e KUR[A]_ -e planted-secre[t]';
    const scanner = await scripted(`${looking} && exit 1; exit 0`);
    const scan = await scanner.scan(model, never);
    delete process.env['KURA_CIVITAI_TOKEN'];
    assert.equal(scan.result, 'clean');
  });

  it('that crashes, hangs, talks nonsense or is not there has said nothing', async () => {
    const cases: ReadonlyArray<readonly [string, Partial<ExternalScannerSettings>, string]> = [
      ['kill -SEGV $$', {}, 'external-scanner.killed-signal'],
      ['sleep 60', { timeoutSeconds: 1 }, 'external-scanner.killed-wall'],
      ['yes', {}, 'external-scanner.killed-output'],
      ['exit 77', {}, 'external-scanner.failed'],
      ['echo all is well', { output: 'json-lines' }, 'external-scanner.not-understood'],
      ['exit 0', { command: '/no/such/scanner' }, 'isolation.program-missing'],
    ];
    for (const [script, changes, code] of cases) {
      const scan = await (await scripted(script, changes)).scan(model, never);
      assert.deepEqual([scan.result, scan.reason?.code], ['not-scanned', code], script);
      for (const translator of Object.values(createTranslators(catalogues))) assert.ok(translator.has(code), code);
    }
  });

  it('does not run where it would not be isolated, and says why', async () => {
    const bare = createIsolation({ random: systemRandom, allowLimited: () => false, folders: [join(folder, 'none')] });
    const [settings] = loadConfig({
      home: folder,
      environment: { KURA_SCAN_EXTERNAL: '[{"name":"mine","command":"/bin/true"}]' },
    }).config.scan.external;
    assert.ok(settings !== undefined);
    const scan = await createExternalScanner(settings, bare).scan(model, never);
    assert.deepEqual(
      [scan.result, scan.reason?.code, scan.isolation],
      ['not-scanned', 'isolation.bubblewrap-missing', null],
    );
  });

  it('stops when it is told to', async () => {
    const why = new Error('enough');
    const stop = new AbortController();
    const scan = (await scripted('sleep 60')).scan(model, stop.signal);
    stop.abort(why);
    await assert.rejects(scan, why);
  });

  it('is another one when its program or its settings have changed', async () => {
    const before = await (await scripted('exit 0')).version();
    assert.equal((await (await scripted('exit 0', { memoryMiB: 129 })).version()) === before, false);
    assert.equal((await (await scripted('exit 0 # changed')).version()) === before, false);
  });
});

describe('settings of external scanners', () => {
  function load(list: unknown) {
    return loadConfig({ home: folder, environment: { KURA_SCAN_EXTERNAL: JSON.stringify(list) } }).config;
  }

  it('are checked as a whole', () => {
    assert.equal(configuredExternalScanners(load([{ name: 'a', command: '/bin/true' }]))[0]?.name, 'a');
    for (const wrong of [
      [{ name: 'A', command: '/bin/true' }],
      [{ name: 'a', command: 'true' }],
      [{ name: 'a', command: '/bin/true', args: ['--all'] }],
      [{ name: 'a', command: '/bin/true', shell: true }],
      [
        { name: 'a', command: '/bin/true' },
        { name: 'a', command: '/bin/false' },
      ],
      'not a list',
    ]) {
      assert.throws(() => load(wrong), { code: 'config.invalid' }, JSON.stringify(wrong));
    }
  });
});

/** Debian's clamscan with a database of its own. */
describe('clamscan as an external scanner', {
  skip: skip || unlessInstalled('clamscan', existsSync('/usr/bin/clamscan') ? '/usr/bin/clamscan' : undefined),
}, () => {
  it('finds the test virus without network or other files', async () => {
    const database = join(folder, 'signatures');
    await mkdir(database);
    await writeFile(join(database, 'local.ndb'), `Kura.Test.EICAR:0:*:${Buffer.from(testVirus()).toString('hex')}\n`);
    const settings: ExternalScannerSettings = {
      name: 'clamscan',
      command: '/usr/bin/clamscan',
      args: ['--no-summary', `--database=${database}`, '{file}'],
      reads: [database],
      timeoutSeconds: 120,
      memoryMiB: 2048,
      output: 'exit-code',
      exitCodes: { 0: 'clean', 1: 'dangerous' },
    };
    const scanner = createExternalScanner(settings, isolation);
    const clean = await scanner.scan(model, never);
    assert.equal(clean.result, 'clean', JSON.stringify(clean));
    const infected = join(folder, 'infected.bin');
    await writeFile(infected, testVirus());
    const scan = await scanner.scan(infected, never);
    assert.equal(scan.result, 'dangerous', JSON.stringify(scan));
    assert.match(scan.findings[0]?.message ?? '', /^\{file\}: Kura\.Test\.EICAR\S* FOUND/);
  });
});

forEachDatabase((databases) => {
  function ref(): string {
    return `@${simulator.catalogue.real[0]?.versionId}`;
  }

  it('a find puts a download into quarantine, with its rule, and is on record', { skip }, async () => {
    const scanner = await scripted(finding, { output: 'json-lines', name: 'finder' });
    await using bench = await openOver(databases, simulator, {
      overrides: { externalScanners: async () => [scanner] },
    });
    const [item] = await bench.get([ref()], { acceptRisk: true });
    assert.deepEqual([item?.status, item?.verdict], ['quarantined', 'dangerous']);
    const [kept] = await bench.models.listQuarantine();
    assert.equal(kept?.findings[0]?.rule, 'external.finder.planted');
    const { key, params } = kept.findings[0] ?? { key: '', params: {} };
    assert.equal(translators.en.text(key, params), 'The scanner finder reports: a planted find');
  });

  it('a clean word changes nothing, and what was seen is not scanned again', { skip }, async () => {
    let scans = 0;
    const inner = await scripted('exit 0', { name: 'counted' });
    const scanner: ExternalScanner = {
      ...inner,
      scan: async (path, signal) => {
        scans += 1;
        return inner.scan(path, signal);
      },
    };
    const elsewhere = {
      ...(await scripted(finding, { name: 'elsewhere', output: 'json-lines' })),
      formats: new Set(['onnx']),
    };
    await using bench = await openOver(databases, simulator, {
      overrides: { externalScanners: async () => [scanner, elsewhere] },
    });
    const [item] = await bench.get([ref()]);
    assert.deepEqual([item?.status, item?.verdict], ['placed', 'clean']);
    await bench.models.scans.run({ fresh: false }, { onFile: () => undefined }, asTester);
    assert.equal(scans, 1);
    await bench.models.scans.run({ fresh: true }, { onFile: () => undefined }, asTester);
    assert.equal(scans, 2);
    const known = await bench.models.externalScansOf({ sha256: item?.sha256 ?? '' });
    assert.deepEqual(
      known.map(({ scanner: name, result, isolation: by }) => [name, result, by]),
      [['counted', 'clean', 'bubblewrap']],
    );
  });

  it('finds in the library what a changed scanner knows, and forgets no find while it cannot be asked', {
    skip,
  }, async () => {
    const quiet = { onFile: () => undefined };
    const holder = { scanner: await scripted('exit 0', { name: 'changing' }) };
    const scanner: ExternalScanner = {
      name: 'changing',
      formats: undefined,
      version: async () => holder.scanner.version(),
      scan: async (path, signal) => holder.scanner.scan(path, signal),
    };
    await using bench = await openOver(databases, simulator, {
      overrides: { externalScanners: async () => [scanner] },
    });
    const [item] = await bench.get([ref()]);
    holder.scanner = await scripted(`${finding.replace('dangerous', 'suspicious')} # new`, {
      name: 'changing',
      output: 'json-lines',
    });
    assert.equal((await bench.models.scans.run({ fresh: false }, quiet, asTester)).counts.changed, 1);
    holder.scanner = await scripted('exit 99', { name: 'changing' });
    await bench.models.scans.run({ fresh: true }, quiet, asTester);
    const file = await bench.models.readLibraryFile(item?.path ?? '');
    assert.equal(file.verdict, 'suspicious');
  });
});

it('kura scan asks them as well, says so, and ends with 4 for what they find', { skip }, async () => {
  const scanners = [
    await scripted(finding, { output: 'json-lines', name: 'finder' }),
    await scripted('exit 55', { name: 'broken' }),
  ];
  const commands = fileCommands({
    clock: systemClock,
    random: systemRandom,
    configuredExternalScanners: () => scanners,
  });
  const run = await runCommand(commands, ['scan', model, '--json']);
  assert.equal(run.code, 4);
  const line = JSON.stringify(run.events[0]);
  assert.match(line, /"verdict":"dangerous".*"rule":"external\.finder\.planted".*"externalScans":\[/);
  const people = await runCommand(commands, ['scan', model]);
  assert.match(people.stdout, /The scanner finder reports: a planted find/);
  assert.match(people.stdout, /finder: 0 without a find, 1 with finds, 0 not scanned/);
  assert.match(people.stdout, /broken: 0 without a find, 0 with finds, 1 not scanned\n {2}– 1 × /);
});
