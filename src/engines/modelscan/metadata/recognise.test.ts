import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import * as fc from 'fast-check';

import { architectures } from '../testing/architectures.ts';
import { baseNames, baseSignatures, statedBases, variantSignatures } from './base-signatures.ts';
import { kindSignatures, specialSignatures } from './kind-signatures.ts';
import { recogniseTensors } from './recognise.ts';
import { carries } from './signature.ts';

/** Below this a judgement is told as a possibility. */
const SURE = 0.75;

describe('what tensors tell', () => {
  for (const { what, kind, base, special, variant, tensors } of architectures) {
    it(`of ${what}`, () => {
      const found = recogniseTensors(tensors);
      assert.deepEqual(
        [found.kind?.id, found.base?.id ?? null, found.special, found.variant],
        [kind, base, special === undefined ? [] : [special], variant ?? null],
      );
      assert.ok((found.kind?.confidence ?? 0) >= SURE && (base === null || (found.base?.confidence ?? 0) >= SURE));
      assert.ok((found.kind?.reasons.length ?? 0) > 0);
    });
  }

  it('is never more than the whole file told, and never another base, when part of it is missing', () => {
    for (const { what, base, tensors } of architectures) {
      const whole = recogniseTensors(tensors);
      fc.assert(
        fc.property(fc.subarray([...tensors]), (some) => {
          const part = recogniseTensors(some);
          assert.ok((part.kind?.confidence ?? 0) <= (whole.kind?.confidence ?? 0), `${what}: ${part.kind?.id}`);
          if (part.base === null) return;
          assert.ok(part.base.confidence <= (whole.base?.confidence ?? 0), `${what}: ${part.base.id}`);
          assert.ok(part.base.id === base || part.base.confidence < SURE, `${what}: ${part.base.id}`);
        }),
        { numRuns: 200 },
      );
    }
  });

  it('is nothing for names of one word, which are not even looked at', () => {
    const word = fc.stringMatching(/^[a-zA-Z0-9]{0,30}$/);
    const signatures = [...kindSignatures, ...specialSignatures, ...baseSignatures, ...variantSignatures];
    fc.assert(
      fc.property(word, (name) => {
        const telling = signatures.filter(({ all }) => all.some((mark) => carries(mark, { name, shape: [768, 768] })));
        assert.deepEqual(telling, [], name);
      }),
    );
    for (const name of architectures.flatMap(({ tensors }) => tensors.map((tensor) => tensor.name))) {
      const plain = name.replaceAll(/[._]/g, '');
      assert.deepEqual(recogniseTensors([{ name: plain, shape: [768, 768] }]).kind, null, plain);
      assert.ok(!signatures.some(({ all }) => all.some((mark) => carries(mark, { name: plain, shape: [] }))), plain);
    }
  });

  it('does not depend on their order', () => {
    for (const { what, tensors } of architectures) {
      const turned = recogniseTensors(tensors.toReversed());
      const { kind, base, special, variant } = recogniseTensors(tensors);
      assert.deepEqual(
        [
          turned.kind?.id,
          turned.kind?.confidence,
          turned.base?.id,
          turned.base?.confidence,
          turned.special,
          turned.variant,
        ],
        [kind?.id, kind?.confidence, base?.id, base?.confidence, special, variant],
        what,
      );
    }
  });

  it('is nothing for names that anybody might choose', () => {
    const names = ['weight', 'bias', 'a.b.c', 'conv1.weight', 'fc.bias', 'os.system', 'layers.0.weight', '', '日本語'];
    for (const name of names) {
      const { kind, base } = recogniseTensors([{ name, shape: [768, 768] }]);
      assert.deepEqual([kind, base], [null, null], name);
    }
    assert.deepEqual(recogniseTensors([]).kind, null);
  });

  it('is not the base that only looks like it', () => {
    const others = {
      'cross attention of Cosmos': ['net.blocks.0.cross_attn.q_proj.weight', 'blocks.1.cross_attn.output_proj.weight'],
      'a LoRA of SD 3 in diffusers': ['transformer.transformer_blocks.0.attn.to_q.lora_A.weight'],
      'text parts that SDXL and SD 3 share': ['lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_down.weight'],
      'an autoencoder': ['first_stage_model.decoder.conv_in.weight'],
    };
    for (const [what, names] of Object.entries(others)) {
      assert.equal(recogniseTensors(names.map((name) => ({ name, shape: [4, 2] }))).base, null, what);
    }
    const aura = ['joint_transformer_blocks.0.attn.to_q', 'single_transformer_blocks.0.attn.to_q'];
    const tensors = aura.map((name) => ({ name: `transformer.${name}.lora_A.weight`, shape: [4, 2] }));
    assert.equal(recogniseTensors(tensors).base?.id, 'auraflow');
  });

  it('is no base when two contradict each other', () => {
    const unet = 'model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight';
    const both = [
      { name: unet, shape: [320, 768] },
      { name: 'conditioner.embedders.1.model.ln_final.bias', shape: [1280] },
    ];
    assert.equal(recogniseTensors(both).base, null);
  });

  it('has a name for every base it can find', () => {
    const ids = [
      ...baseSignatures.map(({ is }) => is),
      ...statedBases.map(([, id]) => id),
      ...variantSignatures.map(({ of }) => of),
    ];
    assert.deepEqual(
      ids.filter((id) => baseNames[id] === undefined),
      [],
    );
  });
});
