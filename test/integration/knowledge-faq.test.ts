/** Questions with answers, what becomes one, and dialogues that ask for an entry. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { newEntrySchema } from '#knowledge/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import {
  everyReader,
  everyWriter,
  openKnowledge,
  somebody,
} from '../../src/domains/knowledge/testing/open-knowledge.ts';

const written = {
  question: 'VPN のパスワードを忘れたときはどうすればいいですか',
  variants: ['VPN のパスワードを再設定したい'],
  category: 'network',
  answer: '自分で**再設定**できます。',
  entryId: null,
  status: 'active',
} as const;
const entry = newEntrySchema.parse({ title: '経費の精算', type: 'request', body: '経費は月末までに申請する。' });

forEachDatabase((databases) => {
  async function fresh() {
    return openKnowledge(await databases.freshUrl());
  }

  describe('a question with its answer', () => {
    it('keeps what it said before, counts one voice per person, and refuses a stale change', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const { id, number, version } = await knowledge.createFaq(everyWriter, written);
      assert.deepEqual([number, version], ['FAQ-001', 1]);
      const answer = '窓口に電話してください。';
      const changed = await knowledge.updateFaq(everyWriter, id, {
        ...written,
        answer,
        version,
        note: '手順が変わった',
      });
      assert.deepEqual([changed.version, changed.answer], [2, answer]);
      await assert.rejects(knowledge.updateFaq(everyWriter, id, { ...written, version }), {
        code: 'knowledge.faq-stale',
      });
      assert.deepEqual(
        (await knowledge.faqVersions(everyReader, id)).map((one) => [one.version, one.answer, one.note]),
        [
          [2, answer, '手順が変わった'],
          [1, written.answer, null],
        ],
      );
      const vera = somebody('vera');
      await knowledge.voteFaq(vera, id, false);
      const { helpful, notHelpful, own } = await knowledge.voteFaq(vera, id, true);
      assert.deepEqual([helpful, notHelpful, own], [1, 0, 'helpful']);
      await knowledge.removeFaq(everyWriter, id);
      await assert.rejects(knowledge.readFaq(everyReader, id), { code: 'knowledge.faq-not-found' });
      assert.equal((await knowledge.createFaq(everyWriter, written)).number, 'FAQ-002', 'a number means one question');
    });

    it('is given to who asks the same in other words, and not to who asks for something else', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.createFaq(everyWriter, written);
      const asked = await open.knowledge.ask(everyReader, { q: 'ＶＰＮのパスワードを再設定するには？', limit: 3 });
      assert.deepEqual([asked.found, asked.faq.map((one) => one.id)], [false, [id]]);
      const other = await open.knowledge.ask(everyReader, {
        q: 'プリンターの紙が詰まったらどうすればいいですか',
        limit: 3,
      });
      assert.deepEqual(other.faq, []);
      const { items } = await open.knowledge.unanswered(9);
      assert.deepEqual(
        items.map(({ query }) => query),
        ['プリンターの紙が詰まったらどうすればいいですか'],
      );
    });

    it('needs an answer, and shows itself to those only who may see the entry behind it', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      await assert.rejects(knowledge.createFaq(everyWriter, { ...written, answer: null }), {
        code: 'knowledge.faq-unanswered',
      });
      const secret = await knowledge.create(testActor, { ...entry, visibility: 'confidential' });
      const { id } = await knowledge.createFaq(everyWriter, { ...written, entryId: secret.id });
      const draft = await knowledge.createFaq(everyWriter, { ...written, status: 'draft' });
      const [viewer, editor] = [somebody('vera'), somebody('emil', 'editor')];
      assert.deepEqual((await knowledge.faq(viewer, { limit: 9 })).items, []);
      assert.deepEqual(
        (await knowledge.faq(editor, { limit: 9 })).items.map((one) => one.id),
        [draft.id],
      );
      await assert.rejects(knowledge.voteFaq(viewer, id, true), { code: 'knowledge.faq-not-found' });
      await assert.rejects(knowledge.createFaq(editor, { ...written, entryId: secret.id }), {
        code: 'knowledge.entry-not-found',
      });
      await knowledge.remove(everyWriter, secret.id);
      assert.deepEqual((await knowledge.faq(viewer, { limit: 9 })).items, []);
    });

    it('is proposed by what was searched for repeatedly, until it is answered or rejected', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      await knowledge.create(testActor, entry);
      for (const q of [
        '勤怠の締め日',
        '勤怠の締め日',
        '締め日 勤怠',
        '社員証の再発行',
        '社員証の再発行',
        '一度だけの言葉',
      ])
        await knowledge.search(everyReader, { q, limit: 5 });
      for (let times = 0; times < 3; times += 1)
        knowledge.noteSearch('vera', { q: '経費の精算', typing: false, hits: 1 });
      await knowledge.usage(everyReader, 1);
      const candidates = await knowledge.faqCandidates(everyReader, 9);
      assert.deepEqual(
        new Map(candidates.map((one) => [one.question, [one.searches, one.unanswered, one.entry?.title]])),
        new Map([
          ['勤怠の締め日', [0, 3, undefined]],
          ['社員証の再発行', [0, 2, undefined]],
          ['経費の精算', [3, 0, '経費の精算']],
        ]),
      );
      assert.deepEqual(candidates.find(({ unanswered }) => unanswered === 3)?.wordings, ['締め日 勤怠']);
      await knowledge.rejectFaqCandidate(everyWriter, '社員証の再発行');
      await knowledge.createFaq(everyWriter, { ...written, question: '勤怠の締め日はいつですか' });
      await knowledge.createFaq(everyWriter, written, '経費の精算');
      assert.deepEqual(await knowledge.faqCandidates(everyReader, 9), []);
    });
  });

  describe('a dialogue', () => {
    it('asks for title, type and the sections of the type, and ends as a draft with each answer in its place', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const emil = somebody('emil', 'editor');
      const { id, asked, progress } = await knowledge.startDialogue(emil, { lang: 'ja' });
      assert.deepEqual([asked?.key, asked?.wordings.length, progress], ['title', 3, 0]);
      async function answer(key: string, text: string | null) {
        return await knowledge.answerDialogue(emil, id, { key, text });
      }
      await assert.rejects(answer('title', null), { code: 'knowledge.answer-needed' });
      const typed = await answer('title', '社外から VPN に接続できない障害');
      assert.equal(typed.asked?.key, 'type');
      assert.equal(typed.asked.choices.length, 6);
      await assert.rejects(answer('type', 'どれか'), { code: 'knowledge.answer-needed' });
      await assert.rejects(answer('section-1', '早すぎる'), { code: 'knowledge.no-such-question' });
      await answer('type', 'incident');
      await answer('section-1', '9 時から接続が切れる。');
      assert.deepEqual(await answer('section-1', '9 時から接続が切れる。'), await knowledge.readDialogue(emil, id));
      await answer('section-2', null);
      await assert.rejects(knowledge.finishDialogue(emil, id), { code: 'knowledge.dialogue-unfinished' });
      for (const key of ['section-3', 'section-4', 'section-5']) await answer(key, `${key} の答え`);
      await answer('section-1', '10 時から接続が切れる。');
      const last = await answer('tags', 'VPN、ネットワーク');
      assert.deepEqual([last.asked, last.progress], [null, 100]);
      const finished = await knowledge.finishDialogue(emil, id);
      assert.deepEqual(
        [finished.status, finished.type, finished.tags, finished.createdBy],
        ['draft', 'incident', ['VPN', 'ネットワーク'], 'emil'],
      );
      assert.match(
        finished.body,
        /^## 症状\n\n10 時から接続が切れる。\n\n## 影響\n\n_不明_\n\n## 対応\n\nsection-3 の答え/,
      );
      assert.deepEqual(await knowledge.dialogues(emil), []);
    });

    it('goes on another day, is its owner’s alone, and loses nothing when the type changes', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const [emil, nina] = [somebody('emil', 'editor'), somebody('nina', 'editor')];
      const { id } = await knowledge.startDialogue(emil, { lang: 'en', type: 'incident' });
      await knowledge.answerDialogue(emil, id, { key: 'title', text: 'Mail queue stuck' });
      await knowledge.answerDialogue(emil, id, { key: 'section-1', text: 'Mails wait.' });
      await knowledge.answerDialogue(emil, id, { key: 'section-3', text: 'Logs deleted.' });
      await assert.rejects(knowledge.readDialogue(nina, id), { code: 'knowledge.dialogue-not-found' });
      await assert.rejects(knowledge.removeDialogue(nina, id), { code: 'knowledge.dialogue-not-found' });
      assert.deepEqual(
        (await knowledge.dialogues(emil)).map((one) => [one.id, one.title]),
        [[id, 'Mail queue stuck']],
      );
      const { draft, asked } = await knowledge.answerDialogue(emil, id, { key: 'type', text: 'problem' });
      assert.equal(draft.body, '## What happens\n\nMails wait.\n\nLogs deleted.');
      assert.equal(asked?.key, 'section-2');
    });

    it('names entries that perhaps say it already', async () => {
      await using open = await fresh();
      const body = 'The mail queue was stuck because the disk was full. We deleted old logs and restarted the service.';
      const { id: there } = await open.knowledge.create(
        testActor,
        newEntrySchema.parse({ title: 'Mail queue stuck', type: 'incident', body }),
      );
      const { id } = await open.knowledge.startDialogue(everyWriter, { lang: 'en', type: 'incident' });
      await open.knowledge.answerDialogue(everyWriter, id, { key: 'title', text: 'Mail queue stuck' });
      const { duplicates } = await open.knowledge.answerDialogue(everyWriter, id, { key: 'section-1', text: body });
      assert.deepEqual(
        duplicates.map((one) => one.id),
        [there],
      );
    });
  });
});
