/** Versions, the way from draft to archive, and entries that are removed and come back. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type KnowledgeRules, knowledgeEvents } from '#knowledge';
import { newEntrySchema } from '#knowledge/contract';
import { onEvent } from '#platform/events';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import {
  everyReader,
  everyWriter,
  openKnowledge,
  somebody,
} from '../../src/domains/knowledge/testing/open-knowledge.ts';

const signal = new AbortController().signal;
const vpn = newEntrySchema.parse({
  title: 'VPN障害',
  type: 'incident',
  body: '症状\n切断する。\n\n対応\n再起動した。',
  tags: ['VPN'],
});

forEachDatabase((databases) => {
  async function fresh(rules?: KnowledgeRules) {
    return openKnowledge(await databases.freshUrl(), rules);
  }

  describe('the history of an entry', () => {
    it('keeps what each version said, who saved it and why', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      const body = '症状\n切断する。\n\n対応\n証明書を更新した。';
      await open.knowledge.update(everyWriter, id, { ...vpn, body, version: 1, note: '原因が分かった' });
      const versions = await open.knowledge.versions(everyReader, id);
      assert.deepEqual(
        versions.map(({ version, note, savedBy }) => [version, note, savedBy]),
        [
          [2, '原因が分かった', 'test'],
          [1, null, 'test'],
        ],
      );
    });

    it('shows what differs line by line, and which fields', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      const body = '症状\n切断する。\n\n対応\n証明書を更新した。\n以上。';
      await open.knowledge.update(everyWriter, id, { ...vpn, body, type: 'problem', version: 1 });
      const { fields, parts } = await open.knowledge.compare(everyReader, id, { from: 1, to: 2 });
      assert.deepEqual(fields, [{ field: 'type', before: 'incident', after: 'problem' }]);
      assert.deepEqual(
        parts.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'same')),
        [
          { kind: 'removed', text: '再起動した。' },
          { kind: 'added', text: '証明書を更新した。' },
          { kind: 'added', text: '以上。' },
        ],
      );
      assert.deepEqual((await open.knowledge.compare(everyReader, id, { from: 2, to: 2 })).parts, []);
      await assert.rejects(open.knowledge.compare(everyReader, id, { from: 1, to: 3 }), {
        code: 'knowledge.version-not-found',
      });
    });

    it('brings the text of a version back, which is found again at once, while its state stays', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      await open.knowledge.update(everyWriter, id, { ...vpn, body: '別の話。', version: 1 });
      await open.knowledge.move(everyWriter, id, { to: 'archived', version: 2 });
      assert.equal((await open.knowledge.search(everyReader, { q: '再起動', limit: 1 })).total, 0);
      const back = await open.knowledge.restoreVersion(everyWriter, id, { restored: 1, version: 3 });
      assert.deepEqual([back.body, back.version, back.status, back.restoredFrom], [vpn.body, 4, 'archived', 1]);
      const found = await open.knowledge.search(everyReader, { q: '再起動', status: ['archived'], limit: 1 });
      assert.equal(found.hits[0]?.id, id);
    });

    it('keeps a version that was for few to those few when a later one is for all', async () => {
      await using open = await fresh();
      const secret = { ...vpn, body: '合言葉は桜。', visibility: 'confidential' } as const;
      const { id } = await open.knowledge.create(testActor, secret);
      await open.knowledge.update(everyWriter, id, { ...vpn, visibility: 'public', version: 1 });
      const reader = somebody('emi', 'editor');
      assert.deepEqual(
        (await open.knowledge.versions(reader, id)).map(({ version }) => version),
        [2],
      );
      const refused = { code: 'knowledge.version-not-found' };
      await assert.rejects(open.knowledge.compare(reader, id, { from: 1, to: 2 }), refused);
      await assert.rejects(open.knowledge.restoreVersion(reader, id, { restored: 1, version: 2 }), refused);
      assert.equal((await open.knowledge.versions(everyReader, id)).length, 2);
    });
  });

  describe('a removed entry', () => {
    it('is in no search and list, comes back with its history, and is found again', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, { ...vpn, externalId: 'KB-1' });
      await open.knowledge.update(everyWriter, id, { ...vpn, title: '新', version: 1 });
      await open.knowledge.remove(everyWriter, id);
      assert.equal((await open.knowledge.search(everyReader, { q: '切断', limit: 1 })).total, 0);
      const [removed] = await open.knowledge.removed(everyReader, 10);
      assert.deepEqual([removed?.id, removed?.title, removed?.removedBy], [id, '新', 'test']);
      const back = await open.knowledge.bringBack(everyWriter, id);
      assert.deepEqual([back.id, back.version, back.externalId, back.tags], [id, 2, 'KB-1', ['VPN']]);
      assert.equal((await open.knowledge.search(everyReader, { q: '切断', limit: 1 })).hits[0]?.id, id);
      assert.equal((await open.knowledge.versions(everyReader, id)).length, 2);
      assert.deepEqual(await open.knowledge.removed(everyReader, 10), []);
    });

    it('is gone for good when it is purged, its history as well', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, vpn);
      await open.knowledge.update(everyWriter, id, { ...vpn, title: '新', version: 1 });
      await open.knowledge.remove(everyWriter, id);
      await open.knowledge.purge(everyWriter, id);
      await assert.rejects(open.knowledge.bringBack(everyWriter, id), { code: 'knowledge.removed-not-found' });
      const left = await open.database
        .tables<{ knowledge_versions: object }>()
        .selectFrom('knowledge_versions')
        .selectAll()
        .execute();
      assert.deepEqual(left, []);
    });

    it('goes for good once a day when it was removed long enough ago, though nobody removes anything', async () => {
      await using open = await fresh();
      const [old, young] = [await open.knowledge.create(testActor, vpn), await open.knowledge.create(testActor, vpn)];
      for (const { id } of [old, young]) await open.knowledge.remove(everyWriter, id);
      await open.database.transaction(async (tx) => {
        const removed = tx.tables<{ knowledge_removed: { id: string; removed_at: string } }>();
        await removed
          .updateTable('knowledge_removed')
          .set({ removed_at: '2020-02-03T00:00:00.000Z' })
          .where('id', '=', old.id)
          .execute();
      });
      await open.knowledge.clearDaily();
      const left = await open.knowledge.removed(everyReader, 10);
      assert.deepEqual(
        left.map(({ id }) => id),
        [young.id],
      );
    });

    it('is shown and brought back only by who could read it', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, { ...vpn, visibility: 'confidential' });
      await open.knowledge.remove(everyWriter, id);
      const shown = await open.knowledge.create(testActor, vpn);
      await open.knowledge.remove(everyWriter, shown.id);
      await open.knowledge.bringBack(everyWriter, id);
      await open.knowledge.remove(everyWriter, id);
      const [removed] = await open.knowledge.removed(somebody('emi', 'editor'), 1);
      assert.equal(removed?.id, shown.id, 'what may not be seen takes no place');
      await assert.rejects(open.knowledge.bringBack(somebody('emi', 'editor'), id), {
        code: 'knowledge.removed-not-found',
      });
    });

    it('comes back by an import of what was exported before, and goes on with its history', async () => {
      await using open = await fresh();
      const folder = await mkdtemp(join(tmpdir(), 'kura-history-'));
      try {
        const cared = {
          ...vpn,
          visibility: 'department',
          department: '総務',
          severity: 'high',
          reviewer: 'rei',
        } as const;
        const { id } = await open.knowledge.create(testActor, cared);
        await open.knowledge.update(everyWriter, id, { ...cared, title: '新', version: 1 });
        const { contentHash } = await open.knowledge.read(everyReader, id);
        await open.knowledge.exportFiles(testActor, join(folder, 'out'), { signal });
        const again = await open.knowledge.importFiles(testActor, [join(folder, 'out')], { signal });
        assert.deepEqual([again.unchanged, again.updated, again.imported], [1, 0, 0]);
        await open.knowledge.remove(everyWriter, id);
        await open.knowledge.importFiles(testActor, [join(folder, 'out')], { signal });
        const back = await open.knowledge.read(everyReader, id);
        assert.deepEqual([back.contentHash, back.version, back.department], [contentHash, 3, '総務']);
        await open.knowledge.update(everyWriter, id, { ...cared, version: 3 });
        assert.deepEqual(
          (await open.knowledge.versions(everyReader, id)).map(({ version }) => version),
          [4, 3, 2, 1],
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
  });

  describe('the way of an entry', () => {
    it('gives it an owner and a day of review once it is published, and a new day when it is confirmed', async () => {
      await using open = await fresh({ fourEyes: false, reviewDays: 10, removedDays: 0 });
      const draft = await open.knowledge.create(testActor, { ...vpn, status: 'draft' });
      assert.deepEqual([draft.owner, draft.reviewOn], [null, null]);
      const published = await open.knowledge.move(somebody('emi', 'editor'), draft.id, { to: 'published', version: 1 });
      assert.equal(published.owner, 'emi');
      assert.match(published.reviewOn ?? '', /^\d{4}-\d\d-\d\d$/);
      await open.knowledge.update(everyWriter, draft.id, { ...vpn, reviewOn: '2020-01-01', version: 2 });
      const due = await open.knowledge.list(everyReader, { dueBy: '2020-01-01', limit: 5 });
      assert.deepEqual(
        due.items.map(({ id }) => id),
        [draft.id],
      );
      const confirmed = await open.knowledge.confirm(everyWriter, draft.id, 3);
      assert.equal(confirmed.reviewOn, published.reviewOn);
      assert.deepEqual((await open.knowledge.list(everyReader, { dueBy: '2020-01-01', limit: 5 })).items, []);
    });

    it('takes two people to publication where the rules say so', async () => {
      await using open = await fresh({ fourEyes: true, reviewDays: 0, removedDays: 0 });
      const [emi, ren] = [somebody('emi', 'editor'), somebody('ren', 'editor')];
      await assert.rejects(open.knowledge.create(emi, vpn), { code: 'knowledge.review-first' });
      const { id } = await open.knowledge.create(emi, { ...vpn, status: 'draft' });
      const straight = open.knowledge.move(emi, id, { to: 'published', version: 1 });
      await assert.rejects(straight, { code: 'knowledge.review-first' });
      await open.knowledge.move(emi, id, { to: 'review', version: 1, reviewer: 'ren', note: '見てください' });
      const own = open.knowledge.move(emi, id, { to: 'published', version: 2 });
      await assert.rejects(own, { code: 'knowledge.second-person' });
      const published = await open.knowledge.move(ren, id, { to: 'published', version: 2 });
      assert.deepEqual([published.status, published.reviewer, published.owner], ['published', 'ren', 'ren']);
      const changed = open.knowledge.update(ren, id, { ...vpn, title: '別', version: 3 });
      await assert.rejects(changed, { code: 'knowledge.review-first' });
      const again = await open.knowledge.update(ren, id, { ...vpn, title: '別', status: 'review', version: 3 });
      assert.equal(again.status, 'review');
    });

    it('tells of each step who took it, and only those who may know', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, { ...vpn, status: 'draft', visibility: 'confidential' });
      await open.knowledge.move(everyWriter, id, { to: 'review', version: 1, note: '頼みます' });
      const heard = Promise.withResolvers<unknown>();
      await using _subscription = open.events.subscribe({
        name: 'test',
        reactions: [onEvent(knowledgeEvents.entryMoved, async ({ payload }) => heard.resolve(payload))],
      });
      const { from, to, by, note, audience } = knowledgeEvents.entryMoved.schema.parse(await heard.promise);
      assert.deepEqual([from, to, by, note, audience], ['draft', 'review', 'test', '頼みます', 'few']);
      await assert.rejects(open.knowledge.move(everyWriter, id, { to: 'review', version: 2 }), {
        code: 'knowledge.no-such-step',
      });
    });
  });
});
