/** Links, tags with other names, voices of readers, and duplicates, on both databases. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newEntrySchema } from '#knowledge/contract';
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

async function linksSeen({ knowledge }: OpenKnowledge, id: string): Promise<readonly string[]> {
  return (await knowledge.links(everyReader, id)).map(({ kind, direction }) => `${kind} ${direction}`);
}

forEachDatabase((databases) => {
  async function fresh() {
    return openKnowledge(await databases.freshUrl());
  }

  describe('links between entries', () => {
    it('are seen from both ends, once, and only between types that fit', async () => {
      await using open = await fresh();
      const [incident, problem] = [await write(open, '障害'), await write(open, '問題', { type: 'problem' })];
      await open.knowledge.link(everyWriter, incident, { kind: 'analysed-by', target: problem, note: '原因' });
      await open.knowledge.link(everyWriter, incident, { kind: 'related', target: problem });
      await open.knowledge.link(everyWriter, problem, { kind: 'related', target: incident });
      assert.equal((await linksSeen(open, incident)).length, 2);
      assert.ok((await linksSeen(open, incident)).includes('analysed-by to'));
      assert.ok((await linksSeen(open, problem)).includes('analysed-by from'));
      const turned = open.knowledge.link(everyWriter, problem, { kind: 'analysed-by', target: incident });
      await assert.rejects(turned, { code: 'knowledge.link-ends' });
      const own = open.knowledge.link(everyWriter, problem, { kind: 'related', target: problem });
      await assert.rejects(own, { code: 'knowledge.link-to-itself' });
      await open.knowledge.unlink(everyWriter, incident, { kind: 'analysed-by', target: problem });
      assert.equal((await linksSeen(open, problem)).length, 1);
    });

    it('name no entry the reader may not see, are gone with a removed one and back with it', async () => {
      await using open = await fresh();
      const [one, other] = [await write(open, '公開'), await write(open, '秘密', { visibility: 'confidential' })];
      await open.knowledge.link(everyWriter, one, { kind: 'refers-to', target: other });
      assert.deepEqual(await open.knowledge.links(somebody('vera'), one), []);
      await open.knowledge.remove(everyWriter, other);
      assert.deepEqual(await open.knowledge.links(everyReader, one), []);
      await open.knowledge.bringBack(everyWriter, other);
      assert.equal((await open.knowledge.links(everyReader, one))[0]?.entry.title, '秘密');
    });

    it('lead on: the draft of what follows keeps who may see its cause', async () => {
      await using open = await fresh();
      const id = await write(open, '障害', { visibility: 'department', department: '総務' });
      const problem = await open.knowledge.follow(everyWriter, id);
      assert.deepEqual([problem.type, problem.status, problem.department], ['problem', 'draft', '総務']);
      assert.match(problem.body, /## 根本原因/);
      const [link] = await open.knowledge.links(everyReader, problem.id);
      assert.deepEqual([link?.kind, link?.direction, link?.entry.id], ['analysed-by', 'from', id]);
      const other = await write(open, '覚え書き', { type: 'other' });
      await assert.rejects(open.knowledge.follow(everyWriter, other), { code: 'knowledge.nothing-follows' });
    });
  });

  describe('a finding', () => {
    it('is what the text gives cause for, marked until it gives another, and gone when it is mended', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const body = '## 変更内容\n\n無線を更新。\n\nパスワード: hunter2hunter\n連絡先 taro@kaisha.co.jp';
      const id = await write(open, '無線の更新', { type: 'change', body });
      const [first, second, ...others] = await knowledge.findings(everyReader, id);
      assert.deepEqual([first?.kind, first?.line, first?.severity], ['password', 5, 'error']);
      assert.deepEqual([second?.kind, second?.heading], ['no-rollback', '切り戻し']);
      assert.ok(others.some(({ kind }) => kind === 'mail-address'));
      const vera = somebody('vera', 'editor');
      const marked = await knowledge.markFinding(vera, { id, finding: first?.id ?? '', state: 'acknowledged' });
      assert.deepEqual([marked[0]?.state, marked[0]?.markedBy], ['acknowledged', 'vera']);
      const change = { title: '無線の更新', type: 'change' as const, tags: [], status: 'published' as const };
      await knowledge.update(everyWriter, id, { ...change, body: `# 前置き\n\n${body}`, version: 1 });
      assert.deepEqual(
        (await knowledge.findings(vera, id)).slice(0, 1).map(({ state, line }) => [state, line]),
        [['acknowledged', 7]],
      );
      await knowledge.update(everyWriter, id, { ...change, body: '## 切り戻し\n\n前の版に戻す。', version: 2 });
      const left = await knowledge.findings(vera, id);
      assert.deepEqual([...new Set(left.map(({ kind }) => kind))], ['missing-section']);
      const gone = knowledge.markFinding(vera, { id, finding: first?.id ?? '', state: 'open' });
      await assert.rejects(gone, { code: 'knowledge.finding-not-there' });
    });
  });

  describe('feedback on Kura', () => {
    it('is read by who gave it and who manages, the most urgent first, until it is settled', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const [vera, emi] = [somebody('vera'), somebody('emi')];
      const said = { category: 'bug', description: '一覧が切れる。', priority: 'medium' } as const;
      const first = await knowledge.sendSystemFeedback(vera, { ...said, title: '一覧' });
      const urgent = await knowledge.sendSystemFeedback(emi, { ...said, title: '検索', priority: 'critical' });
      const titles = (await knowledge.ownSystemFeedback(vera, 10)).map(({ title }) => title);
      assert.deepEqual(titles, ['一覧']);
      const asked = { state: 'open', limit: 10 } as const;
      async function ids(): Promise<readonly string[]> {
        return (await knowledge.systemFeedback(asked)).map(({ id }) => id);
      }
      assert.deepEqual(await ids(), [urgent.id, first.id]);
      assert.deepEqual(await knowledge.systemFeedback({ ...asked, category: 'ui' }), []);
      const care = { status: 'planned', assignee: 'emi', answer: '次の版で直す。' } as const;
      const planned = await knowledge.triageSystemFeedback(everyWriter, first.id, care);
      assert.deepEqual([planned.assignee, planned.resolvedAt], ['emi', null]);
      const done = await knowledge.triageSystemFeedback(everyWriter, first.id, { status: 'completed' });
      assert.deepEqual([done.assignee, done.answer, done.resolvedAt], ['emi', '次の版で直す。', done.updatedAt]);
      assert.deepEqual(await ids(), [urgent.id]);
      const again = await knowledge.triageSystemFeedback(everyWriter, first.id, {
        status: 'reviewing',
        assignee: null,
      });
      assert.deepEqual([again.assignee, again.resolvedAt], [null, null]);
      const nobody = knowledge.triageSystemFeedback(everyWriter, 'none', care);
      await assert.rejects(nobody, { code: 'knowledge.system-feedback-not-found' });
    });

    it('of one person has an end while nobody goes through it', async () => {
      await using open = await fresh();
      const given = { category: 'other', title: 'また', description: 'また', priority: 'low' } as const;
      const vera = somebody('vera');
      for (let count = 0; count < 100; count += 1) await open.knowledge.sendSystemFeedback(vera, given);
      const more = open.knowledge.sendSystemFeedback(vera, given);
      await assert.rejects(more, { code: 'knowledge.too-much-system-feedback' });
    });
  });

  describe('a watched entry', () => {
    it('is told of when it or what it is linked with changed, until its watcher has looked', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const vera = somebody('vera');
      const [id, beside] = [await write(open, '手順'), await write(open, '設定')];
      await knowledge.link(everyWriter, beside, { kind: 'refers-to', target: id });
      assert.deepEqual(await knowledge.readWatch(vera, id), { watched: false, seenVersion: null, version: 1 });
      await knowledge.watch(vera, id);
      const change = { type: 'incident' as const, tags: [], status: 'published' as const, version: 1 };
      await knowledge.update(everyWriter, id, { ...change, title: '手順', body: '変えた。' });
      await knowledge.update(everyWriter, beside, { ...change, title: '設定', body: '変えた。' });
      const [told] = await knowledge.watched(vera);
      assert.deepEqual([told?.entry.id, told?.changed, told?.seenVersion, told?.version], [id, true, 1, 2]);
      assert.deepEqual(
        told?.linked.map(({ title }) => title),
        ['設定'],
      );
      await knowledge.watch(vera, id);
      const seen = await knowledge.watched(vera);
      assert.deepEqual(
        seen.map(({ changed, linked }) => [changed, linked]),
        [[false, []]],
      );
      assert.deepEqual(await knowledge.watched(somebody('emi')), []);
    });

    it('is mailed about once until one looks again, never to who changed it or may not see it', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const told: string[] = [];
      async function tell(entry: string) {
        await knowledge.tellFollowers(testActor, entry, async (_tx, change) => {
          told.push(`${change.version}: ${change.persons.join(', ')}`);
        });
      }
      const id = await write(open, 'VPN');
      for (const person of [somebody('vera'), somebody('emi'), everyWriter]) await knowledge.watch(person, id);
      await tell(id);
      async function change(body: string, visibility: 'public' | 'confidential' = 'public') {
        const { version, title } = await knowledge.read(everyReader, id);
        const changed = { title, body, version, visibility, type: 'incident', tags: [], status: 'published' } as const;
        await knowledge.update(everyWriter, id, changed);
        // An event may come twice.
        await tell(id);
        await tell(id);
      }
      await change('一');
      await change('二');
      await knowledge.watch(somebody('vera'), id);
      await change('三');
      await knowledge.watch(somebody('vera'), id);
      await change('四', 'confidential');
      assert.deepEqual(told, ['2: emi, vera', '4: vera']);
    });

    it('leads on to the one it was joined with, is told to nobody who may not see it, and can be let go', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const vera = somebody('vera');
      const [stays, goes] = [await write(open, 'VPN'), await write(open, 'VPNの件')];
      await knowledge.watch(vera, goes);
      await knowledge.merge(everyWriter, stays, { duplicate: goes, version: 1 });
      const moved = await knowledge.watched(vera);
      assert.deepEqual(
        moved.map(({ entry, changed }) => [entry.id, changed]),
        [[stays, true]],
      );
      const { version, title, body } = await knowledge.read(everyReader, stays);
      const hidden = { title, body, version, type: 'incident', tags: [], status: 'published' } as const;
      await knowledge.update(everyWriter, stays, { ...hidden, tags: [], visibility: 'confidential' });
      assert.deepEqual(await knowledge.watched(vera), []);
      await assert.rejects(knowledge.watch(vera, stays), { code: 'knowledge.entry-not-found' });
      await knowledge.watch(everyWriter, stays);
      await knowledge.unwatch(everyWriter, stays);
      assert.deepEqual(await knowledge.watched(everyReader), []);
    });
  });

  describe('a tag', () => {
    it('is there with its meaning before an entry has it, keeps it when renamed, and can be let go', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const starters = await knowledge.tags(everyReader, 99);
      assert.deepEqual([starters.length, starters.filter(({ entries }) => entries > 0).length], [15, 0]);
      assert.ok(starters.every(({ description, colour }) => description !== null && colour !== null));
      const { tags } = await knowledge.advise(everyReader, {
        title: 'ロールバックの手順',
        body: '前の版へ戻す。',
        tags: [],
      });
      assert.deepEqual(tags, ['ロールバック']);
      await knowledge.renameTag(everyWriter, 'ネットワーク', 'network');
      const meaning = { type: 'change', description: '回線の工事', colour: null } as const;
      const described = await knowledge.describeTag(everyWriter, 'ﾈｯﾄﾜｰｸ', meaning);
      assert.deepEqual(described, { tag: 'network', ...meaning });
      await write(open, '一', { tags: ['network'] });
      await knowledge.forgetMeaning(everyWriter, 'データベース');
      const listed = await knowledge.tags(everyReader, 99);
      assert.deepEqual(listed[0], { tag: 'network', entries: 1, aliases: ['ネットワーク'], ...meaning });
      assert.deepEqual([listed.length, listed.some(({ tag }) => tag === 'データベース')], [14, false]);
    });

    it('renamed is so in every entry, is found by either name, and is written by either', async () => {
      await using open = await fresh();
      const first = await write(open, '一', { tags: ['ネットワーク', 'VPN'] });
      await write(open, '二', { tags: ['network'] });
      assert.deepEqual(await open.knowledge.renameTag(everyWriter, 'ネットワーク', 'network'), {
        tag: 'network',
        entries: 1,
      });
      const { tags } = await open.knowledge.read(everyReader, await write(open, '三', { tags: ['ネットワーク'] }));
      assert.deepEqual(tags, ['network']);
      for (const q of ['tag:ネットワーク', 'tag:network'])
        assert.equal((await open.knowledge.search(everyReader, { q, limit: 9 })).total, 3, q);
      assert.equal((await open.knowledge.search(everyReader, { q: '', tag: ['ﾈｯﾄﾜｰｸ'], limit: 9 })).total, 3);
      const listed = await open.knowledge.list(everyReader, { tag: ['ネットワーク'], limit: 9 });
      assert.equal(listed.items.length, 3);
      const counted = (await open.knowledge.tags(everyReader, 2)).map(({ tag, entries, aliases }) => [
        tag,
        entries,
        aliases,
      ]);
      assert.deepEqual(counted, [
        ['network', 3, ['ネットワーク']],
        ['VPN', 1, []],
      ]);
      const [version] = await open.knowledge.versions(everyReader, first);
      assert.equal(version?.note, 'ネットワーク → network');
      await open.knowledge.forgetAlias(everyWriter, 'ネットワーク');
      assert.deepEqual(
        (await open.knowledge.read(everyReader, await write(open, '四', { tags: ['ネットワーク'] }))).tags,
        ['ネットワーク'],
      );
    });
  });

  describe('what readers say', () => {
    it('counts once per person, opens a task for who writes, and takes it back with praise', async () => {
      await using open = await fresh();
      const id = await write(open, '手順');
      await open.knowledge.giveFeedback(somebody('vera'), id, { kind: 'helpful' });
      await open.knowledge.giveFeedback(somebody('vera'), id, { kind: 'wrong', comment: '手順 2 が違う' });
      const said = await open.knowledge.giveFeedback(somebody('mika'), id, { kind: 'helpful' });
      assert.deepEqual(said, { helpful: 1, notHelpful: 0, faults: 1, own: 'helpful' });
      const [task, ...more] = await open.knowledge.tasks(everyReader, { state: 'open', limit: 9 });
      assert.deepEqual([task?.kind, task?.comment, task?.openedBy, more.length], ['wrong', '手順 2 が違う', 'vera', 0]);
      assert.deepEqual([task?.assignee, task?.dueOn?.length], [testActor.name, 10]);
      const care = { assignee: 'mika', dueOn: '2020-02-03' };
      await open.knowledge.assignTask(everyWriter, task?.id ?? '', care);
      const [given] = await open.knowledge.tasks(everyReader, { state: 'open', assignee: 'mika', limit: 9 });
      assert.deepEqual([given?.assignee, given?.dueOn], ['mika', '2020-02-03']);
      assert.deepEqual(await open.knowledge.tasks(everyReader, { state: 'open', assignee: 'vera', limit: 9 }), []);
      await open.knowledge.giveFeedback(somebody('vera'), id, { kind: 'outdated' });
      const [again] = await open.knowledge.tasks(everyReader, { state: 'open', assignee: 'mika', limit: 9 });
      assert.deepEqual([again?.kind, again?.dueOn], ['outdated', '2020-02-03']);
      const closure = { outcome: 'done', resolution: '手順を直した' } as const;
      const closed = await open.knowledge.closeTask(everyWriter, again?.id ?? '', closure);
      assert.deepEqual([closed.outcome, closed.resolution], ['done', '手順を直した']);
      const late = [
        () => open.knowledge.assignTask(everyWriter, closed.id, care),
        () => open.knowledge.closeTask(everyWriter, closed.id, { outcome: 'dismissed' }),
      ];
      for (const attempt of late) await assert.rejects(attempt, { code: 'knowledge.task-not-found' });
      assert.deepEqual(await open.knowledge.tasks(everyReader, { state: 'open', limit: 9 }), []);
      await open.knowledge.giveFeedback(somebody('mika'), id, { kind: 'outdated' });
      await open.knowledge.giveFeedback(somebody('mika'), id, { kind: 'helpful' });
      assert.deepEqual(await open.knowledge.tasks(everyReader, { state: 'open', limit: 9 }), []);
    });

    it('leaves tasks to people by the name of their account, who find them as their own', async () => {
      await using open = await openKnowledge(await databases.freshUrl(), undefined, {
        personNamed: async (name) => ['Mika', 'emi'].find((one) => one.toLowerCase() === name.toLowerCase()),
      });
      const { knowledge } = open;
      await knowledge.giveFeedback(somebody('vera'), await write(open, '手順'), { kind: 'wrong' });
      const [task] = await knowledge.tasks(everyReader, { state: 'open', limit: 9 });
      const given = await knowledge.assignTask(everyWriter, task?.id ?? '', { assignee: 'MIKA', dueOn: null });
      assert.equal(given.assignee, 'Mika');
      const own = { state: 'open', own: true, limit: 9 } as const;
      assert.equal((await knowledge.tasks(somebody('Mika', 'editor'), own)).length, 1);
      assert.deepEqual(await knowledge.tasks(somebody('emi', 'editor'), { ...own, assignee: 'Mika' }), []);
      const toNobody = knowledge.assignTask(everyWriter, task?.id ?? '', { assignee: 'niemand', dueOn: null });
      await assert.rejects(toNobody, { code: 'knowledge.task-for-nobody' });
    });

    it('is about entries they may see only, and so are tasks', async () => {
      await using open = await fresh();
      const id = await write(open, '秘密', { visibility: 'confidential' });
      const refused = open.knowledge.giveFeedback(somebody('vera'), id, { kind: 'wrong' });
      await assert.rejects(refused, { code: 'knowledge.entry-not-found' });
      await open.knowledge.giveFeedback(everyWriter, id, { kind: 'wrong' });
      const emi = somebody('emi', 'editor');
      assert.deepEqual(await open.knowledge.tasks(emi, { state: 'open', limit: 9 }), []);
      const [task] = await open.knowledge.tasks(everyReader, { state: 'open', limit: 9 });
      const closing = open.knowledge.closeTask(emi, task?.id ?? '', { outcome: 'done' });
      await assert.rejects(closing, { code: 'knowledge.task-not-found' });
    });
  });

  describe('a duplicate', () => {
    const body =
      'VPNに接続すると認証エラーになり、社外から社内システムを使えない。原因は機器の証明書の期限切れだった。';

    it('is named before it is saved, and only to who may see it', async () => {
      await using open = await fresh();
      const first = await write(open, 'VPNに接続できない', { body });
      await write(open, 'プリンターの紙詰まり', { body: '三階のプリンターで紙が詰まった。ローラーを掃除した。' });
      const again = {
        title: 'ＶＰＮ接続エラー',
        body: '社外からVPNに接続すると認証エラーになる。調べると、機器の証明書が期限切れだったことが原因だった。',
      };
      const [likely, ...more] = await open.knowledge.duplicates(everyReader, again);
      assert.deepEqual([likely?.id, more.length], [first, 0]);
      const unrelated = { title: 'VPNの利用申請', body: '新しくVPNを使う人は、上長の承認を得て申請書を出す。' };
      assert.deepEqual(await open.knowledge.duplicates(everyReader, unrelated), []);
      assert.deepEqual(await open.knowledge.duplicates(everyReader, { ...again, except: first }), []);
      const { version, ...entry } = await open.knowledge.read(everyReader, first);
      const hidden = newEntrySchema
        .omit({ externalId: true })
        .strip()
        .parse({ ...entry, visibility: 'confidential', note: undefined });
      await open.knowledge.update(everyWriter, first, { ...hidden, version });
      assert.deepEqual(await open.knowledge.duplicates(somebody('emi', 'editor'), again), []);
    });

    it('is found later too, stays judged, and is told to nobody who may not see both', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const signal = new AbortController().signal;
      const body = 'VPNの接続が切れる。証明書の期限が切れていた。更新した証明書を配布して再接続する。';
      const [one, other] = [await write(open, 'VPN障害', { body }), await write(open, 'VPN障害', { body })];
      const third = await write(open, 'VPNが切れる', { body: `${body}夜間に実施。`, visibility: 'confidential' });
      await write(open, 'プリンター', { body: '紙詰まりを直す。' });
      assert.deepEqual(await knowledge.lookForDuplicates(signal, 1), { looked: 1, left: 3 });
      assert.deepEqual(await knowledge.lookForDuplicates(signal, 100), { looked: 3, left: 0 });
      const asked = { state: 'pending', limit: 10 } as const;
      const all = await knowledge.duplicatePairs(everyReader, asked);
      assert.deepEqual(all.map(({ method }) => method).toSorted(), ['identical', 'neighbours', 'neighbours']);
      const vera = somebody('vera', 'editor');
      const [pair] = await knowledge.duplicatePairs(vera, asked);
      assert.deepEqual(new Set([pair?.one.id, pair?.other.id]), new Set([one, other]));
      assert.equal((await knowledge.duplicatePairs(vera, asked)).length, 1);
      await assert.rejects(knowledge.judgeDuplicatePair(vera, { one, other: third, state: 'confirmed' }), {
        code: 'knowledge.duplicate-pair-not-found',
      });
      const judged = await knowledge.judgeDuplicatePair(vera, { one: other, other: one, state: 'dismissed' });
      assert.deepEqual([judged.state, judged.judgedBy], ['dismissed', 'vera']);
      await knowledge.remove(everyWriter, third);
      const { version, title, type } = await knowledge.read(everyReader, one);
      const edited = { title, type, body: '別の話。紙を補充する。', tags: [], status: 'published' as const, version };
      await knowledge.update(everyWriter, one, edited);
      assert.deepEqual(await knowledge.lookForDuplicates(signal, 100), { looked: 1, left: 0 });
      assert.deepEqual(await knowledge.duplicatePairs(everyReader, asked), []);
      assert.equal((await knowledge.duplicatePairs(everyReader, { ...asked, state: 'dismissed' })).length, 1);
    });

    it('joined with an entry leads to it, with its text, tags, links and voices', async () => {
      await using open = await fresh();
      const [stays, goes] = [
        await write(open, '残す', { tags: ['A'] }),
        await write(open, '消す', { tags: ['B'], externalId: 'KB-9' }),
      ];
      const linked = await write(open, '関係');
      await open.knowledge.link(everyWriter, linked, { kind: 'refers-to', target: goes });
      await open.knowledge.link(everyWriter, goes, { kind: 'duplicate-of', target: stays });
      await open.knowledge.giveFeedback(somebody('vera'), goes, { kind: 'incomplete' });
      const asked = {
        question: '何を消しますか',
        variants: [],
        category: 'other',
        answer: null,
        status: 'active',
      } as const;
      const faq = await open.knowledge.createFaq(everyWriter, { ...asked, entryId: goes });
      const merged = await open.knowledge.merge(everyWriter, stays, { duplicate: goes, version: 1 });
      const answered = await open.knowledge.readFaq(somebody('vera'), faq.id);
      assert.deepEqual([answered.entryId, answered.entry?.id, answered.version], [stays, stays, 2]);
      assert.deepEqual([merged.tags, merged.version], [['A', 'B'], 2]);
      assert.match(merged.body, /残すの本文。\n\n## 消す\n\n消すの本文。/);
      for (const reference of [goes, 'KB-9'])
        assert.equal((await open.knowledge.read(everyReader, reference)).id, stays);
      const links = await open.knowledge.links(everyReader, goes);
      assert.deepEqual(
        links.map(({ kind, entry }) => [kind, entry.id]),
        [['refers-to', linked]],
      );
      assert.equal((await open.knowledge.tasks(everyReader, { state: 'open', limit: 9 }))[0]?.entry.id, stays);
      assert.equal((await open.knowledge.search(everyReader, { q: '消す', limit: 9 })).total, 1);
      const third = await write(open, '三つ目');
      await open.knowledge.merge(everyWriter, third, { duplicate: stays, version: 1 });
      assert.equal((await open.knowledge.read(everyReader, goes)).id, third);
    });

    it('joined with an entry leaves links without direction once, to be taken away, and the notes of that entry', async () => {
      await using open = await fresh();
      const ids = [await write(open, '一'), await write(open, '二'), await write(open, '三')];
      const [stays = '', linked = '', goes = ''] = ids.toSorted();
      const both = await write(open, '四');
      await open.knowledge.link(everyWriter, goes, { kind: 'related', target: linked });
      await open.knowledge.link(everyWriter, stays, { kind: 'related', target: both, note: '残る' });
      await open.knowledge.link(everyWriter, goes, { kind: 'related', target: both, note: '消える' });
      await open.knowledge.merge(everyWriter, stays, { duplicate: goes, version: 1 });
      const links = await open.knowledge.links(everyReader, stays);
      assert.deepEqual(
        new Map(links.map(({ entry, note }) => [entry.id, note])),
        new Map([
          [linked, null],
          [both, '残る'],
        ]),
      );
      assert.equal(links.length, 2);
      await open.knowledge.unlink(everyWriter, stays, { kind: 'related', target: linked });
      assert.deepEqual(await linksSeen(open, linked), []);
    });

    it('for few is not joined with what is for all', async () => {
      await using open = await fresh();
      const [all, few] = [await write(open, '公開'), await write(open, '秘密', { visibility: 'confidential' })];
      const opening = open.knowledge.merge(everyWriter, all, { duplicate: few, version: 1 });
      await assert.rejects(opening, { code: 'knowledge.merge-opens' });
      await open.knowledge.merge(everyWriter, few, { duplicate: all, version: 1 });
      await assert.rejects(open.knowledge.read(somebody('vera'), all), { code: 'knowledge.entry-not-found' });
    });
  });
});
