import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { scanBytes } from '../scan-file.ts';
import { writeZip } from '../testing/zip-writer.ts';

const folder = fileURLToPath(new URL('../testing/joblib-files/', import.meta.url));

async function samples(): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => !name.endsWith('.py'));
}

describe('joblib files and archives of the real writers', () => {
  it('get the verdict their names say, whatever they are packed with', async () => {
    const names = await samples();
    assert.ok(names.length >= 36, String(names.length));
    for (const name of names) {
      const report = await scanBytes(await readFile(`${folder}${name}`), { names: [name] });
      assert.equal(report.verdict, name.split('-')[0], `${name}: ${JSON.stringify(report.findings, null, 1)}`);
    }
  });

  it('are never clean when they are cut anywhere', async () => {
    for (const name of (await samples()).filter((sample) => /^clean-plain|^clean-.*zip/.test(sample))) {
      const content = await readFile(`${folder}${name}`);
      for (let length = 1; length < content.length; length += 1 + Math.floor(content.length / 150)) {
        const { verdict } = await scanBytes(content.subarray(0, length), { names: [name] });
        assert.notEqual(verdict, 'clean', `${name}: ${length} of ${content.length} bytes`);
      }
    }
  });

  it('with a bit changed are never clean where the format has a checksum', async () => {
    for (const name of ['clean-plain-bz2.joblib', 'clean-plain-xz.joblib', 'clean-bzip2.zip', 'clean-lzma.zip']) {
      const content = await readFile(`${folder}${name}`);
      // Behind the headers, and before the directory of an archive.
      for (let at = 60; at < Math.min(100, content.length - 30); at += 3) {
        if (name.endsWith('.zip') && at > 52) break;
        const changed = Buffer.from(content);
        changed[at] = (changed[at] ?? 0) ^ 16;
        assert.notEqual((await scanBytes(changed, { names: [name] })).verdict, 'clean', `${name}: byte ${at}`);
      }
    }
  });

  it('that unpack to more than is looked at say so', async () => {
    for (const codec of ['bz2', 'lzma', 'xz', 'lz4']) {
      const content = await readFile(`${folder}clean-plain-${codec}.joblib`);
      const report = await scanBytes(content, { names: ['a.joblib'], limits: { inflatedMember: 100 } });
      assert.ok(
        report.findings.some(({ rule }) => rule === 'stream-limit'),
        codec,
      );
    }
  });

  it('in a zip by method 95 are looked at like any other', async () => {
    const packed = await readFile(`${folder}dangerous-call-xz.joblib`);
    const fields = { method: 95, size: 500 };
    const archive = writeZip([{ name: 'a.pkl', content: packed, local: fields, central: fields }]);
    const report = await scanBytes(archive, { names: ['a.zip'] });
    assert.equal(report.verdict, 'dangerous');
  });
});
