import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MINUTE } from '#kernel/units';

import { capReached, filesLeft } from './batch-caps.ts';

const used = { files: 3, bytes: 1000, ms: 5 * MINUTE };

describe('the caps of a run', () => {
  it('are none by default', () => {
    assert.equal(capReached({}, used), undefined);
    assert.equal(filesLeft({}, used, 5), Number.POSITIVE_INFINITY);
  });

  it('end it at the first that is reached, and not before', () => {
    assert.equal(capReached({ maxFiles: 4, maxBytes: 1001, maxMinutes: 6 }, used), undefined);
    assert.equal(capReached({ maxFiles: 3 }, used)?.code, 'models.batch-cap-files');
    assert.equal(capReached({ maxBytes: 1000 }, used)?.code, 'models.batch-cap-bytes');
    assert.equal(capReached({ maxMinutes: 5 }, used)?.code, 'models.batch-cap-minutes');
  });

  it('count files under way, so that no more are begun than may end', () => {
    assert.equal(filesLeft({ maxFiles: 5 }, used, 1), 1);
    assert.equal(filesLeft({ maxFiles: 5 }, used, 2), 0);
    assert.equal(filesLeft({ maxFiles: 2 }, used, 0), 0);
  });
});
