import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { createIndexProbe } from '#knowledge';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { everyReader, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

const driver = fileURLToPath(new URL('../../src/domains/knowledge/testing/import-driver.ts', import.meta.url));
const records = 3000;
const kills = 6;

/** Starts an import, waits for its first batch and a random moment more, and kills it; returns whether it was running. */
async function importAndKill(url: string, path: string): Promise<boolean> {
  const child = spawn(process.execPath, [driver, url, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  await Promise.race([sleep(Math.random() * 150), exited]);
  const running = child.exitCode === null;
  child.kill('SIGKILL');
  await exited;
  return running;
}

describe('an import killed with kill -9', () => {
  let folder: string;
  let path: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-killed-'));
    path = join(folder, 'many.jsonl');
    const body = 'バックアップが失敗したら、まず空き容量と認証情報を確認して再実行する。 '.repeat(4);
    const lines = Array.from({ length: records }, (_, id) =>
      JSON.stringify({ id, title: `手順 ${id}`, type: 'incident', body: `${body}${id}`, tags: ['手順', `t${id % 7}`] }),
    );
    await writeFile(path, lines.join('\n'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  forEachDatabase((databases) => {
    it('leaves whole batches that agree with the index, and is finished by importing again', async () => {
      const url = await databases.freshUrl();
      await openKnowledge(url).then((open) => open[Symbol.asyncDispose]());
      let killed = 0;
      let present = 0;
      for (let round = 0; round < kills; round += 1) {
        if (await importAndKill(url, path)) killed += 1;
        await using open = await openKnowledge(url);
        const { total } = await open.knowledge.search(everyReader, { q: '', limit: 1 });
        assert.equal(total % 1000, 0, `a part of a batch was left: ${total}`);
        assert.ok(total >= present, 'something that was there is gone');
        assert.equal((await open.knowledge.search(everyReader, { q: '空き容量', limit: 1 })).total, total);
        assert.deepEqual(await open.database.check({ probes: [createIndexProbe(databases.dialect)] }), []);
        present = total;
      }
      assert.ok(killed > 0, 'no import was running when it was killed');

      await using open = await openKnowledge(url);
      const signal = new AbortController().signal;
      const report = await open.knowledge.importFiles(testActor, [path], { signal });
      assert.deepEqual(report, { imported: records - present, updated: 0, unchanged: present, skipped: [] });
      assert.equal((await open.knowledge.search(everyReader, { q: '', limit: 1 })).total, records);
      const last = await open.knowledge.search(everyReader, { q: `"手順 ${records - 1}"`, tag: ['手順'], limit: 1 });
      assert.equal(last.hits[0]?.externalId, String(records - 1));
    });
  });
});
