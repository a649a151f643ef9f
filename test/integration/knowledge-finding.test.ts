/** The query language, facets, suggestions, related entries and unanswered searches, on both databases. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createIndexProbe, createKnowledge, knowledgeMigrations } from '#knowledge';
import { openTestPlatform, testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { everyReader, type OpenKnowledge, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

const signal = new AbortController().signal;

async function importLines(open: OpenKnowledge, records: readonly object[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kura-finding-'));
  try {
    const file = join(folder, 'records.jsonl');
    await writeFile(file, records.map((record) => JSON.stringify(record)).join('\n'));
    await open.knowledge.importFiles(testActor, [file], { signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const records = [
  { id: 'vpn-cert', type: 'incident', tags: ['VPN', '証明書'], severity: 'low', created: '2026-01-10T00:00:00Z' },
  { id: 'vpn-split', type: 'change', tags: ['vpn'], created: '2026-02-20T00:00:00Z' },
  {
    id: 'nas-slow',
    type: 'problem',
    tags: ['NAS'],
    owner: 'Ｈａｎａ',
    severity: 'critical',
    created: '2026-03-05T00:00:00Z',
  },
  { id: 'old-vpn', type: 'incident', tags: ['VPN', '旧'], status: 'archived', created: '2025-05-05T00:00:00Z' },
].map((record) => ({ ...record, updated: record.created, ...texts(record.id) }));

function texts(id: string): { readonly title: string; readonly body: string } {
  switch (id) {
    case 'vpn-cert':
      return { title: 'VPNの証明書が切れた', body: '証明書の期限が切れ、VPN装置が接続を拒否した。証明書を更新した。' };
    case 'vpn-split':
      return { title: '経路の変更', body: 'VPN装置の経路を分け、会議の通信を直接出すようにした。' };
    case 'nas-slow':
      return { title: 'NASが遅い', body: 'スイッチ交換後に転送が遅い。装置の設定を戻した。' };
    default:
      return { title: '旧VPN装置の撤去', body: '秘密の手順で証明書と装置を撤去した。' };
  }
}

forEachDatabase((databases) => {
  describe('finding', () => {
    let open: OpenKnowledge;
    before(async () => {
      open = await openKnowledge(await databases.freshUrl());
      await importLines(open, records);
    });
    after(() => open[Symbol.asyncDispose]());

    async function found(q: string): Promise<readonly string[]> {
      const { hits } = await open.knowledge.search(everyReader, { q, limit: 10 });
      return hits.map((hit) => hit.externalId ?? hit.id).toSorted();
    }

    const queries: ReadonlyArray<readonly [string, readonly string[]]> = [
      ['owner:hana', ['nas-slow']],
      ['担当:HANA 装置', ['nas-slow']],
      ['severity:critical', ['nas-slow']],
      ['重大度:低', ['vpn-cert']],
      ['VPN', ['vpn-cert', 'vpn-split']],
      ['type:incident VPN', ['vpn-cert']],
      ['種類:変更', ['vpn-split']],
      ['tag:ｖｐｎ', ['vpn-cert', 'vpn-split']],
      ['-tag:vpn 装置', ['nas-slow']],
      ['(tag:NAS OR tag:証明書) 装置', ['nas-slow', 'vpn-cert']],
      ['title:VPN', ['vpn-cert']],
      ['本文:"VPN装置"', ['vpn-cert', 'vpn-split']],
      ['status:archived', ['old-vpn']],
      ['装置 (status:archived OR type:problem)', ['nas-slow', 'old-vpn']],
      ['created:2026-02..', ['nas-slow', 'vpn-split']],
      ['created:<2026-02 装置', ['vpn-cert']],
      ['created:2026-01..2026-02', ['vpn-cert', 'vpn-split']],
      ['作成：２０２６年３月', ['nas-slow']],
      ['author:test type:problem', ['nas-slow']],
      ['author:nobody', []],
      ['NOT VPN', ['nas-slow']],
    ];
    for (const [q, ids] of queries) {
      it(`finds for ${q}: ${ids.join(', ') || 'nothing'}`, async () => assert.deepEqual(await found(q), ids));
    }

    it('takes what it cannot understand as text, and says so', async () => {
      const { literal, hits } = await open.knowledge.search(everyReader, {
        q: 'VPN装置 updated:soon (',
        limit: 5,
        match: 'any',
      });
      assert.deepEqual(literal, [
        { text: 'updated:soon', reason: 'unreadable-value' },
        { text: '(', reason: 'unclosed-group' },
      ]);
      assert.ok(hits.length > 0);
    });

    it('says honestly that nothing was found, what was tried, and which word is in the way', async () => {
      const { total, tried, words } = await open.knowledge.search(everyReader, { q: 'VPN テープ', limit: 5 });
      assert.equal(total, 0);
      assert.deepEqual(
        tried.map(({ matched }) => matched),
        ['phrase', 'words', 'synonyms'],
      );
      assert.deepEqual(words, [
        { word: 'VPN', entries: 2 },
        { word: 'テープ', entries: 0 },
      ]);
    });

    it('counts what was found by type, state, tag, author and year, and nothing that is not shown', async () => {
      const { facets } = await open.knowledge.search(everyReader, {
        q: '装置',
        type: ['incident'],
        limit: 5,
        facets: true,
      });
      assert.deepEqual(facets?.types, [
        { value: 'change', count: 1 },
        { value: 'incident', count: 1 },
        { value: 'problem', count: 1 },
      ]);
      assert.deepEqual(facets?.statuses, [{ value: 'published', count: 1 }]);
      assert.deepEqual(
        facets?.tags.map(({ value }) => value),
        ['VPN', '証明書'],
      );
      assert.deepEqual(facets?.authors, [{ value: 'test', count: 1 }]);
      assert.deepEqual(facets?.years, [{ value: '2026', count: 1 }]);
    });

    it('counts by owner and severity, the most severe first', async () => {
      const { facets } = await open.knowledge.search(everyReader, { q: '装置', limit: 5, facets: true });
      assert.deepEqual(facets?.owners, [{ value: 'Ｈａｎａ', count: 1 }]);
      assert.deepEqual(facets.severities, [
        { value: 'critical', count: 1 },
        { value: 'low', count: 1 },
      ]);
    });

    it('orders by what is asked for', async () => {
      for (const [sort, first] of [
        ['updated', 'nas-slow'],
        ['created', 'nas-slow'],
        ['title', 'nas-slow'],
        ['type', 'vpn-split'],
        ['severity', 'nas-slow'],
      ] as const) {
        const { hits } = await open.knowledge.search(everyReader, { q: 'VPN OR NAS', sort, limit: 5 });
        assert.equal(hits[0]?.externalId, first, sort);
      }
    });

    it('suggests titles, tags and words while one types, none of archived entries', async () => {
      const suggested = await open.knowledge.suggest(everyReader, { q: 'VP', limit: 5 });
      assert.deepEqual(
        suggested.titles.map(({ title }) => title),
        ['VPNの証明書が切れた'],
      );
      assert.deepEqual(suggested.tags, [
        { value: 'VPN', count: 1 },
        { value: 'vpn', count: 1 },
      ]);
      assert.deepEqual(suggested.words, ['vpn']);
      const archived = await open.knowledge.suggest(everyReader, { q: '旧', limit: 5 });
      assert.deepEqual([archived.titles, archived.tags], [[], []]);
      assert.deepEqual(await open.knowledge.suggest(everyReader, { q: ' "(', limit: 5 }), {
        titles: [],
        tags: [],
        words: [],
      });
    });

    it('names related entries with what they share, and none where nothing is near', async () => {
      const related = await open.knowledge.related(everyReader, 'vpn-cert', { limit: 5 });
      assert.equal(related[0]?.externalId, 'vpn-split');
      assert.ok(related[0]?.shared.includes('vpn'));
      assert.ok(!related.some(({ status }) => status === 'archived'));
      assert.deepEqual(await open.knowledge.related(everyReader, 'vpn-cert', { limit: 5, type: ['release'] }), []);
    });

    it('has an index that agrees with the entries', async () => {
      assert.deepEqual(await open.database.check({ probes: [createIndexProbe(databases.dialect)] }), []);
    });
  });

  describe('searches that find nothing', () => {
    it('are added up by their wording, without anything of people', async () => {
      await using open = await openKnowledge(await databases.freshUrl());
      const { knowledge } = open;
      const typed = ['テープ装置', 'ﾃｰﾌﾟ装置', 'taro@example.com', '090-1234-5678', '!!!', ''];
      for (const q of typed) await knowledge.search(everyReader, { q, limit: 5 });
      await knowledge.search(everyReader, { q: 'まだ途中', limit: 5, typing: true });
      await knowledge.search(everyReader, { q: 'この種類だけ', limit: 5, type: ['change'] });
      const { noted, items } = await knowledge.unanswered(10);
      assert.deepEqual([noted, items.map(({ query, searches }) => [query, searches])], [true, [['テープ装置', 2]]]);
    });

    it('are not noted where that is turned off', async () => {
      await using platform = await openTestPlatform(await databases.freshUrl(), knowledgeMigrations);
      const knowledge = createKnowledge({ ...platform, attachmentFolder: tmpdir(), noteUnanswered: () => false });
      await knowledge.search(everyReader, { q: 'テープ装置', limit: 5 });
      assert.deepEqual(await knowledge.unanswered(10), { noted: false, items: [] });
    });
  });

  describe('very many matches', () => {
    let open: OpenKnowledge;
    before(async () => {
      open = await openKnowledge(await databases.freshUrl());
      const many = Array.from({ length: 900 }, (_, id) => ({
        id,
        title: id % 300 === 7 ? `装置の点検 ${id}` : `記録 ${id}`,
        type: id % 2 === 0 ? 'incident' : 'other',
        body: `装置${id % 10 === 3 ? 'と温度計' : ''}を見た。${id}`,
      }));
      await importLines(open, many);
    });
    after(() => open[Symbol.asyncDispose]());

    it('are paged through without losing or repeating any, titles first', async () => {
      const ids: string[] = [];
      for (let offset = 0; offset < 900; offset += 50) {
        const { hits, total } = await open.knowledge.search(everyReader, { q: '装置', limit: 50, offset });
        assert.equal(total, 900);
        ids.push(...hits.map((hit) => hit.externalId ?? ''));
      }
      assert.equal(new Set(ids).size, 900);
      assert.deepEqual(ids.slice(0, 3).toSorted(), ['307', '607', '7']);
    });

    it('of a question come with the rarest words first, and within the filters', async () => {
      const { hits, matched, total } = await open.knowledge.search(everyReader, {
        q: '装置の温度計が壊れたときはどうすればいいですか',
        type: ['other'],
        limit: 20,
      });
      assert.deepEqual([matched, total], ['fragments', 450]);
      assert.ok(hits.every(({ type, snippet }) => type === 'other' && snippet.includes('温度計')));
    });
  });

  describe('an index of before', () => {
    it('is made anew from the entries', async () => {
      const url = await databases.freshUrl();
      const first = knowledgeMigrations.slice(0, 1);
      await using old = await openTestPlatform(url, first);
      await old.database.transaction(async (tx) => {
        const instant = '2026-01-01T00:00:00.000Z';
        await tx
          .tables<{ knowledge_entries: Record<string, string | number> }>()
          .insertInto('knowledge_entries')
          .values({
            id: 'a',
            type: 'incident',
            status: 'published',
            lang: 'ja',
            version: 1,
            content_hash: '-',
            created_at: instant,
            created_by: 'me',
            updated_at: instant,
            updated_by: 'me',
            title: '前からある題',
            body: '前からある本文',
          })
          .execute();
      });
      await old[Symbol.asyncDispose]();
      await using open = await openKnowledge(url);
      assert.equal(
        (await open.knowledge.search(everyReader, { q: '前からある type:incident author:me', limit: 1 })).total,
        1,
      );
    });

    it('learns who keeps an entry and how severe it is', async () => {
      const url = await databases.freshUrl();
      const before = knowledgeMigrations.slice(
        0,
        knowledgeMigrations.findIndex(({ id }) => id.includes('-0018-')),
      );
      await using old = await openTestPlatform(url, before);
      await old.database.transaction(async (tx) => {
        const instant = '2026-01-01T00:00:00.000Z';
        const common = { type: 'incident', status: 'published', lang: 'ja', version: 1, content_hash: '-' };
        const dates = { created_at: instant, created_by: 'me', updated_at: instant, updated_by: 'me' };
        await tx
          .tables<{ knowledge_entries: Record<string, string | number | null> }>()
          .insertInto('knowledge_entries')
          .values([
            { id: 'kept', ...common, ...dates, title: '題', body: '本文', owner: '花子', severity: 'high' },
            { id: 'other', ...common, ...dates, title: '題', body: '本文', owner: null, severity: null },
          ])
          .execute();
      });
      await old[Symbol.asyncDispose]();
      await using open = await openKnowledge(url);
      const { hits, facets } = await open.knowledge.search(everyReader, {
        q: '担当:花子 重要度:高',
        limit: 5,
        facets: true,
      });
      assert.deepEqual(
        hits.map(({ id }) => id),
        ['kept'],
      );
      assert.deepEqual(facets?.owners, [{ value: '花子', count: 1 }]);
    });
  });
});
