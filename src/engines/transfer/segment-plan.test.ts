import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { MIB } from '#kernel/units';

import { type ByteRange, ByteRanges } from './byte-ranges.ts';
import { type Lease, SegmentPlan } from './segment-plan.ts';

describe('SegmentPlan', () => {
  it('covers every byte exactly once, whatever was there before and in whatever order connections work or fail', () => {
    const step = fc.record({
      worker: fc.nat(7),
      bytes: fc.integer({ min: 1, max: 400 }),
      fails: fc.boolean(),
      ms: fc.nat(3000),
      recalls: fc.boolean(),
    });
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
          const clock = { ms: 0 };
          const plan = new SegmentPlan({
            totalBytes: total,
            done,
            now: () => clock.ms,
            blockBytes: 50,
          });
          const held = new Map<number, Lease>();
          for (const { worker, bytes, fails, ms, recalls } of steps) {
            clock.ms += ms;
            if (recalls) plan.recall();
            work(plan, { done, writes, held, worker, bytes, fails });
          }
          for (const lease of held.values()) plan.release(lease);
          for (let lease = plan.next(700); lease; lease = plan.next(700)) {
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
    const plan = new SegmentPlan({ totalBytes: 100, done: new ByteRanges([[10, 30]]), now: () => 0 });
    const leases = [plan.next(40), plan.next(40), plan.next(40)];
    assert.deepEqual(
      leases.map((lease) => [lease?.start, lease?.end]),
      [
        [0, 10],
        [30, 70],
        [70, 100],
      ],
    );
  });

  it('gives an idle connection the second half of what would be ready last, when both are as fast', () => {
    const { plan, lease, pass } = underWay(16 * MIB);
    pass(1000);
    plan.claim(lease, 4 * MIB);
    pass(1000);
    assert.equal(plan.next(8 * MIB), undefined);
    const taken = plan.takeOver();
    assert.deepEqual([taken?.start, taken?.end], [10 * MIB, 16 * MIB]);
    assert.equal(lease.end, 10 * MIB);
    assert.equal(plan.claim(lease, 100 * MIB), 6 * MIB, 'the other one may only write up to what was taken from it');
  });

  it('gives a faster connection more, so that both are ready together', () => {
    const { plan, lease, pass } = underWay(20 * MIB);
    pass(1000);
    plan.claim(lease, 4 * MIB);
    const mibPerMs = (4 + 1) / 1000;
    const taken = plan.takeOver(3 * mibPerMs * MIB);
    assert.deepEqual([taken?.start, taken?.end], [8 * MIB, 20 * MIB]);
  });

  it('gives everything of a connection that hardly moves to one that does', () => {
    const { plan, lease, pass } = underWay(8 * MIB);
    pass(60_000);
    const taken = plan.takeOver(MIB / 100);
    assert.deepEqual([taken?.start, taken?.end], [MIB, 8 * MIB]);
    const rest = plan.takeOver(MIB / 100);
    assert.deepEqual([rest?.start, rest?.end], [0, MIB]);
    assert.equal(plan.claim(lease, MIB), 0);
  });

  it('takes from the connection that will be ready last, not from the one with the most left', () => {
    const { plan, lease: fast, pass, done } = underWay(8 * MIB, 12 * MIB);
    const slow = plan.next(8 * MIB);
    assert.ok(slow);
    pass(1000);
    plan.claim(fast, 4 * MIB);
    done.add(0, 4 * MIB);
    pass(1000);
    assert.ok(fast.end - fast.position < 2 * (slow.end - slow.position));
    const taken = plan.takeOver();
    assert.equal(taken?.end, slow.start + 4 * MIB);
  });

  it('leaves alone what is nearly ready, has just begun, or would not be ready sooner', () => {
    const { plan, lease, pass } = underWay(16 * MIB);
    assert.equal(plan.takeOver(), undefined, 'just begun');
    pass(1000);
    plan.claim(lease, 8 * MIB);
    assert.equal(plan.takeOver(MIB / 10_000), undefined, 'by a slow one');
    plan.claim(lease, 7 * MIB);
    assert.equal(plan.takeOver(), undefined, 'nearly ready');
  });

  it('calls back the stretch furthest back, at once where its block fills slowly', () => {
    const { plan, lease, pass } = underWay(8 * MIB, 16 * MIB);
    const second = plan.next(8 * MIB);
    assert.ok(second);
    pass(1000);
    plan.claim(second, MIB);
    pass(9000);
    assert.equal(plan.recall(), second);
    assert.equal(plan.recalled, 1);
    assert.equal(plan.claim(second, MIB), 0);
    assert.equal(lease.end, 8 * MIB);
    assert.equal(plan.next(8 * MIB)?.start, 9 * MIB);
    plan.release(second);
    assert.equal(plan.recalled, 0);
  });

  it('lets a stretch called back fill the block that is soon full', () => {
    const { plan, lease, pass } = underWay(8 * MIB);
    pass(1000);
    plan.claim(lease, 3 * MIB);
    assert.equal(plan.recall(), lease);
    assert.equal(plan.recall(), undefined, 'nobody is called back twice');
    assert.equal(plan.claim(lease, 8 * MIB), MIB);
    assert.equal(plan.next(8 * MIB)?.start, 4 * MIB);
  });
});

/** The first stretch of a file under way, and a clock to turn. */
function underWay(leaseBytes: number, totalBytes = leaseBytes) {
  let ms = 0;
  const done = new ByteRanges();
  const plan = new SegmentPlan({ totalBytes, done, now: () => ms });
  const lease = plan.next(leaseBytes);
  assert.ok(lease);
  return {
    plan,
    lease,
    done,
    pass: (by: number) => {
      ms += by;
    },
  };
}

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
  const lease = turn.held.get(turn.worker) ?? plan.next(700) ?? plan.takeOver();
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
