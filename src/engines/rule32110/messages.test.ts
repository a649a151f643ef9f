import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { rule32110Messages } from './index.ts';

describe('the texts of findings', () => {
  it('take the same parameters in both languages', () => {
    for (const [code, english] of Object.entries(rule32110Messages.en)) {
      assert.deepEqual(parameters(rule32110Messages.ja[code] ?? ''), parameters(english), code);
    }
  });
});

function parameters(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted();
}
