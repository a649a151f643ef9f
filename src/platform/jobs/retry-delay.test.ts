import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';
import { z } from 'zod';

import type { Random } from '#kernel/clock';
import { type ErrorKind, factsOf, KuraError } from '#kernel/errors';

import { defineJob } from './job-kind.ts';
import { retryDelay } from './retry-delay.ts';

const kind = defineJob({ name: 'kit.any', payload: z.unknown(), maxAttempts: 30, retrySeconds: 5 });
const away = new KuraError('unavailable', 'kit.away');

function fractionOf(fraction: number): Random {
  return { bytes: () => new Uint8Array(), fraction: () => fraction };
}

describe('retryDelay', () => {
  it('doubles its ceiling from the first retry on and stops at 15 minutes', () => {
    const almost = fractionOf(0.999_999_99);
    assert.deepEqual(
      [1, 2, 3, 4, 12, 29].map((attempt) => Math.round((retryDelay(kind, attempt, away, almost) ?? 0) / 1000)),
      [5, 10, 20, 40, 900, 900],
    );
  });

  it('is never shorter than what the far side asked for, nor more than the ceiling on top', () => {
    const attempts = fc.integer({ min: 1, max: 29 });
    const fractions = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(attempts, fc.nat(3_600_000), fractions, (attempt, asked, fraction) => {
        const error = new KuraError('limit', 'kit.slow-down', { retryAfterMs: asked });
        const delay = retryDelay(kind, attempt, error, fractionOf(fraction)) ?? -1;
        assert.ok(delay >= asked && delay <= asked + 900_000);
      }),
    );
  });

  it('gives up after the last attempt and on errors that no retry can mend', () => {
    assert.equal(retryDelay(kind, 30, away, fractionOf(0)), undefined);
    for (const error of [
      'invalid',
      'forbidden',
      'not-found',
      'conflict',
      'refused',
      'mismatch',
    ] satisfies ErrorKind[]) {
      assert.equal(factsOf(error).retryable, false);
      assert.equal(retryDelay(kind, 1, new KuraError(error, 'kit.no'), fractionOf(0)), undefined);
    }
  });

  it('tries again what Kura did not expect', () => {
    assert.equal(retryDelay(kind, 1, new KuraError('internal', 'kit.boom'), fractionOf(0)), 0);
  });
});
