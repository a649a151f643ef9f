import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { VerificationKind, VerificationResult } from '../../contract/index.ts';
import { proofOf } from './proof-of.ts';
import type { Verification } from './verification-record.ts';

function history(...steps: ReadonlyArray<readonly [VerificationKind, VerificationResult]>): readonly Verification[] {
  return steps.map(([kind, result], index) => ({
    position: index + 1,
    id: `v${index}`,
    job: 'library',
    copy: 'nas',
    copyId: 'c',
    kind,
    result,
    startedAt: `2026-11-${10 + index}T00:00:00.000Z`,
    endedAt: result === 'running' ? null : `2026-11-${10 + index}T01:00:00.000Z`,
    seconds: 1,
    snapshot: null,
    objects: 1,
    bytes: 1,
    errors: 0,
    findings: [],
    error: null,
  }));
}

describe('proofOf', () => {
  it('is nothing before contents were read', () => {
    assert.equal(proofOf([]), null);
    assert.equal(proofOf(history(['structure', 'passed'], ['data', 'running'], ['data', 'interrupted'])), null);
  });

  it('is the newest success that read contents, whatever only looked came later', () => {
    const proof = proofOf(history(['data', 'passed'], ['restore', 'passed'], ['structure', 'passed']));
    assert.deepEqual(proof, { passed: true, finishedAt: '2026-11-11T01:00:00.000Z' });
  });

  it('stays a failure until something as thorough succeeds', () => {
    const failed = { passed: false, finishedAt: '2026-11-10T01:00:00.000Z' };
    assert.deepEqual(proofOf(history(['data', 'failed'], ['structure', 'passed'], ['restore', 'passed'])), failed);
    assert.deepEqual(proofOf(history(['restore', 'failed'], ['structure', 'passed'])), failed);
    assert.equal(proofOf(history(['data', 'failed'], ['data', 'passed']))?.passed, true);
    assert.equal(proofOf(history(['restore', 'failed'], ['data', 'passed']))?.passed, true);
  });

  it('does not let a structural success hide behind an older full success', () => {
    assert.equal(proofOf(history(['data', 'passed'], ['structure', 'failed']))?.passed, false);
  });
});
