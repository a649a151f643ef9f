import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { applyChange, randomChange, randomTree, writeRandomTree } from '../testing/random-tree.ts';
import { createMemoryFolder, createTestVault, describeTree } from '../testing/vault-fixture.ts';

/** `KURA_TEST_ROUND_TRIPS=1000` for a long look. */
const numRuns = Number(process.env['KURA_TEST_ROUND_TRIPS'] ?? 25);

describe('any tree, before and after any changes', () => {
  it('comes back as it was, metadata included, encrypted or not', async () => {
    const changes = fc.array(randomChange, { maxLength: 4 });
    const property = fc.asyncProperty(randomTree, changes, fc.boolean(), async (nodes, edits, encrypted) => {
      await using folder = await createMemoryFolder();
      const source = folder.at('source');
      await mkdir(source);
      const files = await writeRandomTree(source, nodes);
      await using vault = await createTestVault({
        folder: folder.at('repo'),
        passphrase: encrypted ? 'p' : undefined,
      });
      const states = [await describeTree(source)];
      const snapshots = [(await vault.backup({ source })).snapshot.id];
      const again = await vault.backup({ source });
      assert.deepEqual([again.newBytes, again.readBytes], [0, 0], 'nothing had changed');
      for (const edit of edits) await applyChange(source, files, edit);
      states.push(await describeTree(source));
      snapshots.push((await vault.backup({ source })).snapshot.id);

      for (const [index, snapshot] of snapshots.entries()) {
        const { problems, notes } = await vault.restore({ snapshot, target: folder.at(`restored-${index}`) });
        assert.deepEqual([problems, notes], [[], []]);
        assert.deepEqual(await describeTree(folder.at(`restored-${index}`)), states[index]);
      }
      assert.deepEqual((await vault.verify({ readData: true })).errors, []);
    });
    await fc.assert(property, { numRuns });
  });
});
