import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { describe, it } from 'node:test';

import { createTestFolder, createTestVault, describeTree, writeTree } from '../testing/vault-fixture.ts';

const passphrase = 'killed again and again';

describe('a backup that is killed', () => {
  it('at any moment leaves a sound repository, and the next run finishes with what is there', async () => {
    await using folder = await createTestFolder();
    await writeTree(
      folder.at('source'),
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [
          `d${index % 5}/f${index}`,
          randomBytes(index % 4 === 0 ? 1_800_000 : 20_000),
        ]),
      ),
    );
    await using vault = await createTestVault({ folder: folder.at('repo'), passphrase, chunkBytes: 1_200_000 });

    for (let round = 0; round < 10; round++) {
      const child = startBackup(folder.at('repo'), folder.at('source'));
      await lines(child, randomInt(0, 90));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const { errors } = await vault.verify({ readData: true });
      assert.deepEqual(errors, [], `after kill ${round}`);
    }
    const { storedBytes } = await vault.stats();
    assert.ok(storedBytes > 1_000_000, `the killed runs stored ${storedBytes} bytes`);

    const result = await vault.backup({ source: folder.at('source') });
    assert.equal(result.result, 'complete');
    // Envelopes, packs and the file list add a little.
    assert.ok(result.newBytes + storedBytes < result.bytes + 100_000, `${result.newBytes} new beside ${storedBytes}`);
    assert.deepEqual(await readdir(folder.at('repo', 'locks')), []);
    assert.deepEqual((await vault.verify({ readData: true })).errors, []);
    await vault.restore({ snapshot: result.snapshot.id, target: folder.at('restored') });
    assert.deepEqual(await describeTree(folder.at('restored')), await describeTree(folder.at('source')));
  });
});

type Child = ChildProcessByStdio<null, Readable, null>;

function startBackup(repo: string, source: string): Child {
  const script = new URL('../testing/backup-child.ts', import.meta.url).pathname;
  return spawn(process.execPath, [script, repo, source, passphrase], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Waits for so many lines of progress, or for the end. */
async function lines(child: Child, count: number): Promise<void> {
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    seen += 1;
    if (seen > count || line.startsWith('done')) return;
  }
}
