import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { openKnownVerdicts } from './open-known-verdicts.ts';

describe('the verdicts of a data directory', () => {
  let home = '';
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'kura-known-'));
  });
  after(async () => {
    await rm(home, { recursive: true });
  });

  it('are none where there is no database, and none is made', async () => {
    assert.equal(await openKnownVerdicts(home, {}), undefined);
    assert.deepEqual(await readdir(home), []);
  });

  it('are none in a database without tables, and none in a file that is no database', async () => {
    await writeFile(join(home, 'kura.db'), '');
    {
      await using memory = await openKnownVerdicts(home, {});
      assert.equal(await memory?.verdicts.knowsBelow(home), false);
      assert.equal(await memory?.verdicts.recall(join(home, 'kura.db')), undefined);
    }
    await rm(home, { recursive: true });
    home = await mkdtemp(join(tmpdir(), 'kura-known-'));
    await writeFile(join(home, 'kura.db'), 'this is a text, and a long one at that'.repeat(100));
    await using broken = await openKnownVerdicts(home, {});
    assert.notEqual(await broken?.verdicts.knowsBelow(home), true);
  });
});
