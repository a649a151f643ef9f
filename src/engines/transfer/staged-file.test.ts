import assert from 'node:assert/strict';
import { appendFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';

import { createDownloadKit, randomFile, sha256Of } from './testing/download-kit.ts';
import { startFaultServer } from './testing/fault-server.ts';

const file = randomFile(1_500_000);

describe('StagedFile', () => {
  it('gives the file its name and leaves nothing beside it', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const staged = await kit.download(`${server.origin}/file`);
    assert.deepEqual(await kit.names(), [
      'model.bin.part',
      'model.bin.part.blocks',
      'model.bin.part.json',
      'model.bin.part.lock',
    ]);
    assert.equal(sha256Of(await kit.read('model.bin.part')), sha256Of(file), 'ready to be scanned');
    assert.deepEqual(await staged.commit(), { path: kit.target, outcome: 'created' });
    assert.deepEqual(await kit.names(), ['model.bin']);
  });

  it('has a small file under one name of its own, without lock and journal', async () => {
    const small = randomFile(100_000);
    await using server = await startFaultServer(small);
    await using kit = await createDownloadKit();
    const staged = await kit.download(`${server.origin}/file`);
    assert.deepEqual(await kit.names(), [basename(staged.path)]);
    assert.match(basename(staged.path), /^model\.bin\.part\.[0-9a-z]+-[0-9a-z]+-[0-9a-z]+$/);
    await staged.commit();
    assert.deepEqual(await kit.names(), ['model.bin']);
    assert.equal(sha256Of(await kit.read('model.bin')), sha256Of(small));
  });

  it('takes another name if told so', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const staged = await kit.download(`${server.origin}/file`);
    await staged.commit({ to: join(kit.folder, 'other.bin') });
    assert.deepEqual(await kit.names(), ['other.bin']);
  });

  it('never replaces other content unasked', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await writeFile(kit.target, 'precious');
    const staged = await kit.download(`${server.origin}/file`);
    await assert.rejects(staged.commit(), { code: 'transfer.target-exists', kind: 'conflict' });
    assert.equal((await kit.read('model.bin')).toString(), 'precious');
    assert.deepEqual(await staged.commit({ replace: true }), { path: kit.target, outcome: 'replaced' });
    assert.deepEqual(await kit.names(), ['model.bin']);
    assert.equal(sha256Of(await kit.read('model.bin')), sha256Of(file));
  });

  it('leaves a file of the same content alone', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await writeFile(kit.target, file);
    const before = await stat(kit.target);
    const staged = await kit.download(`${server.origin}/file`);
    assert.equal((await staged.commit()).outcome, 'already-there');
    assert.equal((await stat(kit.target)).ino, before.ino);
    assert.deepEqual(await kit.names(), ['model.bin']);
  });

  it('does not give its name to a part that was written to after it was verified', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    await using staged = await kit.download(`${server.origin}/file`);
    await appendFile(staged.path, 'more');
    await assert.rejects(staged.commit(), { code: 'transfer.part-changed', kind: 'mismatch' });
    assert.ok(!(await kit.names()).includes('model.bin'));
  });

  it('removes everything when discarded', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const staged = await kit.download(`${server.origin}/file`);
    await staged.discard();
    assert.deepEqual(await kit.names(), []);
  });

  it('keeps others from its part until it is let go, then leaves it for the next', async () => {
    await using server = await startFaultServer(file);
    await using kit = await createDownloadKit();
    const staged = await kit.download(`${server.origin}/file`);
    await assert.rejects(kit.download(`${server.origin}/file`), { code: 'transfer.busy', kind: 'conflict' });
    await staged[Symbol.asyncDispose]();
    await using again = await kit.download(`${server.origin}/file`);
    assert.equal(again.resumedFrom, file.length);
  });
});
