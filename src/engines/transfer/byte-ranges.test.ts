import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { ByteRanges } from './byte-ranges.ts';

describe('ByteRanges', () => {
  it('is the set of the positions added to it, in sorted disjoint ranges', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(60), fc.nat(60))), (pairs) => {
        const ranges = new ByteRanges();
        const model = new Set<number>();
        for (const [start, end] of pairs) {
          ranges.add(start, end);
          for (let at = start; at < end; at += 1) model.add(at);
        }
        const listed = ranges
          .toArray()
          .flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i));
        assert.deepEqual(
          listed,
          [...model].sort((a, b) => a - b),
        );
        assert.equal(ranges.size, model.size);
        const hole = Array.from({ length: 61 }, (_, at) => at).find((at) => !model.has(at));
        assert.equal(ranges.firstGap(61)?.[0], hole);
        assert.equal(ranges.frontier, hole);
        for (const [index, [start]] of ranges.toArray().entries()) {
          assert.ok(index === 0 || start > (ranges.toArray()[index - 1]?.[1] ?? 0), 'touching ranges are one');
        }
      }),
    );
  });
});
