/** `kura scan` on a folder of a thousand mixed files: every file has its verdict and reason, and the worst decides. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { systemClock, systemRandom } from '#kernel/clock';
import { fileCommands } from '#models';
import { type CivitaiSimulator, startCivitaiSimulator } from '#stand-ins/civitai';

import { runCommand } from '../../src/domains/models/testing/command-runner.ts';

const FILES = 1000;

interface Sort {
  readonly verdict: string;
  readonly ending: string;
  readonly bytes: (index: number) => Uint8Array;
}

describe('kura scan, on a thousand mixed files', () => {
  let folder = '';
  let simulator: CivitaiSimulator;
  const expected = new Map<string, string>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-thousand-'));
    simulator = await startCivitaiSimulator();
    const { embedding, embeddingPickle, maliciousPickle } = simulator.catalogue.known;
    const [clean, pickle, evil] = [embedding, embeddingPickle, maliciousPickle].map(({ fileId }) =>
      simulator.bytesOf(fileId),
    );
    assert.ok(clean && pickle && evil);
    const sorts: readonly Sort[] = [
      { verdict: 'clean', ending: 'safetensors', bytes: () => clean },
      { verdict: 'clean', ending: 'pt', bytes: () => pickle },
      { verdict: 'dangerous', ending: 'ckpt', bytes: () => evil },
      { verdict: 'dangerous', ending: 'safetensors', bytes: () => evil },
      { verdict: 'invalid', ending: 'safetensors', bytes: (index) => clean.subarray(0, clean.length - 1 - index) },
      { verdict: 'clean', ending: 'json', bytes: (index) => Buffer.from(JSON.stringify({ index })) },
      {
        verdict: 'clean',
        ending: 'txt',
        bytes: (index) => Buffer.from(`a caption that mentions os.system ${index}\n`),
      },
    ];
    for (let index = 0; index < FILES; index += 1) {
      const sort = sorts[index % sorts.length];
      assert.ok(sort);
      const place = join(folder, `folder-${index % 13}`, `file-${index}.${sort.ending}`);
      await mkdir(join(place, '..'), { recursive: true });
      await writeFile(place, sort.bytes(index));
      expected.set(place, sort.verdict);
    }
  });
  after(async () => {
    await simulator[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives each its verdict, a reason to each that is not clean, and ends with 4', async () => {
    const commands = fileCommands({ clock: systemClock, random: systemRandom });
    const run = await runCommand(commands, ['scan', '--json', folder]);
    assert.equal(run.code, 4, run.stderr);
    assert.equal(run.events.length, FILES);
    const wrong = run.events.filter(({ path, verdict }) => expected.get(String(path)) !== verdict);
    assert.deepEqual(wrong.slice(0, 3), []);
    for (const { verdict, findings } of run.events) {
      const reasons = (findings as ReadonlyArray<{ readonly message: string }>).map(({ message }) => message);
      assert.equal(reasons.length > 0, verdict !== 'clean');
      assert.ok(reasons.every((message) => message.length > 20));
    }
  });
});
