import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { array, assert as check, integer, property, string } from 'fast-check';

import { sidecarBase, targetName } from './target-path.ts';

const named = { fallback: 'model-1-2', versionId: 7 };

describe('the name of a file', () => {
  it('is the published one, made harmless', () => {
    assert.equal(targetName({ ...named, name: '和風水彩.safetensors' }, []), '和風水彩.safetensors');
    assert.equal(targetName({ ...named, name: '../../x.safetensors' }, []), 'x.safetensors');
    assert.equal(targetName({ ...named, name: '..pt' }, []), 'model-1-2.pt');
    assert.equal(targetName({ ...named, name: 'page.html' }, []), 'page.html.bin');
  });

  it('names its version when a neighbour has it, also in another case', () => {
    assert.equal(targetName({ ...named, name: 'a.safetensors' }, ['A.SafeTensors']), 'a (v7).safetensors');
  });

  it('does not share its base with another model, whose side-cars would be mixed up', () => {
    assert.equal(targetName({ ...named, name: 'a.safetensors' }, ['a.ckpt']), 'a (v7).safetensors');
    assert.equal(targetName({ ...named, name: 'a.safetensors' }, ['a.json', 'a.preview.png']), 'a.safetensors');
    assert.equal(targetName({ ...named, name: 'a.yaml' }, ['a.safetensors']), 'a.yaml');
  });

  it('is new and a single harmless component, whatever strangers wrote', () => {
    check(
      property(string({ unit: 'binary' }), array(string()), integer({ min: 1 }), (name, taken, versionId) => {
        const first = targetName({ name, fallback: 'f', versionId }, taken);
        const second = targetName({ name, fallback: 'f', versionId }, [...taken, first]);
        assert.notEqual(second.toLowerCase(), first.toLowerCase());
        assert.ok(!/[/\\]/.test(first) && first !== '' && first !== '.' && first !== '..');
        assert.ok(!taken.some((other) => other.toLowerCase() === first.toLowerCase()));
      }),
    );
  });

  it('shares everything before its extension with its side-cars', () => {
    assert.equal(sidecarBase('/library/v1.5/a.b.safetensors'), '/library/v1.5/a.b');
    assert.equal(sidecarBase('/library/v1.5/plain'), '/library/v1.5/plain');
  });
});
