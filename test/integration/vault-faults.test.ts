/**
 * Every operation of the vault, stopped at random points by kill -9 and by full disks: the repository verifies, what was
 * there before is there, and the next run completes. `KURA_VAULT_FAULTS=300` for a long look, `KURA_FAULT_SEED` to repeat.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';

import { KuraError, toKuraError } from '#kernel/errors';
import { mulberry32 } from '#stand-ins/seeded-random';

import { createMemoryFolder } from '../../src/engines/vault/testing/vault-fixture.ts';
import { type OperationName, operationNames, runOperation } from '../../src/engines/vault/testing/vault-operations.ts';
import {
  assertCompletes,
  assertSound,
  createFaultWorld,
  type FaultWorld,
  passphrase,
  withCopy,
} from './vault/fault-world.ts';

const perOperation = Math.ceil(Number(process.env['KURA_VAULT_FAULTS'] ?? 12) / operationNames.length / 2);
const seed = Number(process.env['KURA_FAULT_SEED'] ?? Date.now() % 1_000_000);
const random = mulberry32(seed);

/** Bytes that each of them surely writes in this world: with fewer free it meets a full disk somewhere on its way. */
const needed: Readonly<Record<OperationName, number>> = {
  backup: 600_000,
  copy: 1_000_000,
  restore: 900_000,
  prune: 60_000,
  forget: 12_000,
  rotate: 12_000,
};

describe('an operation of the vault', () => {
  it('killed at any point leaves a sound repository, and the next run completes', async () => {
    await using world = await createFaultWorld();
    await using trials = await createMemoryFolder();
    let killed = 0;
    for (const name of operationNames) {
      const steps = await countSteps(name, world, trials.at(name));
      for (let trial = 0; trial < perOperation; trial += 1) {
        const step = 1 + Math.floor(random() * steps);
        const after = Math.floor(random() * 4);
        const what = `${name}, killed ${after} ms after step ${step} of ${steps}, seed ${seed}`;
        await withCopy(world, trials.at(`${name}-${trial}`), async (folder) => {
          if (await diesAt(name, folder, { step, after })) killed += 1;
          await assertSound(name, folder, world, what);
          await assertCompletes(name, folder, world, what);
        });
      }
    }
    const runs = perOperation * operationNames.length;
    console.log(`seed ${seed}: ${killed} of ${runs} runs were killed before their end`);
    assert.ok(killed >= runs / 2, `only ${killed} of ${runs} were killed before their end`);
  });

  it('on a disk that fills up leaves a sound repository, and completes when there is room', async () => {
    await using world = await createFaultWorld();
    await using trials = await createMemoryFolder();
    let full = 0;
    for (const name of operationNames) {
      for (let trial = 0; trial < perOperation; trial += 1) {
        const disk = await mountSmallDisk(trials.at('disk'));
        try {
          await withCopy(world, path.join(trials.at('disk'), 'world'), async (folder) => {
            const free = Math.floor(random() * needed[name]);
            const what = `${name}, with ${free} bytes free, seed ${seed}`;
            if (await meetsFullDisk(name, folder, { disk, free })) full += 1;
            await assertSound(name, folder, world, what);
            await assertCompletes(name, folder, world, what);
          });
        } finally {
          disk.unmount();
        }
      }
    }
    const runs = perOperation * operationNames.length;
    console.log(`seed ${seed}: ${full} of ${runs} runs met a full disk`);
    assert.ok(full >= runs / 4, `only ${full} of ${runs} met a full disk`);
  });
});

async function countSteps(name: OperationName, world: FaultWorld, place: string): Promise<number> {
  let steps = 0;
  await withCopy(world, place, (folder) =>
    runOperation(name, {
      folder,
      passphrase,
      onStep() {
        steps += 1;
      },
    }),
  );
  return steps;
}

async function diesAt(
  name: OperationName,
  folder: string,
  point: { readonly step: number; readonly after: number },
): Promise<boolean> {
  const script = path.join(import.meta.dirname, '../../src/engines/vault/testing/operation-child.ts');
  const words = [script, name, folder, passphrase, String(point.step), String(point.after)];
  const [code, signal]: unknown[] = await once(spawn(process.execPath, words, { stdio: 'inherit' }), 'exit');
  assert.ok(signal === 'SIGKILL' || code === 0, `the operation itself failed with ${String(code)}`);
  return signal === 'SIGKILL';
}

interface SmallDisk {
  readonly isReal: boolean;
  unmount(): void;
}

/** A file system of its own where that is allowed. */
async function mountSmallDisk(at: string): Promise<SmallDisk> {
  await mkdir(at, { recursive: true });
  const isReal = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', at]).status === 0;
  return {
    isReal,
    unmount() {
      if (isReal) spawnSync('umount', ['--lazy', at]);
    },
  };
}

/** True when the operation ended because nothing could be written any more. */
async function meetsFullDisk(
  name: OperationName,
  folder: string,
  { disk, free }: { readonly disk: SmallDisk; readonly free: number },
): Promise<boolean> {
  const filler = path.join(folder, 'filler');
  const { bavail, bsize } = await statfs(folder);
  if (disk.isReal) await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - free)));
  let written = 0;
  try {
    await runOperation(name, {
      folder,
      passphrase,
      onStep() {
        written += 50_000;
        if (!disk.isReal && written > free) throw new KuraError('unavailable', 'vault.storage-full');
      },
    });
    return false;
  } catch (error) {
    const { kind, code } = toKuraError(error);
    assert.equal(kind, 'unavailable', `${name} ended with ${code}`);
    return true;
  } finally {
    await truncate(filler, 0).catch(() => undefined);
    await rm(filler, { force: true });
  }
}
