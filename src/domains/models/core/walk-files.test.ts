import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

import { walkFiles } from './walk-files.ts';

describe('walkFiles', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kura-walk-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function walk(root: string): Promise<string[]> {
    const lines: string[] = [];
    for await (const entry of walkFiles(root, new AbortController().signal)) {
      const detail = entry.kind === 'passed-over' ? ` ${entry.because}` : '';
      const code = entry.kind === 'unreadable' ? ` ${entry.error.code}` : '';
      lines.push(`${entry.kind} ${relative(folder, entry.path)}${detail}${code}`);
    }
    return lines;
  }

  async function write(...names: string[]): Promise<string> {
    const path = join(folder, ...names);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, '');
    return path;
  }

  it('finds every file once, depth first and in the order of names', async () => {
    await write('b.bin');
    await write('a', 'z.bin');
    await write('a', '蔵', 'm.bin');
    await write('c', 'a.bin');
    await mkdir(join(folder, 'empty'));
    assert.deepEqual(await walk(folder), ['file a/z.bin', 'file a/蔵/m.bin', 'file b.bin', 'file c/a.bin']);
  });

  it('gives a single file as it was named', async () => {
    const path = await write('one.bin');
    assert.deepEqual(await walk(path), ['file one.bin']);
  });

  it('follows a link that was named, and no other', async () => {
    await write('outside', 'o.bin');
    await write('inside', 'i.bin');
    await symlink(join(folder, 'outside'), join(folder, 'inside', 'out'));
    await symlink('.', join(folder, 'inside', 'round'));
    await symlink(join(folder, 'inside'), join(folder, 'door'));
    assert.deepEqual(await walk(join(folder, 'door')), [
      'file door/i.bin',
      'passed-over door/out link',
      'passed-over door/round link',
    ]);
  });

  it('passes over what is neither file nor folder', async () => {
    await using server = createServer();
    await once(server.listen(join(folder, 'socket')), 'listening');
    assert.deepEqual(await walk(folder), ['passed-over socket special']);
    assert.deepEqual(await walk(join(folder, 'socket')), ['unreadable socket models.not-a-file']);
  });

  it('names what is not there', async () => {
    assert.deepEqual(await walk(join(folder, 'nothing')), ['unreadable nothing kernel.path-not-found']);
  });

  const isRoot = process.getuid?.() === 0;
  it('names a folder it may not list, and goes on', { skip: isRoot && 'root may read everything' }, async () => {
    await write('closed', 'a.bin');
    await write('open', 'b.bin');
    await chmod(join(folder, 'closed'), 0);
    assert.deepEqual(await walk(folder), ['unreadable closed kernel.no-permission', 'file open/b.bin']);
    await chmod(join(folder, 'closed'), 0o700);
  });

  it('stops when it is told to', async () => {
    await write('a.bin');
    const walker = walkFiles(folder, AbortSignal.abort(new Error('enough')));
    await assert.rejects(walker.next(), /enough/);
  });
});
