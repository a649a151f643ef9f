/** The short form of `npm run bench -- fuzz-scan`; the long one is for nights. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { fuzz } from '../../bench/fuzz-scan/fuzz.ts';

const INPUTS = 200_000;

describe('mutated files of every format', () => {
  it(`end in a sound report, ${INPUTS} of them, and none hangs, crashes or eats the memory`, async () => {
    const { inputs, failures, verdicts } = await fuzz({ seed: 1, to: INPUTS, threads: 2 });
    assert.deepEqual(failures, []);
    assert.equal(inputs, INPUTS);
    // The inputs are of all kinds: neither all broken nor all whole.
    for (const verdict of ['clean', 'suspicious', 'invalid', 'dangerous'])
      assert.ok((verdicts[verdict] ?? 0) > INPUTS / 100, `${verdict}: ${verdicts[verdict]}`);
  });
});
