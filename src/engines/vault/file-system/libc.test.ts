import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstat, symlink, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { createTestFolder } from '../testing/vault-fixture.ts';
import { withoutCLibrary } from '../testing/without-c-library.ts';
import { readAttributes, replaceAttributes } from './extended-attributes.ts';
import { openLibc } from './libc.ts';

const libc = await openLibc();

describe('extended attributes', { skip: withoutCLibrary }, () => {
  it('are written as another program reads them, and the other way round', async () => {
    assert.ok(libc);
    await using folder = await createTestFolder();
    const path = Buffer.from(folder.at('file'));
    await writeFile(path, '');
    const wanted = [
      { name: Buffer.from('user.名前'), value: Buffer.from([0, 255]) },
      { name: Buffer.from('user.large'), value: Buffer.alloc(3000, 7) },
      { name: Buffer.from('user.empty'), value: Buffer.alloc(0) },
    ];
    assert.deepEqual(replaceAttributes(libc, path, wanted), []);
    const script = 'import os, sys; print(os.getxattr(sys.argv[1], "user.名前").hex(), len(os.listxattr(sys.argv[1])))';
    const seen = execFileSync('python3', ['-c', script, path.toString()], { encoding: 'utf8' });
    assert.equal(seen.trim(), '00ff 3');
    execFileSync('python3', ['-c', 'import os, sys; os.setxattr(sys.argv[1], "user.py", b"x\\0")', path.toString()]);
    assert.deepEqual(namesAndBytes(readAttributes(libc, path)), {
      'user.名前': '00ff',
      'user.large': '07'.repeat(3000),
      'user.empty': '',
      'user.py': '7800',
    });
    replaceAttributes(libc, path, wanted.slice(0, 1));
    assert.deepEqual(namesAndBytes(readAttributes(libc, path)), { 'user.名前': '00ff' });
  });

  it('that the system refuses are named, and do not keep the others away', async () => {
    assert.ok(libc);
    await using folder = await createTestFolder();
    const path = Buffer.from(folder.at('file'));
    await writeFile(path, '');
    const refused = replaceAttributes(libc, path, [
      { name: Buffer.from('nonsense.name'), value: Buffer.from('x') },
      { name: Buffer.from('user.good'), value: Buffer.from('y') },
    ]);
    assert.deepEqual(
      refused.map(({ name }) => name),
      ['nonsense.name'],
    );
    assert.deepEqual(namesAndBytes(readAttributes(libc, path)), { 'user.good': '79' });
  });
});

describe('times', { skip: withoutCLibrary }, () => {
  it('are set to the nanosecond, before 1970 too, and of a link rather than its target', async () => {
    assert.ok(libc);
    await using folder = await createTestFolder();
    const [file, link] = [Buffer.from(folder.at('file')), Buffer.from(folder.at('link'))];
    await writeFile(file, '');
    await symlink('file', link);
    libc.setTimes(file, 1_700_000_000_123_456_789n);
    libc.setTimes(link, -1n);
    assert.equal((await lstat(file, { bigint: true })).mtimeNs, 1_700_000_000_123_456_789n);
    assert.equal((await lstat(link, { bigint: true })).mtimeNs, -1n);
    assert.throws(() => libc.setTimes(Buffer.from(folder.at('nothing')), 0n), { code: 'ENOENT' });
  });
});

function namesAndBytes(attributes: readonly { readonly name: Buffer; readonly value: Buffer }[]): object {
  const own = attributes.filter(({ name }) => name.toString().startsWith('user.'));
  return Object.fromEntries(own.map(({ name, value }) => [name.toString(), value.toString('hex')]));
}
