/** Files beside entries: who may read them, how they travel, and that they go with their entry. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';

import { createIndexProbe } from '#knowledge';
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

const signal = new AbortController().signal;
const entry = newEntrySchema.parse({ title: 'VPN障害', type: 'incident', body: '![構成](network.png)' });
const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const text = Buffer.from('接続ログ\n');

forEachDatabase((databases) => {
  async function fresh() {
    return openKnowledge(await databases.freshUrl());
  }

  async function storedFiles({ attachmentFolder }: OpenKnowledge): Promise<readonly string[]> {
    const all = await readdir(attachmentFolder, { recursive: true, withFileTypes: true }).catch(() => []);
    return all.filter((one) => one.isFile()).map(({ name }) => name);
  }

  describe('a file beside an entry', () => {
    it('is stored once however many entries have it, and gone when the last of them is', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const [one, other] = [await knowledge.create(testActor, entry), await knowledge.create(testActor, entry)];
      const file = { name: 'network.png', bytes: picture };
      const added = await knowledge.attach(everyWriter, one.id, file, signal);
      assert.deepEqual(await knowledge.attach(everyWriter, one.id, file, signal), added);
      await knowledge.attach(everyWriter, other.id, { ...file, name: 'copy.png' }, signal);
      assert.deepEqual(await storedFiles(open), [added.sha256]);
      await knowledge.detach(everyWriter, other.id, 'copy.png');
      assert.deepEqual((await knowledge.readAttachment(everyReader, one.id, 'network.png')).bytes, picture);
      await knowledge.remove(everyWriter, one.id);
      assert.deepEqual(await storedFiles(open), [added.sha256]);
      await knowledge.bringBack(everyWriter, one.id);
      assert.equal((await knowledge.attachments(everyReader, one.id)).length, 1);
      await knowledge.remove(everyWriter, one.id);
      await knowledge.purge(everyWriter, one.id);
      assert.deepEqual(await storedFiles(open), []);
    });

    it('is refused when it is empty, a program, not what its name says, too large, or another of that name', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, entry);
      function attach(name: string, bytes: Uint8Array) {
        return open.knowledge.attach(everyWriter, id, { name, bytes }, signal);
      }
      await assert.rejects(attach('a.txt', Buffer.alloc(0)), { code: 'knowledge.attachment-empty' });
      await assert.rejects(attach('a.txt', Buffer.from('MZ\u0090\0', 'latin1')), {
        code: 'knowledge.attachment-program',
      });
      await assert.rejects(attach('a.png', text), { code: 'knowledge.attachment-mislabelled' });
      await assert.rejects(attach('a.log', Buffer.alloc(21 * 1024 * 1024, 'a')), {
        code: 'knowledge.attachment-too-large',
      });
      const { name } = await attach('../../etc\\pass\u202ewd.txt', text);
      assert.equal(name, 'passwd.txt');
      await assert.rejects(attach(name, Buffer.from('other')), { code: 'knowledge.attachment-name-taken' });
      assert.equal((await storedFiles(open)).length, 1);
      const other = Buffer.from('other');
      await open.knowledge.attach(everyWriter, id, { name, bytes: other, replace: true }, signal);
      assert.deepEqual((await open.knowledge.readAttachment(everyReader, id, name)).bytes, other);
      assert.equal((await storedFiles(open)).length, 1);
    });

    it('is for those only who may read the entry', async () => {
      await using open = await fresh();
      const secret = newEntrySchema.parse({ ...entry, visibility: 'confidential' });
      const { id } = await open.knowledge.create(somebody('owner', 'editor'), secret);
      const owner = somebody('owner', 'editor');
      await open.knowledge.attach(owner, id, { name: 'network.png', bytes: picture }, signal);
      const stranger = somebody('stranger', 'editor');
      for (const refused of [
        async () => open.knowledge.attachments(stranger, id),
        async () => open.knowledge.readAttachment(stranger, id, 'network.png'),
        async () => open.knowledge.detach(stranger, id, 'network.png'),
        async () => open.knowledge.attach(stranger, id, { name: 'b.png', bytes: picture }, signal),
      ])
        await assert.rejects(refused, { code: 'knowledge.entry-not-found' });
      const search = { q: 'network', limit: 5 };
      assert.equal((await open.knowledge.search(stranger, search)).total, 0);
      assert.equal((await open.knowledge.search(owner, search)).total, 1);
    });

    it('is found by its name, before and after the entry changes, and no more when it is gone', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, newEntrySchema.parse({ ...entry, body: '本文' }));
      async function total(): Promise<number> {
        return (await open.knowledge.search(everyReader, { q: '配線図', limit: 5 })).total;
      }
      await open.knowledge.attach(everyWriter, id, { name: '配線図.txt', bytes: text }, signal);
      assert.equal(await total(), 1);
      await open.knowledge.update(everyWriter, id, { ...entry, body: '別の本文', version: 1 });
      assert.equal(await total(), 1);
      const probe = createIndexProbe(open.database.dialect);
      assert.deepEqual(await probe.find(open.database), []);
      await open.knowledge.detach(everyWriter, id, '配線図.txt');
      assert.equal(await total(), 0);
    });

    it('that is damaged on disk is not handed out', async () => {
      await using open = await fresh();
      const { id } = await open.knowledge.create(testActor, entry);
      const { sha256 } = await open.knowledge.attach(everyWriter, id, { name: 'a.txt', bytes: text }, signal);
      await writeFile(join(open.attachmentFolder, sha256.slice(0, 2), sha256), 'something else');
      await assert.rejects(open.knowledge.readAttachment(everyReader, id, 'a.txt'), {
        code: 'knowledge.attachment-damaged',
      });
    });

    it('moves to the entry that a duplicate is joined with', async () => {
      await using open = await fresh();
      const [kept, gone] = [
        await open.knowledge.create(testActor, entry),
        await open.knowledge.create(testActor, entry),
      ];
      await open.knowledge.attach(everyWriter, kept.id, { name: 'a.txt', bytes: text }, signal);
      await open.knowledge.attach(everyWriter, gone.id, { name: 'a.txt', bytes: Buffer.from('2') }, signal);
      await open.knowledge.attach(everyWriter, gone.id, { name: 'b.txt', bytes: Buffer.from('3') }, signal);
      await open.knowledge.merge(everyWriter, kept.id, { duplicate: gone.id, version: 1 });
      const names = (await open.knowledge.attachments(everyReader, kept.id)).map(({ name }) => name);
      assert.equal(names.length, 3);
      assert.ok(names.includes('a.txt') && names.includes('b.txt'), names.join());
    });

    it('goes out with an export and comes back with it, and nothing from outside the folder does', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'kura-attached-'));
      try {
        await using from = await fresh();
        const { id } = await from.knowledge.create(testActor, entry);
        await from.knowledge.attach(everyWriter, id, { name: 'network.png', bytes: picture }, signal);
        await from.knowledge.attach(everyWriter, id, { name: '手順.md', bytes: Buffer.from('# 手順') }, signal);
        await from.knowledge.exportFiles(testActor, join(folder, 'out'), { signal });
        await using to = await fresh();
        const report = await to.knowledge.importFiles(testActor, [join(folder, 'out')], { signal });
        assert.deepEqual([report.imported, report.skipped], [1, []]);
        const read = await to.knowledge.readAttachment(everyReader, id, 'network.png');
        assert.deepEqual(read.bytes, picture);
        await to.knowledge.exportFiles(testActor, join(folder, 'again'), { signal });
        const name = (await readdir(join(folder, 'out'))).find((one) => one.endsWith('.md')) ?? '';
        assert.equal(
          await readFile(join(folder, 'again', name), 'utf8'),
          await readFile(join(folder, 'out', name), 'utf8'),
        );
        await writeFile(join(folder, 'secret.txt'), 'secret');
        await mkdir(join(folder, 'out', '.git'));
        await writeFile(join(folder, 'out', '.git', 'config'), 'url = https://nina:secret@git.example.com');
        const sly = '---\ntitle: x\nattachments: [../secret.txt, gone.txt, .git/config]\n---\nbody\n';
        await writeFile(join(folder, 'out', 'sly.md'), sly);
        const again = await to.knowledge.importFiles(testActor, [join(folder, 'out')], { signal });
        assert.equal(again.imported, 1);
        assert.deepEqual(
          again.skipped.map(({ reason }) => [reason.code, reason.params['name']]),
          [
            ['knowledge.skip-attachment', '../secret.txt'],
            ['knowledge.skip-attachment', 'gone.txt'],
            ['knowledge.skip-attachment', '.git/config'],
          ],
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });

    it('goes into an archive of what was chosen, as far as the reader may see it, and an import takes that', async () => {
      await using open = await fresh();
      const { knowledge } = open;
      const shown = await knowledge.create(testActor, newEntrySchema.parse({ ...entry, tags: ['網'] }));
      const secret = await knowledge.create(
        testActor,
        newEntrySchema.parse({ ...entry, title: '秘密', tags: ['網'], visibility: 'confidential' }),
      );
      const other = await knowledge.create(testActor, newEntrySchema.parse({ ...entry, title: '別の話' }));
      for (const { id } of [shown, secret])
        await knowledge.attach(everyWriter, id, { name: 'network.png', bytes: picture }, signal);
      const vera = somebody('vera');
      const chosen = { id: [shown.id, secret.id, 'nobody'] };
      const archive = await knowledge.exportArchive(vera, chosen);
      assert.deepEqual([archive.entries, archive.files, archive.mediaType], [1, 1, 'application/zip']);
      const files = unzipped(Buffer.from(archive.content, 'base64'));
      const beside = [...files].find(([name]) => name.endsWith(`/${shown.id}/network.png`));
      assert.deepEqual(beside?.[1], picture);
      const written = [...files].find(([name]) => name.endsWith('.md')) ?? ['', Buffer.alloc(0)];
      const folder = await mkdtemp(join(tmpdir(), 'kura-archive-'));
      try {
        await writeFile(join(folder, written[0]), written[1]);
        const report = await knowledge.importFiles(testActor, [folder], { signal });
        assert.equal(report.unchanged, 1);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
      assert.equal((await knowledge.exportArchive(everyWriter, { tag: ['網'] })).entries, 2);
      await assert.rejects(knowledge.exportArchive(vera, { id: [secret.id] }), { code: 'knowledge.nothing-to-export' });
      const table = await knowledge.exportRecords(vera, { format: 'jsonl', id: [other.id, secret.id] });
      assert.deepEqual([table.entries, table.next], [1, null]);
      assert.doesNotMatch(table.content, /秘密/);
    });
  });
});

/** The files of an archive by name: the local headers say where each begins and how long it is. */
function unzipped(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; archive.readUInt32LE(at) === 0x04_03_4b_50; ) {
    const nameAt = at + 30;
    const contentAt = nameAt + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    at = contentAt + archive.readUInt32LE(at + 18);
    files.set(archive.toString('utf8', nameAt, contentAt), inflateRawSync(archive.subarray(contentAt, at)));
  }
  return files;
}
