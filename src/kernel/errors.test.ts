import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KuraError, toKuraError } from './errors.ts';

describe('toKuraError', () => {
  it('keeps an error of the family as it is', () => {
    const error = new KuraError('limit', 'x.y');
    assert.equal(toKuraError(error), error);
  });

  it('turns an abort into interrupted with exit code 130', () => {
    const error = toKuraError(AbortSignal.abort().reason);
    assert.equal(error.kind, 'interrupted');
    assert.equal(error.facts.exitCode, 130);
  });

  it('names a full disk as such', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/x' });
    assert.equal(toKuraError(full).code, 'kernel.disk-full');
  });

  it('carries what it did not expect as internal, with its cause', () => {
    const cause = new TypeError('boom');
    const error = toKuraError(cause);
    assert.equal(error.kind, 'internal');
    assert.equal(error.cause, cause);
    assert.equal(error.params['reason'], 'boom');
  });
});
