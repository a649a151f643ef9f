import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { syncStep } from './sync-step.ts';

const agreed = { entry: 'e', file: 'f' };

describe('synchronising an entry with its file', () => {
  it('follows the side that changed', () => {
    assert.equal(syncStep({ agreed, entry: 'e', file: 'f' }), 'nothing');
    assert.equal(syncStep({ agreed, entry: 'e2', file: 'f' }), 'write');
    assert.equal(syncStep({ agreed, entry: 'e', file: 'f2' }), 'read');
    assert.equal(syncStep({ agreed, entry: undefined, file: 'f' }), 'erase');
    assert.equal(syncStep({ agreed, entry: 'e', file: undefined }), 'remove');
    assert.equal(syncStep({ agreed, entry: undefined, file: undefined }), 'forget');
  });

  it('takes up what is new on one side', () => {
    assert.equal(syncStep({ agreed: undefined, entry: 'e', file: undefined }), 'write');
    assert.equal(syncStep({ agreed: undefined, entry: undefined, file: 'f' }), 'read');
  });

  it('touches neither side where both changed, unless somebody says which counts', () => {
    for (const states of [
      { agreed, entry: 'e2', file: 'f2' },
      { agreed, entry: undefined, file: 'f2' },
      { agreed, entry: 'e2', file: undefined },
      { agreed: undefined, entry: 'e', file: 'f' },
    ])
      assert.equal(syncStep(states), 'clash');
    assert.equal(syncStep({ agreed, entry: 'e2', file: 'f2' }, 'kura'), 'write');
    assert.equal(syncStep({ agreed, entry: 'e2', file: 'f2' }, 'folder'), 'read');
    assert.equal(syncStep({ agreed, entry: undefined, file: 'f2' }, 'kura'), 'erase');
    assert.equal(syncStep({ agreed, entry: 'e2', file: undefined }, 'folder'), 'remove');
  });
});
