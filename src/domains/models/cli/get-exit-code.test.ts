import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { type ErrorKind, KuraError } from '#kernel/errors';

import type { DownloadStatus } from '../contract/index.ts';
import { getExitCode } from './get-exit-code.ts';

function ended(status: DownloadStatus, kind?: ErrorKind) {
  return { status, error: kind === undefined ? undefined : new KuraError(kind, 'x.y') };
}

describe('the exit code of several downloads', () => {
  it('is 0 when every file is there', () => {
    assert.equal(getExitCode([ended('placed'), ended('skipped')], false), 0);
  });

  it('is 4 as soon as one was refused for security, also beside good ones', () => {
    assert.equal(getExitCode([ended('placed'), ended('quarantined'), ended('failed', 'invalid')], false), 4);
    assert.equal(getExitCode([ended('placed'), ended('failed', 'refused')], false), 4);
  });

  it('is 3 when some are there and some are not', () => {
    assert.equal(getExitCode([ended('placed'), ended('failed', 'mismatch')], false), 3);
  });

  it('is what went wrong when nothing is there, a mismatch first', () => {
    assert.equal(getExitCode([ended('failed', 'not-found')], false), 1);
    assert.equal(getExitCode([ended('failed', 'invalid')], false), 2);
    assert.equal(getExitCode([ended('failed', 'not-found'), ended('failed', 'mismatch')], false), 5);
  });

  it('is 130 when a person stopped it, whatever had ended by then', () => {
    assert.equal(getExitCode([ended('placed'), ended('cancelled', 'interrupted')], true), 130);
  });
});
