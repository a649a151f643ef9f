/** Questions in a sentence, answered by citation or honestly not at all; measured on the labelled set. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isSentence, parseQuery } from '#engines/lexis';
import { newEntrySchema } from '#knowledge/contract';
import type { AnswerWriter } from '#knowledge/ports';
import { builtInRoles } from '#platform/access';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { importQualityTexts } from '../../src/domains/knowledge/testing/measure-search.ts';
import {
  everyReader,
  everyWriter,
  type OpenKnowledge,
  openKnowledge,
  somebody,
} from '../../src/domains/knowledge/testing/open-knowledge.ts';
import { readQualityQueries } from '../../src/engines/lexis/testing/quality-set.ts';

const nobodyKnows = [
  '火星への旅行を申請するにはどうすればいいですか',
  '社員食堂の献立はどこで見られますか',
  '有給休暇の残り日数を知りたいのですが',
  '駐車場の契約を解約する手順を教えてください',
  'How do I bake sourdough bread at home?',
  'What is the capital city of Mongolia?',
];

forEachDatabase((databases) => {
  it('a model writes only where there is one, only from what every reader may see, and only what passages hold', async () => {
    const asked: Array<Parameters<AnswerWriter['write']>[0]> = [];
    let said: Awaited<ReturnType<AnswerWriter['write']>> = [];
    const answerWriter: AnswerWriter = {
      model: 'small',
      host: 'model.test',
      async write(request) {
        asked.push(request);
        return said;
      },
    };
    const { signal } = new AbortController();
    await using without = await openKnowledge(await databases.freshUrl());
    assert.equal(await without.knowledge.answerWriter(), undefined);
    const q = { q: 'VPN の認証エラー 691', limit: 5 };
    await assert.rejects(without.knowledge.writeAnswer(everyWriter, q, signal), { code: 'knowledge.no-writer' });

    await using open = await openKnowledge(await databases.freshUrl(), undefined, {
      answerWriter,
      writerCallsPerDay: () => 2,
    });
    const { knowledge } = open;
    const none = knowledge.writeAnswer(everyWriter, q, signal);
    await assert.rejects(none, { code: 'knowledge.nothing-to-write-from' });
    const body =
      'VPN の認証エラー 691 はパスワードの期限切れで起きる。\n証明書を更新すると直る。\nパスワード: Geheim123!';
    const entry = { title: 'VPN の認証エラー 691', type: 'incident', body };
    const { id, version } = await knowledge.create(testActor, newEntrySchema.parse(entry));
    await knowledge.create(
      testActor,
      newEntrySchema.parse({ ...entry, body: `${body}秘`, visibility: 'confidential' }),
    );
    said = [
      { text: '認証エラー 691 はパスワードの期限切れで起きます。', cites: [1] },
      { text: '認証エラー 692 はパスワードの期限切れで起きます。', cites: [1] },
      { text: '証明書を更新すると直ります。', cites: [7] },
      { text: '社員食堂の献立は毎週月曜日に貼り出されています。', cites: [1] },
    ];
    const written = await knowledge.writeAnswer(everyWriter, q, signal);
    assert.deepEqual(written.sentences, [{ text: said[0]?.text, passages: [0] }]);
    assert.deepEqual([written.dropped, written.withheld, written.cached], [3, 1, false]);
    assert.doesNotMatch(JSON.stringify(asked), /Geheim123|秘/u);
    const again = await knowledge.writeAnswer(somebody('vera'), { ...q, q: `${q.q} ` }, signal);
    assert.deepEqual([again.cached, asked.length, (await knowledge.answerWriter())?.left], [true, 1, 1]);
    const changed = { ...entry, body: `${body}\n再起動も要る。`, version, tags: [], status: 'published' } as const;
    await knowledge.update(everyWriter, id, { ...changed, type: 'incident' });
    assert.equal((await knowledge.writeAnswer(everyWriter, q, signal)).cached, false);
    const other = knowledge.writeAnswer(everyWriter, { ...q, q: 'VPN 認証エラー 691' }, signal);
    await assert.rejects(other, { code: 'knowledge.writer-limit' });
  });

  it('a question for a person says whom to turn to, by the rules of now', async () => {
    let contact: string | null = null;
    function escalation() {
      return { words: ['情報漏えい'], contact };
    }
    await using open = await openKnowledge(await databases.freshUrl(), undefined, { escalation });
    const q = '情報漏えいかもしれません';
    const answer = await open.knowledge.ask(everyReader, { q, limit: 3 });
    assert.deepEqual(answer.escalation, { words: ['情報漏えい'], contact: null });
    const { id } = await open.knowledge.startConversation(everyWriter);
    await open.knowledge.askInConversation(everyWriter, id, { key: 'first-question', question: q });
    contact = '内線 1234';
    const { turns } = await open.knowledge.readConversation(everyReader, id);
    assert.deepEqual(turns[0]?.escalation, { words: ['情報漏えい'], contact });
    assert.equal((await open.knowledge.ask(everyReader, { q: '無線の更新', limit: 3 })).escalation, null);
  });

  describe('a question', () => {
    let open: OpenKnowledge;
    before(async () => {
      open = await openKnowledge(await databases.freshUrl());
      await importQualityTexts(open.knowledge);
    });
    after(() => open[Symbol.asyncDispose]());

    it('is answered by the right entry among the first three for 85 of 100 questions of the labelled set', async () => {
      const questions = readQualityQueries().filter(({ text }) => isSentence(parseQuery(text)));
      const missed: string[] = [];
      for (const { text, grades } of questions) {
        const { passages } = await open.knowledge.ask(everyReader, { q: text, limit: 3 });
        const entries = await Promise.all(passages.map(({ entry }) => open.knowledge.read(everyReader, entry.id)));
        for (const [index, { start, end, text: cited }] of passages.entries())
          assert.equal(entries[index]?.body.slice(start, end), cited);
        if (!entries.some(({ externalId }) => grades.get(externalId ?? '') === 2)) missed.push(text);
      }
      assert.ok(questions.length >= 20, `only ${questions.length} questions`);
      assert.ok(missed.length <= questions.length * 0.15, missed.join('\n'));
    });

    it('that no entry speaks of is not answered, and is noted as worth writing about', async () => {
      for (const q of nobodyKnows) {
        const { found, passages } = await open.knowledge.ask(everyReader, { q, limit: 3 });
        assert.deepEqual([found, passages], [false, []], q);
      }
      const { items } = await open.knowledge.unanswered(100);
      const noted = new Set(items.map(({ query }) => query));
      assert.deepEqual(
        nobodyKnows.filter((q) => !noted.has(q)),
        [],
      );
    });

    it('that is misspelt is judged by what was meant', async () => {
      const body = 'Kerberos authentication fails when the clock is wrong. Synchronise it with chrony.';
      const tickets = newEntrySchema.parse({ title: 'Kerberos tickets', type: 'other', body });
      const { id } = await open.knowledge.create(testActor, tickets);
      const q = 'Why does kerberso authentication fail?';
      const [passage] = (await open.knowledge.ask(everyReader, { q, limit: 1 })).passages;
      assert.equal(passage?.entry.id, id);
      assert.ok(passage.coverage > 0.9, `${passage.coverage}`);
    });

    it('is never answered from what the reader may not see', async () => {
      const secret = newEntrySchema.parse({
        title: '金庫の暗証番号の変え方',
        type: 'other',
        body: '## 手順\n\n金庫の暗証番号は総務の台帳に従って変える。',
        visibility: 'confidential',
      });
      const { id } = await open.knowledge.create(testActor, secret);
      const q = '金庫の暗証番号はどうやって変えますか';
      const [passage] = (await open.knowledge.ask(everyReader, { q, limit: 1 })).passages;
      assert.deepEqual([passage?.entry.id, passage?.heading], [id, '手順']);
      const viewer = { name: 'vera', permissions: builtInRoles.viewer };
      const { passages, near } = await open.knowledge.ask(viewer, { q, limit: 3 });
      assert.ok([...passages.map(({ entry }) => entry), ...near].every((entry) => entry.id !== id));
    });
  });

  describe('a conversation', () => {
    const vera = somebody('vera');
    const written = newEntrySchema.parse({
      title: '社内VPNの証明書',
      type: 'incident',
      status: 'published',
      body: '## 症状\n\nVPNの証明書が切れると接続できない。\n\n## 更新の手順\n\nVPNの証明書の更新の手順は管理画面から申請する。',
    });

    async function asking() {
      const open = await openKnowledge(await databases.freshUrl());
      const entry = await open.knowledge.create(everyWriter, written);
      const other = {
        title: 'プリンターの更新',
        type: 'other',
        status: 'published',
        body: 'プリンターの更新の手順は別紙。',
      };
      await open.knowledge.create(everyWriter, newEntrySchema.parse(other));
      const { id } = await open.knowledge.startConversation(vera);
      let asked = 0;
      async function ask(question: string) {
        asked += 1;
        return open.knowledge.askInConversation(vera, id, { key: `question-${asked}`, question });
      }
      return { open, entry, id, ask, [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() };
    }

    it('understands a follow-up with what it follows, a new subject by itself, and says when nothing answers', async () => {
      await using of = await asking();
      const first = await of.ask('VPNの証明書が切れたらどうなりますか');
      assert.deepEqual([first.found, first.together, first.passages[0]?.entry.id], [true, null, of.entry.id]);
      const follow = await of.ask('その更新の手順は？');
      assert.equal(follow.together, first.question);
      assert.deepEqual([follow.passages[0]?.entry.id, follow.passages[0]?.heading], [of.entry.id, '更新の手順']);
      const other = await of.ask('プリンターの更新はどうすればいいですか');
      assert.deepEqual([other.together, other.passages[0]?.entry.title], [null, 'プリンターの更新']);
      const nothing = await of.ask('社員食堂の献立はどこで見られますか');
      assert.deepEqual([nothing.found, nothing.passages], [false, []]);
      const { items } = await of.open.knowledge.unanswered(10);
      assert.deepEqual(
        items.map(({ query }) => query),
        [nothing.question],
      );
      const { turns } = await of.open.knowledge.readConversation(vera, of.id);
      assert.deepEqual(turns, [first, follow, other, nothing]);
    });

    it('asks once what is sent twice, at the same time too, and is nobody else’s', async () => {
      await using of = await asking();
      const { knowledge } = of.open;
      const question = 'VPNの証明書が切れたらどうなりますか';
      const both = await Promise.all(
        [1, 2].map(() => knowledge.askInConversation(vera, of.id, { key: 'same-key', question })),
      );
      assert.deepEqual(both[0], both[1]);
      assert.equal((await knowledge.readConversation(vera, of.id)).turns.length, 1);
      await assert.rejects(knowledge.askInConversation(vera, of.id, { key: 'same-key', question: '別の質問' }), {
        code: 'knowledge.question-key-used',
      });
      assert.deepEqual(
        (await knowledge.conversations(vera)).map((one) => [one.id, one.question, one.questions]),
        [[of.id, question, 1]],
      );
      assert.deepEqual(await knowledge.conversations(everyReader), []);
      const attempts = [
        () => knowledge.readConversation(everyReader, of.id),
        () => knowledge.askInConversation(everyWriter, of.id, { key: 'question-9', question }),
        () => knowledge.handOverConversation(everyWriter, of.id, 'ja'),
        () => knowledge.removeConversation(everyWriter, of.id),
      ];
      for (const attempt of attempts) await assert.rejects(attempt, { code: 'knowledge.conversation-not-found' });
    });

    it('pushes the oldest out where one person has very many', async () => {
      await using of = await asking();
      const { database, knowledge } = of.open;
      const rows = Array.from({ length: 205 }, (_, place) => {
        const at = new Date(Date.now() - (place + 1) * 60_000).toISOString();
        return { id: `old-${place}`, person: vera.name, entry_id: null, started_at: at, updated_at: at };
      });
      await database.transaction(async (tx) => {
        await tx
          .tables<{ knowledge_conversations: object }>()
          .insertInto('knowledge_conversations')
          .values(rows)
          .execute();
      });
      const { id } = await knowledge.startConversation(vera);
      assert.equal((await knowledge.readConversation(vera, id)).id, id);
      assert.equal((await knowledge.readConversation(vera, 'old-190')).id, 'old-190');
      await assert.rejects(knowledge.readConversation(vera, 'old-204'), { code: 'knowledge.conversation-not-found' });
    });

    it('forgets what entries no longer say to its reader', async () => {
      await using of = await asking();
      const { knowledge } = of.open;
      await of.ask('VPNの証明書が切れたらどうなりますか');
      const hidden = { ...written, visibility: 'confidential' as const, version: of.entry.version };
      await knowledge.update(everyWriter, of.entry.id, hidden);
      const seen = await knowledge.readConversation(vera, of.id);
      assert.deepEqual(
        seen.turns.map(({ found, passages, lost }) => [found, passages, lost > 0]),
        [[true, [], true]],
      );
      assert.ok(!JSON.stringify(seen).includes(written.title));
    });

    it('is handed over as one draft that names what was asked and where it stands', async () => {
      await using of = await asking();
      const { knowledge } = of.open;
      const emma = somebody('emma', 'editor');
      const { id } = await knowledge.startConversation(emma);
      await assert.rejects(knowledge.handOverConversation(emma, id, 'ja'), { code: 'knowledge.conversation-empty' });
      await knowledge.askInConversation(emma, id, {
        key: 'question-1',
        question: 'VPNの証明書が切れたらどうなりますか',
      });
      await knowledge.askInConversation(emma, id, {
        key: 'question-2',
        question: '社員食堂の献立はどこで見られますか',
      });
      const draft = await knowledge.handOverConversation(emma, id, 'ja');
      assert.deepEqual(
        [draft.title, draft.type, draft.status],
        ['社員食堂の献立はどこで見られますか', 'incident', 'draft'],
      );
      assert.ok(draft.body.includes(`[${written.title}](/knowledge/entries/${of.entry.id})`), draft.body);
      assert.match(draft.body, /答えは見つからなかった/);
      assert.equal((await knowledge.handOverConversation(emma, id, 'ja')).id, draft.id);
      assert.equal((await knowledge.readConversation(emma, id)).entry?.id, draft.id);
      await knowledge.removeConversation(emma, id);
      await assert.rejects(knowledge.readConversation(emma, id), { code: 'knowledge.conversation-not-found' });
    });
  });
});
