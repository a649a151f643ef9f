import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

import { MIB } from '#kernel/units';
import { seededContent, startFaultProxy } from '#stand-ins/fault-proxy';

import { attempt } from './transfer/attempt.ts';
import { eighteenRows, type FaultRow, furtherRows } from './transfer/fault-rows.ts';
import { putToFault, type TrialResult } from './transfer/put-to-fault.ts';
import { mountSmallVolume } from './transfer/small-volume.ts';

/** Long enough for pieces on several connections, short enough for a hundred trials. */
const content = seededContent('the file', 20 * MIB + 4711);

describe('the judge of these tests', () => {
  it('sees a wrong file that got the name', async () => {
    await using folder = await folderFor({ name: 'none', due: 'right' });
    await using proxy = await startFaultProxy({ content });
    const target = join(folder?.path ?? '', 'model.bin');
    const wrongly = attempt({
      request: { source: { url: `${proxy.origin}/file/1` }, target },
      right: ['0'.repeat(64)],
    });
    await assert.rejects(wrongly, /SILENTLY WRONG/);
  });
});

describe('downloadFile under one fault at a time', { concurrency: 4 }, () => {
  const seen = new Map<string, string[]>();
  for (const row of [...eighteenRows, ...furtherRows]) {
    for (const published of [true, false]) {
      const due = published ? row.due : (row.unpublished ?? row.due);
      it(`${row.name}: ${due} ${published ? 'with' : 'without'} a published hash`, async (test) => {
        await using folder = await folderFor(row);
        if (folder === undefined) {
          test.skip('a small volume needs root and mount');
          return;
        }
        const result = await putToFault(row, { folder: folder.path, content, published });
        seen.set(row.name, [
          ...(seen.get(row.name) ?? []),
          `${published ? 'with a hash' : 'without'}: ${told(result)}`,
        ]);
        if (due !== 'undecidable') assert.equal(result.outcome.end, due, JSON.stringify(result.outcome));
      });
    }
  }

  after(() => {
    for (const [name, ends] of seen) console.log(`${name.padEnd(46)} ${ends.map((end) => end.padEnd(40)).join(' ')}`);
    const right = eighteenRows.filter(({ name }) =>
      seen.get(name)?.some((end) => end.startsWith('with a hash: right')),
    );
    // A person may have asked for some of the tests only.
    if (seen.size < eighteenRows.length + furtherRows.length) return;
    assert.ok(right.length >= 14, `only ${right.length} of 18 end with the right file without a person`);
    console.log(`${right.length} of 18 end with the right file without a person, the others loud`);
  });
});

function told({ outcome, asks, apiHits, seconds }: TrialResult): string {
  const what = outcome.end === 'right' ? 'right' : outcome.code;
  return `${what}, ${asks} asks${apiHits > 0 ? `, ${apiHits} api` : ''}, ${seconds.toFixed(1)} s`;
}

interface TrialFolder extends AsyncDisposable {
  readonly path: string;
}

/** Undefined where a small volume cannot be had. */
async function folderFor({ disk }: FaultRow): Promise<TrialFolder | undefined> {
  if (disk === 'full') return mountSmallVolume(content.size * 0.6);
  const path = await mkdtemp(join(tmpdir(), 'kura-faults-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
