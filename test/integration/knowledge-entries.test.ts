import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { systemClock } from '#kernel/clock';
import { isKuraError } from '#kernel/errors';
import { knowledgeEvents } from '#knowledge';
import { newEntrySchema } from '#knowledge/contract';
import { onEvent } from '#platform/events';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { everyReader, everyWriter, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

function codeIs(code: string): (error: unknown) => boolean {
  return (error) => isKuraError(error) && error.code === code;
}

const vpn = newEntrySchema.parse({
  title: ' VPN障害 ',
  type: 'incident',
  body: '\r\n\r\n証明書が切れた。\r\n更新した。\n\n',
  tags: ['障害対応', ' ＶＰＮ', 'VPN'],
});

forEachDatabase((databases) => {
  async function fresh() {
    return openKnowledge(await databases.freshUrl());
  }

  describe('an entry', () => {
    it('is kept in one form: trimmed, with line feeds, each tag once, its language recognised', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      const entry = await open.knowledge.read(everyReader, id);
      const { title, body, tags, lang, status, version, createdBy } = entry;
      assert.deepEqual(
        { title, body, tags, lang, status, version, createdBy },
        {
          title: 'VPN障害',
          body: '証明書が切れた。\n更新した。',
          tags: ['VPN', '障害対応'],
          lang: 'ja',
          status: 'published',
          version: 1,
          createdBy: 'test',
        },
      );
    });

    it('is read by the id it came with, which no other may have', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, { ...vpn, externalId: 'KB-7' });
      assert.equal((await open.knowledge.read(everyReader, 'KB-7')).id, id);
      await assert.rejects(
        open.knowledge.create(testActor, { ...vpn, externalId: 'KB-7' }),
        codeIs('knowledge.external-id-taken'),
      );
      assert.equal((await open.knowledge.list(everyReader, { limit: 10 })).items.length, 1);
    });

    it('is changed only by who read it last; of two at once one is refused', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      const changes = await Promise.allSettled(
        ['一', '二'].map((title) => open.knowledge.update(everyWriter, id, { ...vpn, title, version: 1 })),
      );
      assert.deepEqual(changes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
      const refused = changes.find((change) => change.status === 'rejected');
      assert.ok(codeIs('knowledge.stale-version')(refused?.reason));
      assert.equal((await open.knowledge.read(everyReader, id)).version, 2);
    });

    it('keeps its version when the same content is saved again', async () => {
      await using open = await fresh();
      const { id, updatedAt } = await open.knowledge.create(testActor, vpn);
      const again = await open.knowledge.update(everyWriter, id, { ...vpn, version: 1 });
      assert.deepEqual([again.version, again.updatedAt], [1, updatedAt]);
    });

    it('is gone with its tags after its removal', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      await open.knowledge.remove(everyWriter, id);
      await assert.rejects(open.knowledge.read(everyReader, id), codeIs('knowledge.entry-not-found'));
      await assert.rejects(open.knowledge.remove(everyWriter, id), codeIs('knowledge.entry-not-found'));
      assert.deepEqual((await open.knowledge.list(everyReader, { tag: ['VPN'], limit: 10 })).items, []);
    });

    it('leaves an audit record and an event with each change', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      await open.knowledge.update(everyWriter, id, { ...vpn, title: '新', version: 1 });
      await open.knowledge.remove(everyWriter, id);
      const rows = await open.database
        .tables<{ audit_log: { position: number; action: string; subject_id: string } }>()
        .selectFrom('audit_log')
        .select(['action', 'subject_id'])
        .orderBy('position')
        .execute();
      assert.deepEqual(
        rows.map((row) => [row.action, row.subject_id]),
        ['create', 'update', 'remove'].map((verb) => [`knowledge.${verb}-entry`, id]),
      );
      const heard: unknown[] = [];
      const all = Promise.withResolvers<undefined>();
      const { entrySaved, entryRemoved } = knowledgeEvents;
      await using _subscription = open.events.subscribe({
        name: 'test',
        reactions: [
          onEvent(entrySaved, async ({ payload }) => void heard.push([payload.version, payload.created])),
          onEvent(entryRemoved, async ({ payload }) => {
            heard.push(payload.id);
            all.resolve(undefined);
          }),
        ],
      });
      await all.promise;
      assert.deepEqual(heard, [[1, true], [2, false], id]);
    });
  });

  describe('a list of entries', () => {
    it('gives every entry once, last changed first, while others are added', async () => {
      await using open = await fresh();
      for (let n = 0; n < 7; n += 1) await open.knowledge.create(testActor, { ...vpn, title: `題${n}` });
      const titles: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await open.knowledge.list(everyReader, { limit: 3, cursor });
        titles.push(...page.items.map(({ title }) => title));
        cursor = page.nextCursor;
        await open.knowledge.create(testActor, { ...vpn, title: '後から' });
      } while (cursor !== undefined);
      assert.deepEqual(titles, ['題6', '題5', '題4', '題3', '題2', '題1', '題0']);
    });

    it('refuses a cursor that is none', async () => {
      await using open = await fresh();
      await assert.rejects(
        open.knowledge.list(everyReader, { limit: 3, cursor: "' or 1=1" }),
        codeIs('knowledge.bad-cursor'),
      );
    });
  });

  describe('an incident draft', () => {
    it('is filed once when several report it at the same moment', async () => {
      await using open = await fresh();
      const draft = { title: '障害', body: '本文', evidence: {}, dedupeKey: 'k' };
      const filed = await Promise.all(Array.from({ length: 5 }, () => open.knowledge.draftIncident(testActor, draft)));
      assert.equal(new Set(filed.map(({ id }) => id)).size, 1);
      assert.equal(filed.filter(({ created }) => created).length, 1);
    });

    it('is filed once per cause with its evidence, and found at once', async () => {
      await using open = await fresh();
      const draft = {
        title: 'バックアップ失敗: 写真',
        body: '終了コード 1。',
        evidence: { ジョブ: 'photos', 終了コード: 1, at: new Date(systemClock.now()).toISOString() },
        dedupeKey: 'backup-failed:photos:2026-11-22',
      };
      const first = await open.knowledge.draftIncident(testActor, draft);
      const second = await open.knowledge.draftIncident(testActor, { ...draft, title: '別' });
      assert.deepEqual([first.created, second], [true, { id: first.id, created: false }]);
      const entry = await open.knowledge.read(everyReader, first.id);
      assert.deepEqual([entry.status, entry.type], ['draft', 'incident']);
      assert.match(entry.body, /^終了コード 1。\n\n## 記録\n\n- ジョブ: photos\n- 終了コード: 1\n- at: /);
      assert.equal(
        (await open.knowledge.search(everyReader, { q: 'バックアップ失敗', limit: 1 })).hits[0]?.id,
        first.id,
      );
    });
  });
});
