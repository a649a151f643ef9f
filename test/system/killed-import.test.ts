import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { KIB } from '#kernel/units';

import { documentOf, knowledgeImport, knowledgeSearch, succeeded } from './harness/answers.ts';
import { assertDatabaseSound, createHome } from './harness/kura-home.ts';
import { killAtRandomMoments } from './harness/random-kills.ts';

const records = 5_000;

/** The same records each time, each with another text: the first generation is imported, later ones are updates. */
function generation(number: number): string {
  const lines = Array.from({ length: records }, (_, id) =>
    JSON.stringify({
      id: `record-${id}`,
      title: `手順 ${id}`,
      type: 'incident',
      body: `空き容量を確認して再実行する。 generation${number} step${id}`,
      tags: ['手順', `group-${id % 7}`],
    }),
  );
  return `${lines.join('\n')}\n`;
}

describe('kura knowledge import, killed at random moments,', () => {
  it('is finished by importing again: every record once, found, and the database sound', async () => {
    await using home = await createHome();
    const file = home.beside('many.jsonl');

    async function total(...query: readonly string[]): Promise<number> {
      const found = succeeded(await home.run(['knowledge', 'search', ...query, '--limit', '1', '--json']));
      return documentOf(found, knowledgeSearch).total;
    }

    let current = -1;
    let present = 0;
    let kills = 0;
    await killAtRandomMoments({
      name: 'killed import',
      async layOut() {
        current += 1;
        present = 0;
        await writeFile(file, generation(current));
      },
      start: () => home.start(['knowledge', 'import', file, '--json']),
      // A first batch is on its way into the database; every command that ends well empties its journal.
      hasBegun: () =>
        stat(join(home.path, 'kura.db-wal')).then(
          ({ size }) => size > 128 * KIB,
          () => false,
        ),
      async afterKill() {
        const before = present;
        present = await total(`"generation${current}"`);
        assert.ok(present >= before, `${before} records were there, ${present} are left`);
        kills += 1;
        if (kills % 10 === 0) await assertDatabaseSound(home);
      },
      async afterEnd(result) {
        const { imported, updated, skipped } = documentOf(result, knowledgeImport);
        assert.deepEqual([imported + updated, skipped], [records - present, []]);
        assert.equal(imported, current === 0 ? records : 0, 'records were brought in twice');
        assert.equal(await total(`"generation${current}"`), records);
        assert.equal(await total(''), records);
        assert.equal(await total(`"generation${current} step${records - 1}"`), 1);
        await assertDatabaseSound(home);
      },
    });
    assert.equal(await total('空き容量'), records);
    assert.equal(await total('手順', '--tag', 'group-0'), Math.ceil(records / 7));
  });
});
