/** `kura scan` over a library: what has not changed since it was scanned is not read again, and the exit code is the same. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { after, before, it } from 'node:test';

import { systemClock, systemRandom } from '#kernel/clock';
import { createKnownVerdicts, fileCommands } from '#models';
import { createTestPlatform, testActor } from '#platform/unit-of-work/testing';
import { type CivitaiSimulator, type KnownRole, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand } from '../../src/domains/models/testing/command-runner.ts';
import { asTester, type LibraryFile, type ModelBench } from '../../src/domains/models/testing/model-bench.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
before(async () => {
  simulator = await startCivitaiSimulator();
});
after(async () => simulator[Symbol.asyncDispose]());

const risk = { acceptRisk: true, riskReason: 'written by ourselves for a test' };

async function place(bench: ModelBench, role: KnownRole, options: object = {}): Promise<LibraryFile> {
  const { versionId, fileId } = simulator.catalogue.known[role];
  const [item] = await bench.get([`@${versionId}`], { file: String(fileId), ...options });
  assert.equal(item?.status, 'placed');
  return bench.models.readLibraryFile(item.path ?? '');
}

async function scanLibrary(bench: ModelBench): Promise<void> {
  await bench.models.scans.run({ fresh: false }, { onFile: () => undefined }, asTester);
}

async function kuraScan(bench: ModelBench, ...words: string[]) {
  const verdicts = createKnownVerdicts(bench.database);
  const commands = fileCommands({
    clock: systemClock,
    random: systemRandom,
    openKnownVerdicts: async () => ({ verdicts, [Symbol.asyncDispose]: async () => undefined }),
  });
  return runCommand(commands, ['scan', '--json', ...words]);
}

forEachDatabase((databases) => {
  it('takes the verdict of the library on a file that has not changed, unless told not to', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await place(bench, 'embedding');
    const unknown = await kuraScan(bench, path);
    assert.deepEqual([unknown.code, unknown.events[0]?.['cached']], [0, undefined]);
    await scanLibrary(bench);
    const known = await kuraScan(bench, path);
    const { cached, bytesRead, ms, ...line } = known.events[0] ?? {};
    assert.deepEqual([known.code, cached, bytesRead, ms], [0, true, 0, 0]);
    const { bytesRead: read, ms: _ms, ...first } = unknown.events[0] ?? {};
    assert.deepEqual(line, first);
    assert.ok(Number(read) > 0);
    const again = await kuraScan(bench, path, '--no-cache');
    assert.deepEqual([again.events[0]?.['cached'], Number(again.events[0]?.['bytesRead']) > 0], [undefined, true]);
    assert.equal((await kuraScan(bench, dirname(path))).events.filter((event) => event['cached'] === true).length, 1);
  });

  it('reads a file that has changed, and one that was scanned by other rules', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await place(bench, 'embedding');
    await scanLibrary(bench);
    await createTestPlatform(bench.database).unitOfWork.write(testActor, async (tx) => {
      const tables = tx.tables<{ scan_verdicts: { rule_set: string } }>();
      await tables.updateTable('scan_verdicts').set({ rule_set: '2020.1.1' }).execute();
    });
    assert.equal((await kuraScan(bench, path)).events[0]?.['cached'], undefined);
    await scanLibrary(bench);
    assert.equal((await kuraScan(bench, path)).events[0]?.['cached'], true);
    await writeFile(path, simulator.bytesOf(simulator.catalogue.known.maliciousPickle.fileId));
    const changed = await kuraScan(bench, path);
    assert.deepEqual(
      [changed.code, changed.events[0]?.['cached'], changed.events[0]?.['verdict']],
      [4, undefined, 'dangerous'],
    );
  });

  it('ends with 4 for a known danger too, with its findings', async () => {
    await using bench = await openOver(databases, simulator);
    const { path } = await place(bench, 'maliciousPickle', risk);
    await scanLibrary(bench);
    const [known, read] = [await kuraScan(bench, path), await kuraScan(bench, path, '--no-cache')];
    assert.deepEqual([known.code, known.events[0]?.['cached']], [4, true]);
    assert.deepEqual([known.events[0]?.['findings'], read.code], [read.events[0]?.['findings'], 4]);
  });
});
