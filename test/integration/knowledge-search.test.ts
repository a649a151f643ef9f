import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { parseQuery } from '#engines/lexis';
import { isKuraError } from '#kernel/errors';
import { createIndexProbe } from '#knowledge';
import { type NewEntry, newEntrySchema } from '#knowledge/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import {
  everyReader,
  everyWriter,
  type OpenKnowledge,
  openKnowledge,
} from '../../src/domains/knowledge/testing/open-knowledge.ts';
import { searchIndexOf } from '../../src/domains/knowledge/testing/search-index.ts';
import { labelledQueries, labelledTexts } from '../../src/engines/lexis/testing/labelled-set.ts';

function entry(fields: Partial<NewEntry> & Pick<NewEntry, 'title'>): NewEntry {
  return newEntrySchema.parse({ type: 'incident', body: '本文', ...fields });
}

forEachDatabase((databases) => {
  async function fresh(): Promise<OpenKnowledge> {
    return openKnowledge(await databases.freshUrl());
  }

  describe('recall over the labelled set', () => {
    let open: OpenKnowledge;
    before(async () => {
      open = await fresh();
      for (const { id, title, body } of labelledTexts) {
        await open.knowledge.create(testActor, entry({ title, body, externalId: id }));
      }
    });
    after(() => open[Symbol.asyncDispose]());

    it('is at least 0.97 at ten hits, all words matching', async () => {
      let sum = 0;
      const incomplete: string[] = [];
      for (const { text, relevant } of labelledQueries) {
        const { hits } = await open.knowledge.search(everyReader, { q: text, limit: 10 });
        const found = relevant.filter((id) => hits.some((hit) => hit.externalId === id)).length;
        const recall = found / Math.min(10, relevant.length);
        sum += recall;
        if (recall < 1) incomplete.push(text);
      }
      assert.ok(sum / labelledQueries.length >= 0.97, `${sum / labelledQueries.length}: ${incomplete.join(', ')}`);
    });

    it('puts a title before a body that says the same', async () => {
      const { hits } = await open.knowledge.search(everyReader, { q: 'バックアップ', limit: 10 });
      assert.equal(hits[0]?.externalId, 'j06');
    });

    it('finds two-character words inside longer ones, and each only where it stands', async () => {
      const { hits, total, matched } = await open.knowledge.search(everyReader, { q: '障害', limit: 10 });
      assert.deepEqual(hits.map((hit) => hit.externalId ?? hit.id).toSorted(), ['j01', 'j18', 'j19']);
      assert.deepEqual([total, matched], [3, 'phrase']);
    });

    it('wants all words, even when each alone would find something', async () => {
      assert.equal((await open.knowledge.search(everyReader, { q: 'VPN 証明書', limit: 10 })).total, 1);
      assert.equal((await open.knowledge.search(everyReader, { q: 'VPN テープ', limit: 10 })).total, 0);
      const any = await open.knowledge.search(everyReader, { q: 'VPN テープ', limit: 10, match: 'any' });
      assert.deepEqual([any.matched, any.total > 1], ['fragments', true]);
    });

    it('leaves out what is excluded, and takes quotes at their word', async () => {
      const all = await open.knowledge.search(everyReader, { q: '証明書', limit: 10 });
      const without = await open.knowledge.search(everyReader, { q: '証明書 -VPN', limit: 10 });
      assert.equal(without.total, all.total - 1);
      assert.equal((await open.knowledge.search(everyReader, { q: '"out of memory"', limit: 10 })).total, 1);
      assert.equal((await open.knowledge.search(everyReader, { q: '"memory of out"', limit: 10 })).total, 0);
      const onlyExcluded = await open.knowledge.search(everyReader, { q: '-証明書', limit: 10 });
      assert.equal(onlyExcluded.total, labelledTexts.length - all.total);
    });

    it('mends a misspelt word that finds nothing and says so', async () => {
      const { corrections, hits } = await open.knowledge.search(everyReader, { q: 'kuberntes', limit: 10 });
      assert.deepEqual(corrections, [{ from: 'kuberntes', to: 'kubernetes' }]);
      assert.equal(hits[0]?.externalId, 'e07');
      assert.deepEqual((await open.knowledge.search(everyReader, { q: '"kuberntes"', limit: 10 })).corrections, []);
    });

    it('marks what was found in title and snippet, in plain text', async () => {
      const { hits } = await open.knowledge.search(everyReader, { q: '証明書 VPN', limit: 10 });
      const [hit] = hits;
      assert.ok(hit !== undefined);
      assert.deepEqual(
        hit.titleMarks.map(({ start, end }) => hit.title.slice(start, end)),
        ['VPN'],
      );
      assert.ok(hit.marks.length > 0);
      for (const { start, end } of hit.marks) assert.match(hit.snippet.slice(start, end), /^(証明書|VPN)$/);
    });

    it('finds nothing for what holds no letters, and everything for an empty query', async () => {
      const nothing = await open.knowledge.search(everyReader, { q: '!!! "', limit: 10, facets: true });
      assert.deepEqual([nothing.total, nothing.hits, nothing.ignored.length > 0], [0, [], true]);
      const everything = await open.knowledge.search(everyReader, { q: ' ', limit: 1 });
      assert.deepEqual([everything.total, everything.hits.length], [labelledTexts.length, 1]);
    });

    it('takes whatever is typed as text, never as syntax of the database', async () => {
      for (const q of [
        '"',
        "'; drop table x",
        'a AND',
        'NEAR(a b)',
        ':* & |',
        'SSL/TLS',
        'C:\\',
        '*',
        'title:x',
        '\\',
        '(',
      ]) {
        await open.knowledge.search(everyReader, { q, limit: 1, match: 'any' });
      }
    });

    it('pages without losing or repeating anything', async () => {
      const ids: string[] = [];
      for (let offset = 0; offset < labelledTexts.length; offset += 7) {
        const { hits } = await open.knowledge.search(everyReader, { q: '', limit: 7, offset });
        ids.push(...hits.map((hit) => hit.id));
      }
      assert.equal(new Set(ids).size, labelledTexts.length);
      assert.equal(ids.length, labelledTexts.length);
    });

    it('has an index that agrees with the entries', async () => {
      assert.deepEqual(await open.database.check({ probes: [createIndexProbe(databases.dialect)] }), []);
    });
  });

  describe('filters and facets', () => {
    it('wants every tag, any of the types, and counts what was found', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      await knowledge.create(testActor, entry({ title: 'VPN一', tags: ['網', '緊急'] }));
      await knowledge.create(testActor, entry({ title: 'VPN二', tags: ['網'], type: 'problem' }));
      await knowledge.create(testActor, entry({ title: 'VPN三', type: 'change', status: 'archived' }));
      const both = await knowledge.search(everyReader, { q: 'VPN', tag: ['網', '緊急'], limit: 10 });
      assert.deepEqual(
        both.hits.map(({ title }) => title),
        ['VPN一'],
      );
      const answer = await knowledge.search(everyReader, {
        q: 'VPN',
        type: ['problem', 'change'],
        limit: 10,
        facets: true,
      });
      assert.equal(answer.total, 1);
      assert.deepEqual(answer.facets?.types, [
        { value: 'incident', count: 1 },
        { value: 'problem', count: 1 },
      ]);
      assert.deepEqual(answer.facets?.tags, [{ value: '網', count: 1 }]);
      assert.equal((await knowledge.search(everyReader, { q: 'VPN', status: ['archived'], limit: 10 })).total, 1);
    });

    it('finds entries by their tags', async () => {
      await using open = await fresh();
      await open.knowledge.create(testActor, entry({ title: '題', tags: ['定期メンテナンス'] }));
      assert.equal((await open.knowledge.search(everyReader, { q: '定期', limit: 10 })).total, 1);
    });
  });

  describe('after a change', () => {
    it('finds the new words at once and the old ones no more', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const saved = await knowledge.create(testActor, entry({ title: '旧題', body: '印刷が止まる printer' }));
      const { version, id } = saved;
      await knowledge.update(everyWriter, id, { ...entry({ title: '新題', body: '回線が遅い network' }), version });
      for (const [q, total] of [
        ['印刷', 0],
        ['旧題', 0],
        ['printer', 0],
        ['回線', 1],
        ['新題', 1],
      ] as const) {
        assert.equal((await knowledge.search(everyReader, { q, limit: 10 })).total, total, q);
      }
      assert.deepEqual((await knowledge.search(everyReader, { q: 'printre', limit: 10 })).corrections, []);
      assert.equal((await knowledge.search(everyReader, { q: 'netwrok', limit: 10 })).corrections[0]?.to, 'network');
      await knowledge.remove(everyWriter, id);
      for (const q of ['回線', '新題', 'network', 'netwrok', '']) {
        assert.equal((await knowledge.search(everyReader, { q, limit: 10 })).total, 0, q);
      }
      assert.deepEqual(await open.database.check({ probes: [createIndexProbe(databases.dialect)] }), []);
    });

    it('goes on counting exactly what is there while many come, change and go', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const bodies = new Map<string, string>();
      async function agrees(): Promise<void> {
        for (const word of ['始発駅', '終着駅']) {
          const { total } = await knowledge.search(everyReader, { q: word, limit: 1 });
          assert.equal(total, [...bodies.values()].filter((body) => body.includes(word)).length, word);
        }
        const { total } = await knowledge.search(everyReader, { q: '-始発駅', limit: 1 });
        assert.equal(total, [...bodies.values()].filter((body) => !body.includes('始発駅')).length);
      }
      for (let place = 0; place < 48; place += 1) {
        const body = place % 2 === 0 ? `始発駅から${place}分` : `終着駅まで${place}分`;
        const { id, version } = await knowledge.create(testActor, entry({ title: `駅${place}`, body }));
        bodies.set(id, body);
        if (place % 3 === 0) {
          bodies.set(id, `終着駅の次 ${place}`);
          await knowledge.update(everyWriter, id, {
            ...entry({ title: '変更', body: `終着駅の次 ${place}` }),
            version,
          });
        }
        if (place % 5 === 0) {
          await knowledge.remove(everyWriter, id);
          bodies.delete(id);
        }
        if (place % 8 === 7) await agrees();
      }
      const { hits } = await knowledge.search(everyReader, { q: '終着駅の次', limit: 50 });
      assert.deepEqual(
        hits.map(({ id }) => id).toSorted(),
        [...bodies]
          .filter(([, body]) => body.includes('終着駅の次'))
          .map(([id]) => id)
          .toSorted(),
      );
      assert.deepEqual(await open.database.check({ probes: [createIndexProbe(databases.dialect)] }), []);
    });

    it('answers the conditions of one question alike, whatever is indexed or joined between them', async () => {
      await using open = await fresh();
      const { knowledge, database } = open;
      const index = searchIndexOf(databases.dialect);
      const reads = database.tables<unknown>();
      async function count(asked: typeof index, q: string): Promise<number> {
        return await asked.count(reads, index.print(parseQuery(q), 'phrase') ?? '');
      }
      for (const title of ['alpha one', 'beta two']) await knowledge.create(testActor, entry({ title }));
      const asked = index.asking();
      assert.equal(await count(asked, 'alpha'), 1);
      await knowledge.create(testActor, entry({ title: 'alpha beta gamma' }));
      assert.equal(await count(asked, 'beta'), 2, 'a term not asked for before');
      const [mixed, phrase] = ['beta -alpha', '"alpha beta"'];
      assert.deepEqual([await count(asked, mixed), await count(asked, phrase)], [1, 1]);
      await database.transaction(async (tx) => {
        for (let step = 0; await index.tidy(tx.tables(), step); step += 1);
      });
      assert.equal(await count(asked, 'gamma'), 1, 'a term not asked for before the segments were joined');
      for (const q of ['gamma -alpha', 'alpha gamma', 'two -beta', 'one -alpha']) {
        assert.equal(await count(asked, q), await count(index.asking(), q), q);
      }
    });

    it('loses nothing when two programs write and join at once', async () => {
      const url = await databases.freshUrl();
      await using one = await openKnowledge(url);
      await using other = await openKnowledge(url);
      async function write({ knowledge }: OpenKnowledge, name: string): Promise<void> {
        for (let place = 0; place < 24; place += 1) {
          const { id, version } = await knowledge.create(testActor, entry({ title: `${name} 合流 ${place}` }));
          const changed = { ...entry({ title: `${name} 合流 変更 ${place}` }), version };
          if (place % 3 === 0) await knowledge.update(everyWriter, id, changed);
          if (place % 4 === 0) await knowledge.remove(everyWriter, id);
        }
      }
      await Promise.all([write(one, 'north'), write(other, 'south')]);
      for (const { knowledge } of [one, other]) {
        const totals = ['合流', '変更', 'north', 'south 変更'].map(async (q) => {
          return (await knowledge.search(everyReader, { q, limit: 1 })).total;
        });
        assert.deepEqual(await Promise.all(totals), [36, 12, 18, 6]);
      }
      assert.deepEqual(await one.database.check({ probes: [createIndexProbe(databases.dialect)] }), []);
    });

    it('finds phrases at the very end of a long text', async () => {
      await using open = await fresh();
      const filler = Array.from({ length: 30_000 }, (_, place) => `w${place % 500}`).join(' ');
      await open.knowledge.create(testActor, entry({ title: '長い', body: `${filler} last words spoken 終端記号列` }));
      assert.equal((await open.knowledge.search(everyReader, { q: '"last words spoken"', limit: 1 })).total, 1);
      assert.equal((await open.knowledge.search(everyReader, { q: '終端記号列', limit: 1 })).total, 1);
      assert.equal((await open.knowledge.search(everyReader, { q: '"words last"', limit: 1 })).total, 0);
    });

    it('refuses a text of too many different words on both databases alike', async () => {
      await using open = await fresh();
      const noise = Array.from({ length: 99_000 }, (_, place) =>
        String.fromCodePoint(0x20000 + ((place * 7) % 40_000)),
      ).join('');
      await assert.rejects(
        open.knowledge.create(testActor, entry({ title: '雑音', body: noise })),
        (error) => isKuraError(error) && error.code === 'knowledge.too-many-words',
      );
      assert.equal((await open.knowledge.search(everyReader, { q: '', limit: 1 })).total, 0);
    });
  });

  describe('the check of the index', () => {
    it('reports entries that are missing, left over or not found by what they say', async () => {
      await using open = await fresh();
      const { database, knowledge } = open;
      for (const title of ['一番目', '二番目', '三番目']) await knowledge.create(testActor, entry({ title }));
      await database.transaction(async (tx) => {
        const tables = tx.tables<{ knowledge_entries: { position: number; title: string; body: string } }>();
        await tables.deleteFrom('knowledge_entries').where('title', '=', '一番目').execute();
        await tables.updateTable('knowledge_entries').set({ body: '別の文' }).where('title', '=', '二番目').execute();
      });
      const findings = await database.check({ probes: [createIndexProbe(databases.dialect)] });
      assert.deepEqual(
        findings.map(({ code, params }) => [code, params['count']]),
        [
          ['knowledge.finding-orphaned', 1],
          ['knowledge.finding-stale', 1],
        ],
      );
    });
  });
});
