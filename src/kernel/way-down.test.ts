import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { wayDown } from '#kernel/way-down';

describe('the way down from a folder', () => {
  const ways: Readonly<Record<string, string | undefined>> = {
    '/a/b': '',
    '/a/b/': '',
    '/a/b/c/d': 'c/d',
    '/a/b/../b/c': 'c',
    '/a/b/..c': '..c',
    '/a/b/.../c': '.../c',
    '/a': undefined,
    '/': undefined,
    '/a/bc': undefined,
    '/a/b/../c': undefined,
    '/a/b/c/../../..': undefined,
  };
  for (const [path, way] of Object.entries(ways)) {
    it(`/a/b to ${path}: ${way ?? 'none'}`, () => assert.equal(wayDown('/a/b', path), way));
  }
});
