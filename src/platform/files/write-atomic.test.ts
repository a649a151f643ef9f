import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { clearAbandonedDrafts, writeFileAtomic } from '#platform/files';

describe('files written aside', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-atomic-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('are removed when their writer is gone, and left to whoever still writes', async () => {
    const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
    const drafts = [gone, process.pid, process.ppid].map((pid) => `a.json.${pid}-0123456789ab.tmp`);
    for (const name of [...drafts, `b.json.${gone}-0123456789ab.tmp`]) await writeFile(join(folder, name), '');
    await clearAbandonedDrafts(join(folder, 'a.json'));
    assert.deepEqual(
      (await readdir(folder)).sort(),
      [`a.json.${process.ppid}-0123456789ab.tmp`, `b.json.${gone}-0123456789ab.tmp`].sort(),
    );
  });

  it('are not taken away from writers of this process', async () => {
    const path = join(folder, 'c.json');
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await writeFileAtomic(path, String(index));
        await clearAbandonedDrafts(path);
      }),
    );
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('c.json')),
      ['c.json'],
    );
  });
});
