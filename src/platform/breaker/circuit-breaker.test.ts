import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { type CallOutcome, type CircuitBreaker, createCircuitBreaker } from './circuit-breaker.ts';

const failure: CallOutcome = { kind: 'failure', reason: 'down' };
const success: CallOutcome = { kind: 'success' };
const refusal: CallOutcome = { kind: 'refusal' };

function setUp() {
  let elapsed = 0;
  const clock = { now: () => elapsed, monotonic: () => elapsed };
  const breaker = createCircuitBreaker(clock);
  return {
    breaker,
    pass: (ms: number) => {
      elapsed += ms;
    },
  };
}

/** Whether the call was admitted. */
function call(breaker: CircuitBreaker, outcome: CallOutcome): boolean {
  const admission = breaker.admit();
  if (admission.admitted) admission.report(outcome);
  return admission.admitted;
}

function calls(breaker: CircuitBreaker, count: number, outcome: CallOutcome): void {
  for (let done = 0; done < count; done += 1) call(breaker, outcome);
}

function callInPairs(breaker: CircuitBreaker, pairs: number): void {
  for (let pair = 0; pair < pairs; pair += 1) {
    call(breaker, success);
    call(breaker, failure);
  }
}

describe('createCircuitBreaker', () => {
  it('opens on the fifth failure in a row, not on the fourth, and says why', () => {
    const { breaker } = setUp();
    calls(breaker, 4, failure);
    assert.equal(breaker.view().state, 'closed');
    call(breaker, success);
    calls(breaker, 4, failure);
    assert.equal(breaker.view().state, 'closed');
    call(breaker, failure);
    assert.deepEqual(breaker.view(), { state: 'open', reason: 'down', retryAfterMs: 60_000, timesOpened: 1 });
    assert.deepEqual(breaker.admit(), { admitted: false, retryAfterMs: 60_000 });
  });

  it('opens when half of twenty calls within a minute failed, and forgets what is older', () => {
    const quick = setUp();
    callInPairs(quick.breaker, 9);
    assert.equal(quick.breaker.view().state, 'closed');
    callInPairs(quick.breaker, 1);
    assert.equal(quick.breaker.view().state, 'open');

    const slow = setUp();
    callInPairs(slow.breaker, 9);
    slow.pass(60_000);
    callInPairs(slow.breaker, 9);
    assert.equal(slow.breaker.view().state, 'closed');
  });

  it('does not open below half', () => {
    const { breaker } = setUp();
    for (let round = 0; round < 20; round += 1) {
      calls(breaker, 2, success);
      call(breaker, failure);
    }
    assert.equal(breaker.view().state, 'closed');
  });

  it('counts refusals neither as failures nor as successes', () => {
    const { breaker, pass } = setUp();
    calls(breaker, 100, refusal);
    assert.equal(breaker.view().state, 'closed');
    for (let round = 0; round < 5; round += 1) {
      call(breaker, refusal);
      call(breaker, failure);
    }
    assert.equal(breaker.view().state, 'open');
    pass(60_000);
    calls(breaker, 10, refusal);
    assert.equal(breaker.view().state, 'half-open');
  });

  it('lets three probes through at once, and closes after three successes', () => {
    const { breaker, pass } = setUp();
    calls(breaker, 5, failure);
    pass(59_999);
    assert.equal(breaker.admit().admitted, false);
    pass(1);
    const probes = [breaker.admit(), breaker.admit(), breaker.admit()];
    assert.deepEqual(
      probes.map(({ admitted }) => admitted),
      [true, true, true],
    );
    assert.equal(breaker.admit().admitted, false);
    for (const probe of probes) if (probe.admitted) probe.report(success);
    assert.deepEqual(breaker.view(), { state: 'closed', reason: null, retryAfterMs: 0, timesOpened: 0 });
  });

  it('rests twice as long after each failed probe, up to a quarter of an hour, and starts over once closed', () => {
    const { breaker, pass } = setUp();
    calls(breaker, 5, failure);
    const rests: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      rests.push(breaker.closedForMs());
      pass(breaker.closedForMs());
      assert.ok(call(breaker, failure));
    }
    assert.deepEqual(rests, [60_000, 120_000, 240_000, 480_000, 900_000, 900_000]);
    pass(breaker.closedForMs());
    calls(breaker, 3, success);
    calls(breaker, 5, failure);
    assert.equal(breaker.closedForMs(), 60_000);
  });

  it('does not listen to a call that was admitted before it opened', () => {
    const { breaker, pass } = setUp();
    const late = breaker.admit();
    calls(breaker, 5, failure);
    pass(60_000);
    call(breaker, success);
    assert.ok(late.admitted);
    late.report(failure);
    assert.equal(breaker.view().state, 'half-open');
  });

  it('keeps its promises whatever happens', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('admit' as const) }),
      fc.record({ do: fc.constant('report' as const), outcome: fc.constantFrom(success, failure, refusal) }),
      fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 120_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { breaker, pass } = setUp();
        const pending: ((outcome: CallOutcome) => void)[] = [];
        let probesOfThisTime = 0;
        for (const one of steps) {
          const before = breaker.view();
          if (one.do === 'pass') pass(one.ms);
          if (one.do === 'report') pending.shift()?.(one.outcome);
          if (one.do === 'admit') {
            const admission = breaker.admit();
            if (admission.admitted) pending.push((outcome) => admission.report(outcome));
            assert.equal(admission.admitted, admission.admitted && before.retryAfterMs === 0, 'nobody while open');
            if (before.state === 'closed') assert.ok(admission.admitted, 'everybody while closed');
            if (before.state === 'open') probesOfThisTime = 0;
            if (breaker.view().state === 'half-open' && admission.admitted) probesOfThisTime += 1;
          }
          const after = breaker.view();
          if (before.state === 'half-open' && after.state === 'closed') assert.ok(probesOfThisTime >= 3);
          assert.ok(after.retryAfterMs <= 900_000);
        }
      }),
    );
  });
});
