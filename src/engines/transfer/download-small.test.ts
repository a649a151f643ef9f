import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { passingName } from './small/passing-name.ts';
import type { SmallDisk } from './small/small-disk.ts';
import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { startFaultServer } from './testing/fault-server.ts';

const child = fileURLToPath(new URL('./testing/download-child.ts', import.meta.url));
const file = randomFile(300_000);
const other = randomFile(300_000);

describe('downloadFile of a file of one block at most', () => {
  it('joins what came before a lost connection with the rest, and measures the same hashes', async () => {
    await using server = await startFaultServer(file, (_request, hit) => (hit <= 2 ? { cutAfter: 100_000 } : {}));
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`, { hashes: ['BLAKE3', 'CRC32', 'AutoV3'] });
    await staged.commit();
    assert.ok(server.sentBytes < 1.5 * file.length, `${server.sentBytes} bytes sent`);
    assert.equal(staged.hashes.SHA256, sha256Of(file));
    assert.equal(staged.hashes.BLAKE3?.length, 64);
    assert.equal(staged.hashes.CRC32?.length, 8);
    assert.ok((await kit.read('model.bin')).equals(file));
    assert.deepEqual(await kit.names(), ['model.bin']);
  });

  it('makes the folder it goes to', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const target = join(kit.folder, 'a', 'b', 'model.bin');
    await using staged = await kit.download(`${server.origin}/file`, { target });
    assert.deepEqual(await staged.commit(), { path: target, outcome: 'created' });
  });

  it('says so when a part of the path is a file', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await writeFile(join(kit.folder, 'a'), 'a file');
    const target = join(kit.folder, 'a', 'model.bin');
    await assert.rejects(kit.download(`${server.origin}/file`, { target }), { code: 'transfer.not-a-folder' });
  });

  it('leaves other content under the name alone, and itself as a part', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await writeFile(kit.target, other);
    {
      await using staged = await kit.download(`${server.origin}/file`);
      const params = { path: kit.target, part: 'model.bin.part' };
      await assert.rejects(staged.commit(), { code: 'transfer.target-exists', params });
    }
    assert.deepEqual(await kit.names(), ['model.bin', 'model.bin.part']);
    assert.ok((await kit.read('model.bin')).equals(other));
    await using again = await kit.download(`${server.origin}/file`);
    assert.equal((await again.commit({ replace: true })).outcome, 'replaced');
    assert.deepEqual(await kit.names(), ['model.bin']);
    assert.ok((await kit.read('model.bin')).equals(file));
  });

  it('leaves the same content alone, and nothing of its own', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await writeFile(kit.target, file);
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal((await staged.commit()).outcome, 'already-there');
    assert.deepEqual(await kit.names(), ['model.bin']);
  });

  it('does not give the name to a file that somebody has written to meanwhile', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`);
    await appendFile(staged.path, 'x');
    await assert.rejects(staged.commit(), { code: 'transfer.part-changed' });
    assert.ok(!(await kit.names()).includes('model.bin'));
  });

  it('leaves nothing when discarded, and a part when let go', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await (await kit.download(`${server.origin}/file`)).discard();
    assert.deepEqual(await kit.names(), []);
    await (await kit.download(`${server.origin}/file`))[Symbol.asyncDispose]();
    assert.deepEqual(await kit.names(), ['model.bin.part']);
  });

  it('goes the long way where an earlier run has left a part', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await writeFile(`${kit.target}.part`, other);
    await using staged = await kit.download(`${server.origin}/file`);
    assert.equal(staged.path, `${kit.target}.part`);
    await staged.commit();
    assert.deepEqual(await kit.names(), ['model.bin']);
    assert.ok((await kit.read('model.bin')).equals(file));
  });

  it('keeps others of the process away from its target, and two processes from each other’s bytes', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    {
      await using staged = await kit.download(`${server.origin}/file`);
      await assert.rejects(kit.download(`${server.origin}/file`), { code: 'transfer.busy' });
      const process = spawn(globalThis.process.execPath, [child, `${server.origin}/file`, kit.target]);
      assert.deepEqual(await once(process, 'exit'), [0, null]);
      assert.equal((await staged.commit()).outcome, 'already-there');
    }
    assert.deepEqual(await kit.names(), ['model.bin']);
    assert.ok((await kit.read('model.bin')).equals(file));
  });

  it('removes what a killed process has left, and nothing of one that lives', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const living = passingName(join(kit.folder, 'living.bin'));
    const script = `import { passingName } from ${JSON.stringify(import.meta.resolve('./small/passing-name.ts'))};
      process.stdout.write(passingName(${JSON.stringify(join(kit.folder, 'dead.bin'))}));`;
    const dead = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [name] = await once(dead.stdout, 'data');
    await once(dead, 'exit');
    await Promise.all([writeFile(living, 'l'), writeFile(String(name), 'd')]);
    await using staged = await kit.download(`${server.origin}/file`);
    await staged.commit();
    const left = (await readdir(kit.folder)).map((each) => join(kit.folder, each)).sort();
    assert.deepEqual(left, [living, kit.target].sort());
  });

  it('says that the disk is full, leaves nothing, and ends right when there is room', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const full: SmallDisk = {
      store: async () => {
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
      place: async () => 'changed',
    };
    await assert.rejects(kit.download(`${server.origin}/file`, {}, { smallDisk: full }), { code: 'kernel.disk-full' });
    assert.deepEqual(await kit.names(), []);
    await using staged = await kit.download(`${server.origin}/file`);
    await staged.commit();
    assert.ok((await kit.read('model.bin')).equals(file));
  });
});
