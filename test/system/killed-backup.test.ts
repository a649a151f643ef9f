import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { MIB } from '#kernel/units';

import { documentOf, succeeded, vaultBackup, vaultRestore, vaultVerify } from './harness/answers.ts';
import { bytesBelow, filesBelow, treeOf } from './harness/folder-tree.ts';
import { createHome } from './harness/kura-home.ts';
import { killAtRandomMoments } from './harness/random-kills.ts';

const smallFiles = 300;
/** Two chunks and a bit, so that a kill leaves some of them. */
const largeBytes = 36 * MIB;
/** Then all its data is read, and a new one begun: one with dozens of generations would take most of the time. */
const generationsPerRepository = 4;

async function writeSource(folder: string): Promise<void> {
  await mkdir(join(folder, 'many'), { recursive: true });
  await writeFile(join(folder, 'large.safetensors'), randomBytes(largeBytes));
  for (let index = 0; index < smallFiles; index += 1) {
    await writeFile(join(folder, 'many', `${index}.txt`), randomBytes(500 + index * 40));
  }
}

describe('kura vault backup, killed at random moments,', () => {
  it('is finished by the next run, which keeps what was stored; all data verifies and restores', async () => {
    await using home = await createHome({ KURA_VAULT_PASSPHRASE: 'killed again and again' });
    const source = home.beside('source');
    const restored = home.beside('restored');
    let generation = 0;
    let repository = '';
    let sourceBytes = 0;
    let storedBefore = 0;
    let stored = 0;
    let leftLocks = new Set<string>();

    async function storedBytes(): Promise<number> {
      return (await bytesBelow(join(repository, 'objects'))) + (await bytesBelow(join(repository, 'packs')));
    }
    function locks(): Promise<readonly string[]> {
      return filesBelow(join(repository, 'locks'));
    }
    async function repositoryIsSound(): Promise<void> {
      const verified = succeeded(await home.run(['vault', 'verify', '--read-data', '--repo', repository, '--json']));
      const { errors } = documentOf(verified, vaultVerify);
      assert.deepEqual(errors, []);
    }

    let kills = 0;
    await killAtRandomMoments({
      name: 'killed backup',
      async layOut() {
        await writeSource(source);
        sourceBytes = await bytesBelow(source);
        if (generation % generationsPerRepository === 0) {
          if (repository !== '') await repositoryIsSound();
          await rm(repository, { recursive: true, force: true });
          repository = home.beside(`repository-${generation}`);
          succeeded(await home.run(['vault', 'init', '--repo', repository]));
        }
        storedBefore = await storedBytes();
        stored = storedBefore;
        generation += 1;
      },
      start: () => home.start(['vault', 'backup', source, '--repo', repository, '--json']),
      async hasBegun() {
        return (await locks()).some((name) => !leftLocks.has(name));
      },
      async afterKill() {
        leftLocks = new Set(await locks());
        const now = await storedBytes();
        assert.ok(now >= stored, `${stored} bytes were stored, ${now} are left`);
        stored = now;
        kills += 1;
        if (kills % 10 === 0) await repositoryIsSound();
      },
      async afterEnd(result) {
        const { snapshot, files, bytes, newBytes } = documentOf(result, vaultBackup);
        assert.deepEqual({ files, bytes }, { files: smallFiles + 1, bytes: sourceBytes });
        // Envelopes, packs and lists of files add a little.
        assert.ok(
          stored - storedBefore + newBytes < sourceBytes * 1.02 + MIB,
          `${newBytes} bytes stored although ${stored - storedBefore} of ${sourceBytes} were there`,
        );
        assert.deepEqual(await locks(), [], 'locks are left');
        const args = ['vault', 'restore', snapshot, '--target', restored, '--repo', repository, '--json'];
        assert.equal(documentOf(succeeded(await home.run(args)), vaultRestore).files, smallFiles + 1);
        assert.deepEqual(await treeOf(restored), await treeOf(source));
        await rm(restored, { recursive: true });
      },
    });
    await repositoryIsSound();
  });
});
