import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { type ByteRange, ByteRanges } from './byte-ranges.ts';
import { type Lease, SegmentPlan } from './segment-plan.ts';

describe('SegmentPlan', () => {
  it('covers every byte exactly once, whatever was there before and in whatever order connections work or fail', () => {
    const step = fc.record({ worker: fc.nat(7), bytes: fc.integer({ min: 1, max: 400 }), fails: fc.boolean() });
    const before = fc.array(fc.tuple(fc.nat(3000), fc.nat(500)), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        before,
        fc.array(step, { maxLength: 200 }),
        (total, has, steps) => {
          const done = new ByteRanges(
            has.map(([start, length]): ByteRange => [Math.min(start, total), Math.min(start + length, total)]),
          );
          const writes = new Uint8Array(total);
          for (const [start, end] of done.toArray()) writes.fill(1, start, end);
          const plan = new SegmentPlan({ totalBytes: total, done, leaseBytes: 700, minStealBytes: 50 });
          const held = new Map<number, Lease>();
          for (const { worker, bytes, fails } of steps) work(plan, { done, writes, held, worker, bytes, fails });
          for (const lease of held.values()) plan.release(lease);
          for (let lease = plan.next(); lease; lease = plan.next()) {
            fetchSome(plan, lease, total, { done, writes });
            plan.release(lease);
          }
          assert.ok(plan.isComplete);
          assert.deepEqual(done.toArray(), [[0, total]]);
          assert.ok(
            writes.every((count) => count === 1),
            'a byte was written twice or never',
          );
        },
      ),
    );
  });

  it('hands out stretches from the front', () => {
    const plan = new SegmentPlan({ totalBytes: 100, done: new ByteRanges([[10, 30]]), leaseBytes: 40 });
    const leases = [plan.next(), plan.next(), plan.next()];
    assert.deepEqual(
      leases.map((lease) => [lease?.start, lease?.end]),
      [
        [0, 10],
        [30, 70],
        [70, 100],
      ],
    );
  });

  it('gives an idle connection the second half of the longest stretch under way', () => {
    const plan = new SegmentPlan({ totalBytes: 1000, done: new ByteRanges(), leaseBytes: 1000, minStealBytes: 100 });
    const slow = plan.next();
    assert.ok(slow);
    assert.equal(plan.claim(slow, 200), 200);
    assert.equal(plan.next(), undefined);
    const stolen = plan.takeOver();
    assert.deepEqual([stolen?.start, stolen?.end], [600, 1000]);
    assert.equal(slow.end, 600);
    assert.equal(plan.claim(slow, 1000), 400, 'the slow one may only write up to what was taken from it');
  });

  it('leaves a stretch alone that is not worth dividing', () => {
    const plan = new SegmentPlan({ totalBytes: 199, done: new ByteRanges(), leaseBytes: 1000, minStealBytes: 100 });
    assert.ok(plan.next());
    assert.equal(plan.takeOver(), undefined);
  });
});

interface Ledger {
  readonly done: ByteRanges;
  readonly writes: Uint8Array;
}

interface Turn extends Ledger {
  readonly held: Map<number, Lease>;
  readonly worker: number;
  readonly bytes: number;
  readonly fails: boolean;
}

function work(plan: SegmentPlan, turn: Turn): void {
  const lease = turn.held.get(turn.worker) ?? plan.next() ?? plan.takeOver();
  if (!lease) return;
  turn.held.set(turn.worker, lease);
  fetchSome(plan, lease, turn.bytes, turn);
  if (!turn.fails && lease.position < lease.end) return;
  plan.release(lease);
  turn.held.delete(turn.worker);
}

function fetchSome(plan: SegmentPlan, lease: Lease, bytes: number, { done, writes }: Ledger): void {
  const at = lease.position;
  const granted = plan.claim(lease, bytes);
  for (let offset = at; offset < at + granted; offset += 1) writes[offset] = (writes[offset] ?? 0) + 1;
  done.add(at, at + granted);
}
