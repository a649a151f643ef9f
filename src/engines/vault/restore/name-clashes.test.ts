import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { createTestFolder } from '../testing/vault-fixture.ts';
import { createNameClashes, foldsNames } from './name-clashes.ts';

describe('names that a file system may not tell apart', () => {
  it('are recognised by capitals and by composition, and the first of them is free', () => {
    const clashes = createNameClashes();
    const names = ['d/Readme', 'd/readme', 'e/readme', 'd/Readme', 'が'.normalize('NFD'), 'が', 'ÄRGER', 'ärger'];
    const taken = names.filter((name) => clashes.isTaken(Buffer.from(name)));
    assert.deepEqual(taken, ['d/readme', 'が', 'ärger']);
  });

  it('are asked of the disk itself, without leaving a trace', async () => {
    await using folder = await createTestFolder();
    const folds = process.platform === 'darwin' || process.platform === 'win32';
    assert.equal(await foldsNames(Buffer.from(folder.path)), folds);
    assert.deepEqual(await readdir(folder.path), []);
  });
});
