import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

import { scanBytes } from '../scan-file.ts';

const folder = fileURLToPath(new URL('../testing/7z-files/', import.meta.url));

async function sample(name: string): Promise<Buffer> {
  return readFile(`${folder}${name}.7z`);
}

async function verdictOf(content: Buffer): Promise<string> {
  return (await scanBytes(content, { names: ['a.7z'] })).verdict;
}

/** Makes the checksums right again, so that the change is what the scan sees. */
function resealed(archive: Buffer): Buffer {
  const [offset, size] = [Number(archive.readBigUInt64LE(12)), Number(archive.readBigUInt64LE(20))];
  archive.writeUInt32LE(crc32(archive.subarray(32 + offset, 32 + offset + size)), 28);
  archive.writeUInt32LE(crc32(archive.subarray(12, 32)), 8);
  return archive;
}

describe('7z archives of the real writer', () => {
  it('get the verdict their names say, whatever they are packed with', async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.7z'));
    assert.ok(names.length >= 39, String(names.length));
    for (const name of names) {
      const report = await scanBytes(await readFile(`${folder}${name}`), { names: [name] });
      assert.equal(report.verdict, name.split('-')[0], `${name}: ${JSON.stringify(report.findings)}`);
    }
  });

  it('say in which file of them something was found', async () => {
    const { findings } = await scanBytes(await sample('dangerous-lzma2'), { names: ['a.7z'] });
    assert.equal(findings[0]?.rule, 'pickle-import-process');
    assert.ok(findings.every(({ location }) => location.member === 'z.pkl'));
  });

  it('are never clean when they are cut, or when something stands behind them', async () => {
    for (const name of ['clean-lzma2', 'clean-plain-listing']) {
      const archive = await sample(name);
      for (let length = 6; length < archive.length; length += 5)
        assert.notEqual(await verdictOf(archive.subarray(0, length)), 'clean', `${name}: ${length}`);
      assert.notEqual(await verdictOf(Buffer.concat([archive, Buffer.of(0)])), 'clean');
    }
  });

  it('with any byte of an open listing changed end in a report without stumbling', async () => {
    const archive = await sample('clean-plain-listing');
    const listing = 32 + Number(archive.readBigUInt64LE(12));
    for (let at = listing; at < archive.length; at += 1) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = Buffer.from(archive);
        changed[at] = value;
        const { findings } = await scanBytes(resealed(changed), { names: ['a.7z'] });
        assert.equal(findings.find(({ rule }) => rule === 'scan-failed')?.evidence, undefined, `${value} at ${at}`);
      }
    }
  });

  it('with a changed file inside do not match their checksums', async () => {
    const archive = await sample('clean-copy');
    archive[40] = (archive[40] ?? 0) ^ 1;
    const { findings } = await scanBytes(archive, { names: ['a.7z'] });
    assert.ok(findings.some(({ rule }) => rule === 'zip-checksum'));
  });
});
