import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import * as fc from 'fast-check';

import { scanBytes } from '../scan-file.ts';

const folder = fileURLToPath(new URL('../testing/hdf5-files/', import.meta.url));

async function sample(name: string): Promise<Buffer> {
  return gunzipSync(await readFile(`${folder}${name}.h5.gz`));
}

async function verdictOf(name: string): Promise<string> {
  return (await scanBytes(await sample(name), { names: ['a.h5'] })).verdict;
}

describe('HDF5 files of the real writer', () => {
  it('get the verdict their names say, in the old and in the new layout', async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.h5.gz'));
    assert.ok(names.length >= 31);
    for (const name of names) {
      const short = name.replace(/\.h5\.gz$/, '');
      assert.equal(await verdictOf(short), name.split('-')[0], name);
    }
  });

  it('say what leads outside, and to where', async () => {
    const report = await scanBytes(await sample('dangerous-external-link-earliest'), { names: ['a.h5'] });
    const evidence = report.findings.filter(({ rule }) => rule === 'hdf5-external').map((finding) => finding.evidence);
    assert.deepEqual(evidence.toSorted(), ['/last → ../other.h5', '/weights/other → /etc/hostname']);
  });

  it('are broken when they are cut anywhere before the end of what they describe', async () => {
    const content = await sample('clean-model-earliest');
    for (let length = 8; length < 2000; length += 97) {
      const { verdict } = await scanBytes(content.subarray(0, length), { names: ['a.h5'] });
      assert.equal(verdict, 'invalid', `${length} bytes`);
    }
  });

  it('with any byte changed end in a report without stumbling', async () => {
    const samples = [await sample('dangerous-lambda-latest'), await sample('clean-tracked-order-earliest')];
    const mutation = fc.tuple(fc.constantFrom(...samples), fc.nat(20_000), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(mutation, async ([content, at, byte]) => {
        const changed = Buffer.from(content);
        changed[at % content.length] = byte;
        const { findings } = await scanBytes(changed, { names: ['a.h5'] });
        assert.equal(
          findings.find(({ rule }) => rule === 'scan-failed'),
          undefined,
        );
      }),
      { numRuns: 500 },
    );
  });
});
