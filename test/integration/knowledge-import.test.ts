import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { isKuraError, KuraError } from '#kernel/errors';
import { createIndexProbe } from '#knowledge';
import { entryStatuses, entryTypes, newEntrySchema } from '#knowledge/contract';
import { testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { everyReader, type OpenKnowledge, openKnowledge } from '../../src/domains/knowledge/testing/open-knowledge.ts';

class Folder implements AsyncDisposable {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.path, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

async function newFolder(): Promise<Folder> {
  return new Folder(await mkdtemp(join(tmpdir(), 'kura-knowledge-')));
}

function importOf({ knowledge }: OpenKnowledge, ...paths: string[]) {
  return knowledge.importFiles(testActor, paths, { signal: new AbortController().signal });
}

async function counted(open: OpenKnowledge, ...paths: string[]) {
  const { imported, updated, unchanged, skipped } = await importOf(open, ...paths);
  return { imported, updated, unchanged, skipped: skipped.length };
}

function lines(...records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

const record = { id: 'a', title: '題', type: 'incident', body: '本文' };

forEachDatabase((databases) => {
  async function fresh(): Promise<OpenKnowledge> {
    return openKnowledge(await databases.freshUrl());
  }

  describe('an import of JSON Lines', () => {
    it('brings in, then changes nothing, then updates what changed', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const path = await folder.write('k.jsonl', lines(record, { ...record, id: 2, tags: ['t'] }));
      assert.deepEqual(await counted(open, path), { imported: 2, updated: 0, unchanged: 0, skipped: 0 });
      assert.deepEqual(await counted(open, path), { imported: 0, updated: 0, unchanged: 2, skipped: 0 });
      await folder.write('k.jsonl', lines({ ...record, body: '新しい本文' }, { ...record, id: 2, tags: ['t'] }));
      assert.deepEqual(await counted(open, path), { imported: 0, updated: 1, unchanged: 1, skipped: 0 });
      assert.equal((await open.knowledge.search(everyReader, { q: '新しい', limit: 10 })).hits[0]?.externalId, 'a');
      assert.equal((await open.knowledge.read(everyReader, '2')).version, 1);
    });

    it('knows records without an id by what they say', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const { id: _none, ...anonymous } = record;
      const path = await folder.write('k.jsonl', lines(anonymous, anonymous, { ...anonymous, title: '別' }));
      assert.deepEqual(await counted(open, path), { imported: 2, updated: 0, unchanged: 1, skipped: 0 });
      assert.deepEqual(await counted(open, path), { imported: 0, updated: 0, unchanged: 3, skipped: 0 });
    });

    it('leaves out bad records, says where and why, and takes the rest', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const bad: ReadonlyArray<readonly [string | Uint8Array, string]> = [
        ['{"title": "x"', 'no-json'],
        ['[1]', 'no-object'],
        ['null', 'no-object'],
        [JSON.stringify({ ...record, id: 'b', type: 'poem' }), 'invalid'],
        [JSON.stringify({ ...record, id: 'c', title: '  ' }), 'invalid'],
        [JSON.stringify({ ...record, id: 'd', body: 7 }), 'invalid'],
        [JSON.stringify({ ...record, id: 'e', body: 'nul \0' }), 'invalid'],
        [String.raw`{"id":"f","title":"\ud800","type":"other","body":"x"}`, 'invalid'],
        [JSON.stringify({ ...record, id: 'g', body: 'x'.repeat(200_001) }), 'invalid'],
        [JSON.stringify({ ...record, id: 'h', body: 'x'.repeat(3_000_000) }), 'too-large'],
        [Buffer.from([0x7b, 0xff, 0x7d]), 'not-utf-8'],
        [JSON.stringify({ ...record, title: '同じ ID' }), 'duplicate'],
      ];
      const good = Buffer.from(`\u{feff}${lines(record)}\r\n`);
      const rest = bad.flatMap(([line]) => [Buffer.from(line), Buffer.from('\n')]);
      const last = Buffer.from(JSON.stringify({ ...record, id: 'z' }));
      const path = await folder.write('k.jsonl', Buffer.concat([good, ...rest, last]));
      const { imported, skipped } = await importOf(open, path);
      assert.equal(imported, 2);
      assert.deepEqual(
        skipped.map(({ file, line, reason }) => [file, line, reason.code]),
        bad.map(([, code], index) => [path, index + 3, `knowledge.skip-${code}`]),
      );
    });

    it('refuses UTF-16 as a whole, once', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const utf16 = Buffer.from(`\u{feff}${lines(record, { ...record, id: 'b' })}`, 'utf16le');
      const { skipped } = await importOf(open, await folder.write('k.jsonl', utf16));
      assert.deepEqual(
        skipped.map(({ reason }) => reason.code),
        ['knowledge.skip-utf-16'],
      );
    });

    it('takes the names other systems give the types', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const names = ['Incident', 'Service Request', '変更管理', 'その他'];
      const path = await folder.write('k.ndjson', lines(...names.map((type, id) => ({ ...record, id, type }))));
      await importOf(open, path);
      const types = await Promise.all(
        names.map(async (_, id) => (await open.knowledge.read(everyReader, String(id))).type),
      );
      assert.deepEqual(types, ['incident', 'request', 'change', 'other']);
    });

    it('says on trial what it would do, and does nothing', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const path = await folder.write('k.csv', 'title,type,body\nVPN,incident,本文\n,incident,本文\n');
      const signal = new AbortController().signal;
      const { imported, skipped } = await open.knowledge.importFiles(testActor, [path], { signal, trial: true });
      assert.deepEqual([imported, skipped[0]?.line], [1, 3]);
      assert.equal((await open.knowledge.search(everyReader, { q: '', limit: 1 })).total, 0);
      assert.deepEqual(await counted(open, path), { imported: 1, updated: 0, unchanged: 0, skipped: 1 });
    });

    it('stops when asked to and keeps whole batches', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const many = Array.from({ length: 1500 }, (_, id) => ({ ...record, id }));
      const path = await folder.write('k.jsonl', lines(...many));
      const stop = new AbortController();
      await assert.rejects(
        open.knowledge.importFiles(testActor, [path], {
          signal: stop.signal,
          onProgress: ({ imported }) => {
            if (imported >= 1000) stop.abort(new KuraError('interrupted', 'kernel.interrupted'));
          },
        }),
      );
      assert.equal((await open.knowledge.search(everyReader, { q: '', limit: 1 })).total, 1000);
      assert.deepEqual(await counted(open, path), { imported: 500, updated: 0, unchanged: 1000, skipped: 0 });
    });
  });

  describe('two imports of the same file at once', () => {
    it('bring in every record once', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      const many = Array.from({ length: 600 }, (_, id) => ({
        ...record,
        id,
        body: `本文 word${'abcdefghij'[id % 10]}`,
      }));
      const path = await folder.write('k.jsonl', lines(...many));
      const both = await Promise.all([importOf(open, path), importOf(open, path)]);
      assert.deepEqual(
        both.map(({ imported, unchanged }) => imported + unchanged),
        [600, 600],
      );
      assert.equal(
        both.reduce((sum, { imported }) => sum + imported, 0),
        600,
      );
      assert.equal((await open.knowledge.search(everyReader, { q: '', limit: 1 })).total, 600);
    });
  });

  describe('an import of Markdown', () => {
    it('reads front matter, else the first heading, else the name of the file', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      await folder.write(
        'a.md',
        '---\r\ntitle: 題名\r\ntype: Problem\r\ntags: 網, 緊急\r\nid: 42\r\n---\r\n\r\n本文\r\n',
      );
      await folder.write('deep/b.md', '```\n# no heading\n```\n\n## 二番 ##\n\n本文');
      await folder.write('deep/c.markdown', '---\n\n区切り線だけ');
      await folder.write('.git/d.md', '見えない');
      await folder.write('picture.png', 'no knowledge');
      assert.deepEqual(await counted(open, folder.path), { imported: 3, updated: 0, unchanged: 0, skipped: 0 });
      const a = await open.knowledge.read(everyReader, '42');
      assert.deepEqual([a.title, a.type, a.tags, a.body], ['題名', 'problem', ['網', '緊急'], '本文']);
      const { items } = await open.knowledge.list(everyReader, { limit: 10 });
      assert.deepEqual(items.map(({ title }) => title).toSorted(), ['c', '二番', '題名']);
      assert.deepEqual(await counted(open, folder.path), { imported: 0, updated: 0, unchanged: 3, skipped: 0 });
    });

    it('says why a file cannot be read and goes on with the others', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      await folder.write('a.md', '---\ntitle: [\n---\n本文');
      await folder.write('b.md', '---\n- list\n---\n本文');
      await folder.write('c.md', '   \n');
      await folder.write('d.md', Buffer.from([0x82, 0xb1, 0x82, 0xf1]));
      await folder.write('e.md', 'よい');
      // Neither of these is read, whoever made the folder.
      await folder.write('.hidden.md', 'url = https://nina:secret@git.example.com');
      await symlink('/etc/hostname', join(folder.path, 'f.md'));
      const notes = await folder.write('notes.txt', 'x');
      const { imported, skipped } = await importOf(open, folder.path, notes, join(folder.path, 'nowhere'));
      assert.equal(imported, 1);
      assert.deepEqual(
        skipped.map(({ file, reason }) => [file.slice(folder.path.length + 1), reason.code]),
        [
          ['a.md', 'knowledge.skip-front-matter'],
          ['b.md', 'knowledge.skip-front-matter'],
          ['c.md', 'knowledge.skip-invalid'],
          ['d.md', 'knowledge.skip-not-utf-8'],
          ['notes.txt', 'knowledge.skip-unknown-format'],
          ['nowhere', 'knowledge.skip-not-there'],
        ],
      );
    });
  });

  describe('an export', () => {
    it('comes back unchanged into an empty base, byte for byte', async () => {
      await using folder = await newFolder();
      const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
      const drafts = fc.sample(
        fc.record({
          title: text,
          type: fc.constantFrom(...entryTypes),
          body: fc.oneof(text, fc.constantFrom('---\nx\n---\ny', '  indented\n\n\n# h', 'a\r\rb', '- [ ] x: "y" # z')),
          tags: fc.array(fc.oneof(text, fc.constantFrom('null', '1', 'true', '- x', 'a: b', '#x', '~'))),
          status: fc.constantFrom(...entryStatuses),
          externalId: fc.option(fc.uuid(), { nil: undefined }),
          owner: fc.constantFrom(undefined, 'public'),
        }),
        { numRuns: 150, seed: 20_261_122 },
      );
      const entries = drafts.flatMap((draft) => newEntrySchema.safeParse(draft).data ?? []);
      assert.ok(entries.length > 50);
      await using open = await fresh();
      for (const entry of entries) await open.knowledge.create(testActor, entry);
      const signal = new AbortController().signal;
      const first = join(folder.path, 'first');
      const second = join(folder.path, 'second');
      const report = await open.knowledge.exportFiles(testActor, first, { signal });
      assert.equal(report.entries, entries.length);
      assert.deepEqual(await counted(open, first), { imported: 0, updated: 0, unchanged: entries.length, skipped: 0 });

      await using other = await fresh();
      assert.deepEqual(await counted(other, first), { imported: entries.length, updated: 0, unchanged: 0, skipped: 0 });
      const { items } = await other.knowledge.list(everyReader, { owner: 'public', limit: entries.length });
      assert.equal(items.length, entries.filter(({ owner }) => owner === 'public').length);
      await other.knowledge.exportFiles(testActor, second, { signal });
      const names = (await readdir(first)).toSorted();
      assert.deepEqual((await readdir(second)).toSorted(), names);
      for (const name of names) {
        assert.equal(await readFile(join(second, name), 'utf8'), await readFile(join(first, name), 'utf8'));
      }
      assert.deepEqual(await other.database.check({ probes: [createIndexProbe(databases.dialect)] }), []);
    });

    it('refuses a folder in which something is', async () => {
      await using open = await fresh();
      await using folder = await newFolder();
      await folder.write('mine.txt', 'x');
      await assert.rejects(
        open.knowledge.exportFiles(testActor, folder.path, { signal: new AbortController().signal }),
        (error) => isKuraError(error) && error.code === 'knowledge.export-folder-not-empty',
      );
    });
  });
});
