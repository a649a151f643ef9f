import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { readLogEnd } from './log-end.ts';

describe('readLogEnd', () => {
  it('reads the end of a long log, cut between characters, and a short one whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kura-log-'));
    try {
      const path = join(folder, 'log');
      for (const text of ['', 'short 夜\n', `${'夜間のバックアップ\n'.repeat(20_000)}end`, '🗄'.repeat(50_000)]) {
        await writeFile(path, text);
        assert.equal(await readLogEnd(path), text.slice(-9216));
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('says which log cannot be read', async () => {
    await assert.rejects(readLogEnd('/no/such/log'), { kind: 'invalid', code: 'backups.report-log-unreadable' });
  });
});
