/** Questions in a sentence, answered by citation or honestly not at all; measured on the labelled set. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isSentence, parseQuery } from '#engines/lexis';
import { newEntrySchema } from '#knowledge/contract';
import { builtInRoles } from '#platform/access';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';
import { importQualityTexts } from '../../src/domains/knowledge/testing/measure-search.ts';
import { everyReader, type OpenKnowledge, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';
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
});
