import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { sameName, spellBaseModel, spellType } from './name-spelling.ts';

describe('names as the API spells them', () => {
  it('come from every usual way to write a type', () => {
    const written = {
      lora: 'LORA',
      LoRA: 'LORA',
      lycoris: 'LoCon',
      Embedding: 'TextualInversion',
      ControlNet: 'Controlnet',
    };
    for (const [text, name] of Object.entries({ ...written, 'textual inversion': 'TextualInversion', vae: 'VAE' })) {
      assert.equal(spellType(text), name, text);
    }
  });

  it('come from every usual way to write a base model', () => {
    const written = {
      sdxl: 'SDXL 1.0',
      'SD1.5': 'SD 1.5',
      'flux dev': 'Flux.1 D',
      'noobai-xl': 'NoobAI',
      pony: 'Pony',
    };
    for (const [text, name] of Object.entries(written)) assert.equal(spellBaseModel(text), name, text);
  });

  it('pass through when nobody here knows them, so that new ones can be asked for', () => {
    assert.equal(spellType(' HoloLattice '), 'HoloLattice');
    assert.equal(spellBaseModel('Krea 3'), 'Krea 3');
  });

  it('tell names in other scripts apart', () => {
    assert.equal(sameName('墨田工房', '海辺工房'), false);
    assert.equal(sameName('ＳＤＸＬ　1.0', 'sdxl 1.0'), true);
  });
});
