import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { inferKind, type KindEvidence } from './infer-kind.ts';
import { kindNamed, modelKinds, typeWords } from './model-kinds.ts';

const GB = 1_000_000_000;

function first(evidence: KindEvidence): string | undefined {
  return inferKind(evidence)[0]?.kind;
}

function sureness(evidence: KindEvidence, kind: string): number {
  return inferKind(evidence).find((one) => one.kind === kind)?.confidence ?? 0;
}

describe('the kind of a model file', () => {
  it('is what the site says when nothing speaks against it', () => {
    for (const { word } of typeWords) {
      const [best] = inferKind({ apiType: word });
      assert.equal(kindNamed(best?.kind ?? '')?.apiType, word, word);
      assert.ok((best?.confidence ?? 0) >= 0.8, word);
    }
  });

  it('is told by the tensors even when the site says something else, and then nobody is sure', () => {
    const tensors = [{ name: 'lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight', shape: [8, 320] }];
    assert.equal(first({ tensors }), 'lora');
    assert.ok(sureness({ tensors, apiType: 'LORA' }, 'lora') > 0.95);
    const [best] = inferKind({ tensors, apiType: 'Checkpoint' });
    assert.equal(best?.kind, 'lora');
    assert.ok((best?.confidence ?? 1) < 0.5);
  });

  it('is refined by tags and names, which only suggest', () => {
    const evidence = { apiType: 'LORA', tags: ['anime', 'Style'], name: 'Washi paper' };
    assert.deepEqual(
      inferKind(evidence)
        .slice(0, 2)
        .map(({ kind }) => kind),
      ['lora', 'style-lora'],
    );
    assert.ok(sureness({ name: 'my LoRA', tags: ['lora'] }, 'lora') < 0.8);
    assert.equal(first({ name: '4x_UltraSharp.pth', extension: 'pth' }), 'upscaler');
    assert.equal(first({ name: '和風ワイルドカード集', extension: '.txt' }), 'wildcards');
  });

  it('goes by whole words', () => {
    assert.deepEqual(
      inferKind({ name: 'Explorations in still life: floral vaes' }),
      inferKind({ name: 'vaes floral' }),
    );
    assert.equal(sureness({ name: 'Explorations' }, 'lora'), 0);
    assert.equal(sureness({ name: 'colorado' }, 'dora'), 0);
  });

  it('weighs size and extension', () => {
    assert.ok(
      sureness({ apiType: 'Checkpoint', sizeBytes: 4 * GB }, 'checkpoint') >
        sureness({ apiType: 'Checkpoint', sizeBytes: 10 }, 'checkpoint'),
    );
    assert.equal(first({ apiType: 'Checkpoint', extension: 'gguf', sizeBytes: 6 * GB }), 'gguf-model');
    assert.equal(first({ apiType: 'Checkpoint', extension: 'safetensors', sizeBytes: 6 * GB }), 'checkpoint');
    assert.deepEqual(inferKind({ extension: 'safetensors', sizeBytes: GB }), []);
  });

  it('is nothing when nothing is known', () => {
    assert.deepEqual(inferKind({}), []);
    assert.deepEqual(inferKind({ name: '', tags: [], tensors: [], extension: '', apiType: 'HoloLattice' }), []);
  });

  const evidence: fc.Arbitrary<KindEvidence> = fc.record(
    {
      name: fc.string(),
      sizeBytes: fc.nat(),
      extension: fc.constantFrom('safetensors', '.gguf', 'pth', 'json', 'xyz', ''),
      tags: fc.array(fc.oneof(fc.constantFrom(...modelKinds.flatMap(({ cues }) => cues)), fc.string()), {
        maxLength: 5,
      }),
      tensors: fc.array(
        fc.record({
          name: fc.constantFrom('emb_params', 'x', 'joint_blocks.0.x', 'a.lora_up.weight'),
          shape: fc.constant([1]),
        }),
        { maxLength: 3 },
      ),
      apiType: fc.constantFrom(...typeWords.map(({ word }) => word), 'HoloLattice', ''),
    },
    { requiredKeys: [] },
  );

  it('is always explained, ordered, between 0 and 1, and the same whatever the order of the tags', () => {
    fc.assert(
      fc.property(evidence, (some) => {
        const ranked = inferKind(some);
        const turned = inferKind({ ...some, tags: (some.tags ?? []).toReversed() });
        assert.deepEqual(
          turned.map(({ kind, confidence }) => [kind, confidence]),
          ranked.map(({ kind, confidence }) => [kind, confidence]),
        );
        for (const [index, { kind, confidence, reasons }] of ranked.entries()) {
          assert.ok(confidence > 0 && confidence <= 1);
          assert.ok(reasons.length > 0, kind);
          assert.ok(index === 0 || confidence <= (ranked[index - 1]?.confidence ?? 0));
          const parent = kindNamed(kind)?.parent;
          const above = ranked.findIndex((one) => one.kind === parent);
          assert.ok(parent === null || (above >= 0 && above < index), `${kind} stands below ${parent}`);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('follows the site before any text', () => {
    fc.assert(
      fc.property(evidence, fc.constantFrom(...typeWords.map(({ word }) => word)), ({ name, tags }, apiType) => {
        fc.pre(apiType !== 'Other');
        const best = first({ name: name ?? '', tags: tags ?? [], apiType });
        assert.equal(kindNamed(best ?? '')?.apiType, apiType);
      }),
      { numRuns: 60 },
    );
  });
});
