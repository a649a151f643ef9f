import assert from 'node:assert/strict';
import { it } from 'node:test';

import { isOlder } from './tool-versions.ts';

it('versions are compared by their numbers, not by their letters', () => {
  assert.equal(isOlder('1.60.1-DEV', '1.56.0'), false);
  assert.equal(isOlder('0.9.6', '0.14.0'), true);
  assert.equal(isOlder('0.14.0', '0.14.0'), false);
  assert.equal(isOlder('1.2', '1.2.4'), true);
  assert.equal(isOlder('2.0.0b19', '1.2.0'), false);
});
