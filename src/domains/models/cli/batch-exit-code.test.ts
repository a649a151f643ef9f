import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { BatchStatus, BatchTally } from '../contract/index.ts';
import { batchExitCode } from './batch-exit-code.ts';

function codeOf(status: BatchStatus, counts: Partial<BatchTally>, isAborted = false): number {
  const none = { files: 0, pending: 0, processing: 0, done: 0, skipped: 0, quarantined: 0, failed: 0, cancelled: 0 };
  const tally = { ...none, totalBytes: 0, doneBytes: 0, networkBytes: 0, retries: 0, ...counts };
  return batchExitCode({ status, tally }, isAborted);
}

describe('the exit code of a download job', () => {
  it('is 0 only when everything is there', () => {
    assert.equal(codeOf('completed', { done: 3 }), 0);
    assert.equal(codeOf('completed', { done: 3 }, true), 0, 'a Ctrl-C that came too late');
  });

  it('is 3 for a part, and for what may still come', () => {
    assert.equal(codeOf('completed_with_errors', { done: 2, failed: 1 }), 3);
    assert.equal(codeOf('completed_with_errors', { done: 2, failed: 1, quarantined: 1 }), 3);
    assert.equal(codeOf('paused', { done: 1, pending: 2 }), 3);
    assert.equal(codeOf('pending', { pending: 2 }), 3);
    assert.equal(codeOf('cancelled', { done: 1, cancelled: 2 }), 3);
  });

  it('is 4 when the only failures are refusals for security', () => {
    assert.equal(codeOf('completed_with_errors', { done: 2, quarantined: 1 }), 4);
    assert.equal(codeOf('failed', { quarantined: 1 }), 4);
  });

  it('is 1 for nothing, and 130 when interrupted', () => {
    assert.equal(codeOf('failed', { failed: 2 }), 1);
    assert.equal(codeOf('failed', { failed: 2, quarantined: 1 }), 1);
    assert.equal(codeOf('cancelled', { cancelled: 2 }), 1);
    assert.equal(codeOf('paused', { done: 1, pending: 2 }, true), 130);
  });
});
