import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KEPT_DECISIONS, type KeptDecision } from '../../contract/steering-shapes.ts';
import { DecisionLog } from './decision-log.ts';

function decision(to: number): KeptDecision {
  const facts = { at: '2026-11-22T12:00:00.000Z', what: 'connections', name: null, host: null } as const;
  return { ...facts, from: 0, to, reason: 'gain', bytesPerSecond: null };
}

describe('the log of decisions', () => {
  it('keeps the last ones, and writes them together', async () => {
    const writes: Array<readonly KeptDecision[]> = [];
    {
      await using log = new DecisionLog(async (decisions) => void writes.push(decisions));
      for (let to = 1; to <= KEPT_DECISIONS + 5; to += 1) log.add(decision(to));
    }
    assert.equal(writes.length, 1);
    assert.deepEqual(
      writes[0]?.map(({ to }) => to),
      Array.from({ length: KEPT_DECISIONS }, (_, index) => index + 6),
    );
  });

  it('writes nothing for a file that is over before anything was changed', async () => {
    const writes: unknown[] = [];
    {
      await using log = new DecisionLog(async (decisions) => void writes.push(decisions));
      log.add(decision(1));
    }
    assert.deepEqual(writes, []);
  });

  it('lets nothing fail because it could not be written', async () => {
    await using log = new DecisionLog(async () => Promise.reject(new Error('disk full')));
    log.add(decision(1));
    log.add(decision(2));
  });
});
