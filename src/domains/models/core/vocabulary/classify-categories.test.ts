import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { categories } from '../../contract/index.ts';
import { classifyCategories } from './classify-categories.ts';

describe('the categories of a model', () => {
  it('are the tags that are one, the most telling first', () => {
    assert.deepEqual(classifyCategories(['anime', 'Style', 'girl', 'CHARACTER', 'style']), {
      primary: 'character',
      all: ['character', 'style'],
    });
    assert.deepEqual(classifyCategories(['base_model', 'tool']), {
      primary: 'base model',
      all: ['base model', 'tool'],
    });
    assert.deepEqual(classifyCategories(['stylish', 'characters of mine']), { primary: null, all: [] });
  });

  it('are all fifteen, none of them lost in a rest', () => {
    for (const category of categories) assert.equal(classifyCategories([category]).primary, category);
  });

  it('do not depend on the order of the tags', () => {
    const tags = fc.array(fc.oneof(fc.constantFrom(...categories), fc.string()), { maxLength: 8 });
    fc.assert(
      fc.property(tags, (some) => {
        const { primary, all } = classifyCategories(some);
        assert.deepEqual(classifyCategories(some.toReversed()), { primary, all });
        assert.equal(primary, all[0] ?? null);
        assert.ok(all.every((category) => categories.includes(category)));
      }),
    );
  });
});
