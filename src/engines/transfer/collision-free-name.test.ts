import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';

import { collisionFreeName } from './collision-free-name.ts';

describe('collisionFreeName', () => {
  it('keeps a name nobody has', () => {
    assert.equal(collisionFreeName('a.pt', ['b.pt']), 'a.pt');
  });

  it('tells namesakes apart by their label, ignoring case as Windows and macOS do', () => {
    assert.equal(collisionFreeName('Lora.pt', ['lora.PT'], { label: 'v12' }), 'Lora (v12).pt');
    assert.equal(collisionFreeName('Lora.pt', ['lora.pt', 'LORA (V12).pt'], { label: 'v12' }), 'Lora (v12 2).pt');
    assert.equal(collisionFreeName('Lora.pt', ['lora.pt']), 'Lora (2).pt');
    assert.equal(collisionFreeName('が.pt', ['か\u3099.pt']), 'が (2).pt');
  });

  it('is always new and never too long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(30), (length, count) => {
        const existing: string[] = [];
        for (let made = 0; made <= count; made += 1) {
          const name = collisionFreeName(`${'界'.repeat(length)}.safetensors`, existing, { maxBytes: 200 });
          assert.ok(!existing.includes(name));
          assert.ok(Buffer.byteLength(name) <= 200);
          existing.push(name);
        }
      }),
    );
  });
});
