import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { findWord, plainWord, type SpelledWord } from '../../contract/index.ts';
import { kindNamed, kindOfType, kindWords, modelKinds, typeWords } from './model-kinds.ts';
import { spellType } from './name-spelling.ts';

function assertUnambiguous(words: readonly SpelledWord[]): void {
  const owners = new Map<string, string>();
  for (const { word, aliases } of words) {
    for (const spelling of new Set([word, ...aliases].map(plainWord))) {
      assert.ok(spelling !== '', word);
      const owner = owners.get(spelling);
      assert.ok(owner === undefined, `“${spelling}” means ${owner} and ${word}`);
      owners.set(spelling, word);
    }
    for (const alias of aliases) assert.equal(findWord(alias, words)?.word, word, alias);
  }
}

describe('kinds of model files', () => {
  it('are more than fifty, each with what a person needs to know of it', () => {
    assert.ok(modelKinds.length > 50, `${modelKinds.length}`);
    for (const kind of modelKinds) {
      const [least, most] = kind.sizeMb;
      assert.ok(least >= 0 && least < most, kind.id);
      assert.ok(kind.id === 'other' || kind.extensions.length > 0, kind.id);
      assert.ok(kind.aliases.length > 0, kind.id);
      assert.ok(
        kind.parent === null || kindNamed(kind.parent)?.parent === null,
        `${kind.id} is one step below its parent`,
      );
    }
  });

  it('have one meaning per spelling', () => {
    assertUnambiguous(typeWords);
    assertUnambiguous(kindWords);
  });

  it('have Japanese names for every type of the site', () => {
    const without = typeWords.filter(({ aliases }) => !aliases.some((alias) => /[\p{sc=Han}\p{sc=Kana}]/u.test(alias)));
    // Words that nobody translates.
    assert.deepEqual(without.map(({ word }) => word).toSorted(), []);
  });
});

describe('types as the site spells them', () => {
  const written = [
    ['LoCon', ['lycoris', 'LyCORIS', 'locon', 'ライコリス']],
    ['TextualInversion', ['Embedding', 'embeddings', 'TI', 'textual inversion', 'textual_inversion', '埋め込み']],
    ['LORA', ['lora', 'LoRA', 'Lora', 'loras', 'ローラ']],
    ['Controlnet', ['ControlNet', 'controlnet', 'control-net', 'コントロールネット']],
    ['Checkpoint', ['checkpoint', 'CHECKPOINTS', 'ckpt', 'model', 'チェックポイント']],
    ['DoRA', ['dora', 'DORA']],
    ['UNet', ['unet', 'diffusion model', 'diffusion_model']],
    ['CLIPVision', ['clip vision', 'clip-vision']],
    ['ComfyWorkflows', ['comfyui workflow']],
    ['Workflows', ['workflow']],
    ['Upscaler', ['upscale', 'アップスケーラー']],
    ['MotionModule', ['motion', 'motion module', 'AnimateDiff']],
    ['Poses', ['pose', 'ポーズ']],
    ['Hypernetwork', ['hypernet']],
    ['Detection', ['ADetailer', 'YOLO']],
    ['Other', ['その他']],
  ] as const;
  for (const [type, spellings] of written) {
    for (const spelling of spellings) {
      it(`${spelling} is ${type}`, () => assert.equal(spellType(spelling), type));
    }
  }

  it('do not take in what is only a part of them', () => {
    for (const finer of ['esrgan', 'style lora', 'loha', 'ip-adapter', 'inpainting']) {
      assert.equal(spellType(finer), finer);
    }
    assert.equal(kindOfType('controlnet')?.id, 'controlnet');
    assert.equal(kindOfType('esrgan'), undefined);
  });
});
