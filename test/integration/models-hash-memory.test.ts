/** `kura hash --cached`: what has not changed is not read again. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';

import { modelsCommands } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';
import { forEachDatabase } from '#stand-ins/databases';

import { runCommand } from '../../src/domains/models/testing/command-runner.ts';
import { openOver } from './models/bench-over-simulator.ts';

let simulator: CivitaiSimulator;
let folder = '';
before(async () => {
  simulator = await startCivitaiSimulator();
  folder = await mkdtemp(join(tmpdir(), 'kura-hash-memory-'));
});
after(async () => {
  await simulator[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

forEachDatabase((databases) => {
  it('takes the hashes of an unchanged file from memory, and reads a changed one', async () => {
    await using bench = await openOver(databases, simulator);
    const file = join(folder, 'model.bin');
    await writeFile(file, 'first');
    async function measured(...options: string[]) {
      const argv = ['hash', '--json', ...options, folder];
      const { code, events } = await runCommand(modelsCommands, argv, { open: async () => bench.models });
      assert.equal(code, 0);
      const [event] = events as [{ hashes: { SHA256: string }; cached?: boolean }];
      return { sha256: event.hashes.SHA256, cached: event.cached };
    }
    const first = await measured('--cached');
    assert.equal(first.cached, undefined);
    assert.deepEqual(await measured('--cached'), { ...first, cached: true });
    const { atime, mtime } = await stat(file);
    await writeFile(file, 'other');
    await utimes(file, atime, new Date(mtime.getTime() + 1000));
    const changed = await measured('--cached');
    assert.equal(changed.cached, undefined);
    assert.notEqual(changed.sha256, first.sha256);
    assert.deepEqual(await measured(), changed);
  });
});
