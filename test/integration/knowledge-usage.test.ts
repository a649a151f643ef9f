/** What is counted of searches and readings, what reports say of it, and incidents that come again; on both databases. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type KnowledgeUsage, newEntrySchema } from '#knowledge/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import {
  everyReader,
  everyWriter,
  type OpenKnowledge,
  openKnowledge,
  somebody,
} from '../../src/domains/knowledge/testing/open-knowledge.ts';

async function write({ knowledge }: OpenKnowledge, title: string, more: object = {}): Promise<string> {
  const entry = { title, type: 'incident', body: `${title}の本文。`, ...more };
  return (await knowledge.create(testActor, newEntrySchema.parse(entry))).id;
}

function valueOf({ figures }: KnowledgeUsage, id: string): number | null | undefined {
  return figures.find((figure) => figure.id === id)?.value;
}

forEachDatabase((databases) => {
  async function fresh() {
    return openKnowledge(await databases.freshUrl());
  }

  describe('reports of use', () => {
    it('say unknown where nothing was counted, not nought', async () => {
      await using open = await fresh();
      const usage = await open.knowledge.usage(everyReader, 30);
      for (const id of ['found', 'opened', 'seconds-to-open', 'helpful', 'days-to-close', 'incidents-explained'])
        assert.equal(valueOf(usage, id), null, id);
      assert.deepEqual([valueOf(usage, 'searches'), valueOf(usage, 'views')], [0, 0]);
      assert.ok(usage.figures.every(({ before }) => before === null || before === 0));
    });

    it('count what was typed as one search, and what of it was opened', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const id = await write(open, 'VPN接続の障害');
      const typed = ['V', 'VP', 'VPN'].map((q) => knowledge.noteSearch('vera', { q, typing: true, hits: 1 }));
      assert.equal(new Set(typed).size, 1);
      const [searchId = ''] = typed;
      await knowledge.noteUse(somebody('vera'), id, { action: 'click', search: { id: searchId, place: 1 } });
      for (const q of ['プリンター', 'ﾌﾟﾘﾝﾀ']) knowledge.noteSearch('hugo', { q, typing: false, hits: 2 });
      knowledge.noteSearch('hugo', { q: '存在しない語', typing: false, hits: 0 });
      const usage = await knowledge.usage(everyReader, 7);
      assert.deepEqual(
        ['searches', 'found', 'opened'].map((figure) => valueOf(usage, figure)),
        [4, 3 / 4, 1 / 3],
      );
      assert.equal(typeof valueOf(usage, 'seconds-to-open'), 'number');
      const { neverOpened } = await knowledge.gaps(everyReader, 7);
      assert.deepEqual(
        neverOpened.map(({ searches }) => searches),
        [2],
      );
    });

    it('count readers apart, never their authors, and nothing of entries that may not be seen', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const id = await write(open, '手順');
      const secret = await write(open, '秘密', { visibility: 'confidential' });
      for (const name of ['vera', 'vera', 'hugo']) await knowledge.noteUse(somebody(name), id, { action: 'view' });
      await knowledge.noteUse(everyWriter, secret, { action: 'view' });
      await assert.rejects(knowledge.noteUse(somebody('vera'), secret, { action: 'view' }), {
        code: 'knowledge.entry-not-found',
      });
      const seen = await knowledge.usage(somebody('vera', 'editor'), 7);
      assert.deepEqual(
        seen.popular.map((one) => [one.title, one.views, one.readers]),
        [['手順', 3, 2]],
      );
      await knowledge.noteUse(somebody('hugo'), id, { action: 'print' });
      const { actions, readers, days, viewsBefore } = await knowledge.entryUsage(somebody('vera'), id, 7);
      assert.deepEqual([actions.view, actions.print, actions.copy, readers, viewsBefore], [3, 1, 0, 2, 0]);
      assert.deepEqual(
        days.map(({ views }) => views),
        [3],
      );
      assert.equal((await knowledge.entryUsage(somebody('vera'), id, 60)).viewsBefore, null);
      await assert.rejects(knowledge.entryUsage(somebody('vera'), secret, 7), { code: 'knowledge.entry-not-found' });
      const rows = await open.database
        .tables<{ knowledge_uses: { viewer: string } }>()
        .selectFrom('knowledge_uses')
        .select('viewer')
        .execute();
      assert.ok(rows.every(({ viewer }) => !/vera|hugo/u.test(viewer)));
    });

    it('count once what was written without anybody hearing of it', async () => {
      let unheard = 2;
      await using open = await openKnowledge(await databases.freshUrl(), undefined, {
        unitOfWork: (real) => ({
          async write(actor, work) {
            const answer = await real.write(actor, work);
            if (actor.id === 'knowledge' && unheard > 0) {
              unheard -= 1;
              throw new Error('the connection broke after the commit');
            }
            return answer;
          },
        }),
      });
      const { knowledge } = open;
      const id = await write(open, '手順');
      await knowledge.noteUse(somebody('vera'), id, { action: 'view' });
      knowledge.noteSearch('vera', { q: '手順', typing: false, hits: 1 });
      for (const heard of [false, false, true]) {
        const usage = await knowledge.usage(everyReader, 7);
        assert.deepEqual([unheard === 0 || !heard, valueOf(usage, 'views'), valueOf(usage, 'searches')], [true, 1, 1]);
      }
    });

    it('keep no words that may be somebody’s', async () => {
      await using open = await fresh();
      open.knowledge.noteSearch('vera', { q: 'taro@example.com', typing: false, hits: 1 });
      open.knowledge.noteSearch('vera', { q: 'taro@example.com', typing: false, hits: 1 });
      assert.equal(valueOf(await open.knowledge.usage(everyReader, 7), 'searches'), 2);
      assert.deepEqual((await open.knowledge.gaps(everyReader, 7)).neverOpened, []);
    });

    it('count days, tags and lengths, and advise only on what enough was counted of', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      for (let index = 0; index < 6; index += 1)
        await write(open, `記録${index}`, {
          tags: index < 4 ? ['回線'] : [],
          body: 'あ'.repeat(index < 5 ? 120 : 700),
        });
      await write(open, '社外秘', { visibility: 'confidential', tags: ['社外秘'] });
      for (const hits of [1, 0, 0]) knowledge.noteSearch('hugo', { q: `回線${hits}`, typing: false, hits });
      const { days, texts, recommendations } = await knowledge.usage(somebody('vera', 'editor'), 7);
      const [today] = days;
      assert.deepEqual([days.length, today?.searches, today?.withoutHit, today?.incidents], [1, 3, 2, 6]);
      assert.deepEqual([texts.entries, texts.withoutTag], [6, 2]);
      assert.deepEqual(texts.tags, { total: 1, items: [{ tag: '回線', entries: 4 }] });
      assert.deepEqual(
        texts.lengths.map(({ from, to, entries }) => [from, to, entries]),
        [
          [0, 99, 0],
          [100, 499, 5],
          [500, 1999, 1],
          [2000, null, 0],
        ],
      );
      // Three searches are too few to say anything; six incidents of which none leads on are not.
      assert.deepEqual(
        recommendations.map(({ id, of }) => [id, of]),
        [
          ['incidents-unexplained', 6],
          ['tags-missing', 6],
        ],
      );
    });

    it('name what is doubted and what is overdue', async () => {
      await using open = await fresh();
      const doubted = await write(open, '疑わしい手順');
      await write(open, '見直していない手順', { reviewOn: '2001-01-01' });
      await open.knowledge.giveFeedback(somebody('vera'), doubted, { kind: 'wrong' });
      const gaps = await open.knowledge.gaps(everyReader, 7);
      assert.deepEqual(
        gaps.doubted.map(({ title, against }) => [title, against]),
        [['疑わしい手順', 1]],
      );
      assert.deepEqual([gaps.overdue.total, gaps.overdue.items[0]?.title], [1, '見直していない手順']);
      assert.equal(gaps.coverage.find(({ type }) => type === 'incident')?.entries, 2);
      assert.equal(valueOf(await open.knowledge.usage(everyReader, 7), 'in-time'), 1 / 2);
    });
  });

  describe('the report of the week', () => {
    it('names what is to be done, is kept, is handed over once, and forgets what is removed', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const overdue = await write(open, '見直していない手順', { reviewOn: '2001-01-01' });
      await write(open, 'レビュー待ちの手順', { status: 'review' });
      await knowledge.giveFeedback(somebody('vera'), overdue, { kind: 'wrong' });
      knowledge.noteSearch('hugo', { q: '存在しない語', typing: false, hits: 0 });
      await knowledge.search(everyReader, { q: '存在しない語', limit: 9 });
      await knowledge.curateWeekly();
      await knowledge.makeCurationReport(testActor);
      const [own, weekly, ...more] = await knowledge.curationReports(9);
      assert.deepEqual([own?.madeBy, weekly?.madeBy, more.length], [testActor.name, 'knowledge', 0]);
      assert.deepEqual(
        [weekly?.overdue, weekly?.review, weekly?.doubted].map((one) => [one?.total, one?.items[0]?.title]),
        [
          [1, '見直していない手順'],
          [1, 'レビュー待ちの手順'],
          [1, '見直していない手順'],
        ],
      );
      assert.deepEqual(
        [weekly?.tasks, weekly?.withoutHit],
        [{ open: 1, late: 0 }, [{ query: '存在しない語', searches: 1 }]],
      );
      let told = 0;
      for (const id of [weekly?.id ?? '', weekly?.id ?? '', 'nichts'])
        await knowledge.tellOfCuration(testActor, id, async () => {
          told += 1;
        });
      assert.equal(told, 1);
      await knowledge.remove(everyWriter, overdue);
      assert.deepEqual((await knowledge.curationReports(1))[0]?.overdue, { total: 1, items: [] });
    });
  });

  describe('incidents that come again', () => {
    const alike = ['月曜の朝', '火曜の夕方', '締め日'].map((when) => ({
      title: `${when}に勤怠システムの打刻が反映されない`,
      body: `${when}に打刻しても勤怠システムの一覧に反映されない。打刻の連携サービスを再起動して復旧した。`,
    }));

    it('are proposed as a problem for no more people than may see each of them, and are not proposed again', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const ids: string[] = [];
      for (const { title, body } of alike)
        ids.push(await write(open, title, { body, visibility: 'department', department: '人事' }));
      await write(open, '複合機の紙詰まり', { body: '給紙ローラーを交換した。' });
      await write(open, 'メールが遅れて届く', { body: '迷惑メールの判定を外した。' });
      const [group, ...others] = await knowledge.recurrences(everyReader, 90);
      assert.deepEqual(group?.incidents.map(({ id }) => id).toSorted(), ids.toSorted());
      assert.ok(group.shared.includes('反映'));
      assert.deepEqual([others.length, group.problem], [0, null]);
      const problem = await knowledge.proposeProblem(everyWriter, ids);
      assert.deepEqual(
        [problem.type, problem.status, problem.visibility, problem.department],
        ['problem', 'draft', 'department', '人事'],
      );
      assert.equal((await knowledge.links(everyReader, problem.id)).length, 3);
      assert.deepEqual(await knowledge.recurrences(everyReader, 90), []);
      assert.equal(valueOf(await knowledge.usage(everyReader, 7), 'incidents-explained'), 3 / 5);
    });

    it('of two circles give a problem for its author alone', async () => {
      await using open = await fresh();
      const ids = [
        await write(open, '一', { visibility: 'department', department: '人事' }),
        await write(open, '二', { visibility: 'department', department: '経理' }),
      ];
      const { visibility, department } = await open.knowledge.proposeProblem(everyWriter, ids);
      assert.deepEqual([visibility, department], ['confidential', null]);
      const release = await write(open, '版', { type: 'release' });
      await assert.rejects(open.knowledge.proposeProblem(everyWriter, [release]), { code: 'knowledge.link-ends' });
    });
  });
});
