/** Entries and a folder of Markdown under git, with real git on both sides. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { createGitFolder } from '#adapters/git';
import { createKnowledge, knowledgeMigrations } from '#knowledge';
import { newEntrySchema } from '#knowledge/contract';
import { findProgram, runProgram } from '#platform/processes';
import { openTestPlatform, testActor } from '#platform/unit-of-work/testing';
import { forEachDatabase } from '#stand-ins/databases';

import { everyReader, everyWriter } from '../../src/domains/knowledge/testing/open-knowledge.ts';

const signal = new AbortController().signal;
const vpn = newEntrySchema.parse({ title: 'VPN障害', type: 'incident', body: '証明書を更新した。' });
const secret = newEntrySchema.parse({ title: '金庫', type: 'other', body: '暗証番号。', visibility: 'confidential' });
const named = { GIT_CONFIG_GLOBAL: '/dev/null', PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' };

async function git(folder: string, ...args: string[]): Promise<string> {
  const program = (await findProgram('git')) ?? '/usr/bin/git';
  const identity = ['-c', 'user.name=nina', '-c', 'user.email=nina@localhost', '-c', 'init.defaultBranch=main'];
  const request = {
    program,
    args: [...identity, ...args],
    environment: named,
    folder,
    wallMs: 60_000,
    outputBytes: 1e6,
  };
  const { exitCode, stdout, stderr } = await runProgram(request, signal);
  assert.equal(exitCode, 0, Buffer.from(stderr).toString());
  return Buffer.from(stdout).toString().trim();
}

forEachDatabase((databases) => {
  async function withFolder(run: (open: Opened) => Promise<void>): Promise<void> {
    const base = await mkdtemp(join(tmpdir(), 'kura-git-sync-'));
    await using platform = await openTestPlatform(await databases.freshUrl(), knowledgeMigrations);
    const attachmentFolder = join(base, 'attachments');
    await using knowledge = createKnowledge({ ...platform, attachmentFolder, git: createGitFolder({ HOME: base }) });
    try {
      await git(base, 'init', '--quiet', '--bare', 'shared');
      await git(base, 'clone', '--quiet', 'shared', 'ours');
      await git(base, 'clone', '--quiet', 'shared', 'theirs');
      const ours = join(base, 'ours');
      await git(ours, 'commit', '--quiet', '--allow-empty', '-m', 'begin');
      await git(ours, 'push', '--quiet', '-u', 'origin', 'HEAD');
      await run({
        knowledge,
        ours,
        theirs: join(base, 'theirs'),
        async sync(prefer) {
          const report = await knowledge.syncFolder(testActor, ours, { signal, prefer });
          return { ...report, steps: report.rows.map(({ action, title }) => `${action} ${title}`).toSorted() };
        },
      });
    } finally {
      await rm(base, { recursive: true, force: true });
    }
  }

  describe('a folder under git', () => {
    it('gets what everybody may read, and gives back what others pushed', () =>
      withFolder(async ({ knowledge, ours, theirs, sync }) => {
        const { id } = await knowledge.create(testActor, vpn);
        await knowledge.create(testActor, secret);
        const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
        await knowledge.attach(everyWriter, id, { name: 'a.png', bytes: png }, signal);
        const first = await sync();
        assert.deepEqual([first.steps, first.committed, first.pushed], [['write VPN障害'], true, true]);
        assert.deepEqual([(await sync()).rows, (await sync()).unchanged], [[], 1]);
        await git(theirs, 'pull', '--quiet', 'origin', 'HEAD');
        const [file = ''] = await markdownIn(theirs);
        const text = await readFile(join(theirs, file), 'utf8');
        await writeFile(join(theirs, file), text.replace('更新した', '期限前に更新した'));
        await writeFile(join(theirs, 'new.md'), '# 新しい手順\n\n本文\n');
        await pushed(theirs);
        assert.deepEqual((await sync()).steps, ['read VPN障害', 'read 新しい手順']);
        const entry = await knowledge.read(everyReader, id);
        assert.deepEqual([entry.body, entry.version], ['証明書を期限前に更新した。', 2]);
        assert.equal((await knowledge.attachments(everyReader, id)).length, 1);
        const found = await knowledge.search(everyReader, { q: '新しい手順', limit: 3 });
        await rename(join(ours, 'new.md'), join(ours, 'moved.md'));
        assert.deepEqual((await sync()).rows, []);
        await rm(join(ours, 'moved.md'));
        await knowledge.update(everyWriter, id, { ...vpn, body: 'さらに変更', version: 2 });
        assert.deepEqual((await sync()).steps, ['remove 新しい手順', 'write VPN障害']);
        await assert.rejects(knowledge.read(everyReader, found.hits[0]?.id ?? ''), {
          code: 'knowledge.entry-not-found',
        });
        await knowledge.remove(everyWriter, id);
        assert.deepEqual((await sync()).steps, ['erase VPN障害']);
        assert.deepEqual(await markdownIn(ours), []);
      }));

    it('names what changed on both sides, and touches neither until somebody says which counts', () =>
      withFolder(async ({ knowledge, ours, sync }) => {
        const { id } = await knowledge.create(testActor, vpn);
        const hidden = await knowledge.create(testActor, { ...secret, externalId: 'safe-1' });
        await sync();
        const [file = ''] = await markdownIn(ours);
        const text = await readFile(join(ours, file), 'utf8');
        await knowledge.update(everyWriter, id, { ...vpn, body: 'ここで変更', version: 1 });
        await writeFile(join(ours, file), text.replace('証明書', '電子証明書'));
        await writeFile(join(ours, 'sly.md'), `---\nkuraId: ${hidden.id}\ntitle: 乗っ取り\ntype: other\n---\n本文\n`);
        await writeFile(join(ours, 'sly2.md'), '---\nid: safe-1\ntitle: 乗っ取り\ntype: other\n---\n本文\n');
        await writeFile(join(ours, 'broken.md'), '---\ntitle: [\n---\n');
        const clashed = await sync();
        assert.deepEqual(clashed.steps, ['clash VPN障害', 'clash 乗っ取り', 'clash 乗っ取り', 'left null']);
        assert.equal((await knowledge.read(everyReader, id)).body, 'ここで変更');
        assert.match(await readFile(join(ours, file), 'utf8'), /電子証明書/);
        assert.equal((await knowledge.read(everyReader, hidden.id)).title, '金庫');
        await rm(join(ours, 'sly.md'));
        await rm(join(ours, 'sly2.md'));
        await rm(join(ours, 'broken.md'));
        assert.deepEqual((await sync('folder')).steps, ['read VPN障害']);
        const settled = await knowledge.read(everyReader, id);
        assert.deepEqual([settled.body, settled.version], ['電子証明書を更新した。', 3]);
        await knowledge.update(everyWriter, id, { ...vpn, body: '部外秘', visibility: 'confidential', version: 3 });
        await writeFile(join(ours, file), text.replace('証明書', '古い証明書'));
        assert.deepEqual((await sync('folder')).steps, ['clash VPN障害']);
        assert.equal((await knowledge.read(everyReader, id)).body, '部外秘');
      }));

    it('is looked at by one run at a time', async () => {
      const base = await mkdtemp(join(tmpdir(), 'kura-git-sync-'));
      await using platform = await openTestPlatform(await databases.freshUrl(), knowledgeMigrations);
      const seen: unknown[] = [];
      const git = {
        check: async () => undefined,
        pull: async () => undefined,
        push: async () => false,
        commit: async () => {
          await assert.rejects(knowledge.syncFolder(testActor, base, { signal }), { code: 'files.locked' });
          seen.push('refused');
          return false;
        },
      };
      await using knowledge = createKnowledge({ ...platform, attachmentFolder: join(base, 'a', 'files'), git });
      try {
        await knowledge.syncFolder(testActor, base, { signal });
        assert.deepEqual(seen, ['refused', 'refused']);
      } finally {
        await rm(base, { recursive: true, force: true });
      }
    });

    it('refuses a folder that is not under git, and never writes through a link out of it', () =>
      withFolder(async ({ knowledge, ours, sync }) => {
        await assert.rejects(knowledge.syncFolder(testActor, tmpdir(), { signal }), { code: 'git.no-repository' });
        await assert.rejects(knowledge.syncFolder(testActor, undefined, { signal }), {
          code: 'knowledge.sync-nowhere',
        });
        await knowledge.create(testActor, vpn);
        await sync();
        const [file = ''] = await markdownIn(ours);
        const outside = join(ours, '..', 'outside.md');
        await writeFile(outside, await readFile(join(ours, file)));
        await rm(join(ours, file));
        await symlink(outside, join(ours, file));
        // A link is no file: the entry's file is gone.
        assert.deepEqual((await sync()).steps, ['remove VPN障害']);
        assert.match(await readFile(outside, 'utf8'), /証明書/);
      }));

    it('writes nothing where pushed links lead: neither files beside entries nor folders', () =>
      withFolder(async ({ knowledge, ours, theirs, sync }) => {
        const { id } = await knowledge.create(testActor, vpn);
        const home = join(ours, '..', 'home');
        await mkdir(join(home, '.ssh'), { recursive: true });
        await git(theirs, 'pull', '--quiet', 'origin', 'HEAD');
        await mkdir(join(theirs, 'kura-attachments'));
        await symlink(join(home, '.ssh'), join(theirs, 'kura-attachments', id));
        await pushed(theirs);
        await knowledge.attach(everyWriter, id, { name: 'authorized_keys', bytes: Buffer.from('ssh-ed25519') }, signal);
        const [row] = (await sync()).rows;
        assert.deepEqual([row?.action, row?.reason?.code], ['left', 'knowledge.sync-outside']);
        assert.deepEqual(await readdir(join(home, '.ssh')), []);
        await rm(join(ours, 'kura-attachments', id));
        // Where an entry was in a folder of the repository that is a link now.
        await sync();
        const [file = ''] = await markdownIn(ours);
        await mkdir(join(ours, 'a', 'b'), { recursive: true });
        await rename(join(ours, file), join(ours, 'a', 'b', file));
        await sync();
        await rm(join(ours, 'a'), { recursive: true });
        await symlink(home, join(ours, 'a'));
        await knowledge.update(everyWriter, id, { ...vpn, body: '証明書をまた更新した。', version: 1 });
        await sync('kura');
        assert.deepEqual(await readdir(home), ['.ssh']);
      }));
  });
});

interface Opened {
  readonly knowledge: ReturnType<typeof createKnowledge>;
  readonly ours: string;
  readonly theirs: string;
  readonly sync: (
    prefer?: 'kura' | 'folder',
  ) => Promise<
    Awaited<ReturnType<ReturnType<typeof createKnowledge>['syncFolder']>> & { readonly steps: readonly string[] }
  >;
}

async function pushed(folder: string): Promise<void> {
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '-m', 'theirs');
  await git(folder, 'push', '--quiet', 'origin', 'HEAD');
}

async function markdownIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.md'));
}
