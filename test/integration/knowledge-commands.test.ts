import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { knowledgeCommands, knowledgeMessages, knowledgeRoutes } from '#knowledge';
import { searchAnswerSchema } from '#knowledge/contract';
import { accessMessages } from '#platform/access';
import { createCommandRunner } from '#platform/cli/testing';
import { httpMessages } from '#platform/http';
import { createTranslators } from '#platform/i18n';

import { type OpenKnowledge, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

const { runCommand } = createCommandRunner([httpMessages, accessMessages, knowledgeMessages]);

describe('kura knowledge', () => {
  let folder: string;
  let open: OpenKnowledge;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-knowledge-cli-'));
    open = await openKnowledge(`sqlite:${join(folder, 'kura.sqlite')}`);
    const records = [
      { id: 'k1', title: 'VPN障害', type: 'incident', body: '証明書が切れた。', tags: ['網', '緊急'] },
      { id: 'k2', title: 'バックアップ失敗', type: 'problem', body: '空き容量を確認する。', tags: ['網'] },
    ];
    await writeFile(join(folder, 'good.jsonl'), records.map((record) => JSON.stringify(record)).join('\n'));
    await writeFile(join(folder, 'partly.jsonl'), `${JSON.stringify(records[0])}\n{"title":"x"}\n`);
    await writeFile(join(folder, 'bad.jsonl'), '{\n');
  });
  after(async () => {
    await open[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  function kura(...words: string[]) {
    return runCommand(knowledgeCommands, ['knowledge', ...words], {
      language: 'ja',
      open: async () => open.knowledge,
      handlers: knowledgeRoutes(open.knowledge, createTranslators([knowledgeMessages])),
    });
  }

  it('imports with exit 0, 3 when some were skipped, 1 when nothing could be read', async () => {
    const good = await kura('import', join(folder, 'good.jsonl'), '--json');
    assert.equal(good.code, 0);
    assert.deepEqual(JSON.parse(good.stdout), { imported: 2, updated: 0, unchanged: 0, skipped: [] });
    const partly = await kura('import', join(folder, 'partly.jsonl'), '--json');
    const { skipped, ...counts } = JSON.parse(partly.stdout);
    assert.equal(partly.code, 3);
    assert.deepEqual(counts, { imported: 0, updated: 0, unchanged: 1 });
    assert.deepEqual(Object.keys(skipped[0]), ['file', 'line', 'reason']);
    assert.match(skipped[0].reason, /^項目が合いません – type: .*; body: /);
    assert.equal((await kura('import', join(folder, 'bad.jsonl'))).code, 1);
    assert.equal((await kura('import', join(folder, 'nowhere'))).code, 1);
  });

  it('searches with words, exclusions, tags that must all match, and a type', async () => {
    async function found(...words: string[]): Promise<readonly unknown[]> {
      const { code, stdout } = await kura('search', ...words, '--json');
      assert.equal(code, 0);
      return searchAnswerSchema.parse(JSON.parse(stdout)).hits.map(({ externalId }) => externalId);
    }
    assert.deepEqual(await found('障害'), ['k1']);
    assert.deepEqual(await found('証明書', 'VPN'), ['k1']);
    assert.deepEqual(await found('確認 -VPN'), ['k2']);
    assert.deepEqual(await found('確認', '--tag', '網'), ['k2']);
    assert.deepEqual(await found('確認', '--tag', '網', '--tag', '緊急'), []);
    assert.deepEqual(await found('確認', '--type', 'Incident'), []);
    assert.deepEqual(await found('種類:問題', '--sort', 'title'), ['k2']);
    assert.deepEqual(await found('確認', '--status', 'archived'), []);
  });

  it('speaks to people: what was found, what was searched instead, what is wrong', async () => {
    assert.match(
      (await kura('search', '障害')).stdout,
      /^1 件見つかりました .*\nインシデント {2}VPN障害 {2}k1\n {4}証明書/,
    );
    assert.match((await kura('list')).stdout, /バックアップ失敗/);
    assert.match((await kura('show', 'k2')).stdout, /^バックアップ失敗\n問題管理 · 公開 · #網/);
    const refused = await kura('search', 'x', '--limit', '101');
    assert.equal(refused.code, 2);
    const missing = await kura('show', 'k9');
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /ナレッジ k9 はありません。\n {2}削除された可能性/);
  });

  it('says what was tried, what was taken as text, what nobody found, and that nothing is near', async () => {
    const { stdout } = await kura('search', 'VPN テープ 色:赤');
    assert.match(stdout, /「色:赤」という項目はないため、文字として検索しました。/);
    assert.match(stdout, /試したもの: 入力どおり, 各語がどこかにあるもの, 同じ意味の別の語、似たつづり。/);
    assert.match(stdout, /語ごとに見つかる件数: VPN 1, テープ 0, /);
    assert.match((await kura('unanswered')).stdout, /^検索語 .*\nVPN テープ 色:赤 {2}1 .*\n$/);
    assert.equal((await kura('related', 'k1')).stdout, '関連すると言えるほど近いナレッジはありません。\n');
  });

  it('removes an entry by the id it is shown with', async () => {
    const { id } = JSON.parse((await kura('show', 'k2', '--json')).stdout);
    assert.equal((await kura('remove', id)).code, 0);
    assert.equal(JSON.parse((await kura('search', '確認', '--json')).stdout).total, 0);
  });
});
