import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { plainWord } from '../../contract/index.ts';
import { baseFamilies, baseModels, basesOfFamily, baseWords, familyOf, familyWords } from './base-models.ts';
import { spellBaseModel } from './name-spelling.ts';

describe('base models', () => {
  it('are closed only where they are hidden, too', () => {
    assert.ok(baseModels.every(({ disabled, hidden }) => hidden || !disabled));
  });

  it('have one meaning per spelling', () => {
    for (const words of [baseWords, familyWords]) {
      const spellings = words.flatMap(({ word, aliases }) => [word, ...aliases]);
      for (const spelling of spellings) {
        assert.equal(
          words.filter(({ word, aliases }) => [word, ...aliases].some((one) => plainWord(one) === plainWord(spelling)))
            .length,
          1,
          spelling,
        );
      }
    }
  });

  const written = [
    ['SDXL 1.0', ['sdxl', 'SD XL', 'xl', 'SDXL Base', 'sdxl 1.0 base']],
    ['SD 1.5', ['sd15', 'SD1.5', 'Stable Diffusion v1', 'sd 1.5 inpainting']],
    ['Pony', ['pony', 'Pony Diffusion V6 XL', 'PonyDiffusion', 'pony xl', 'ポニー']],
    ['Pony V7', ['pony v7']],
    ['Illustrious', ['illustrious xl', 'illustrious-xl', 'ILXL', 'イラストリアス']],
    ['NoobAI', ['NoobAI XL', 'NoobAI-XL', 'NoobAI v1.0', 'Noob SDXL']],
    ['Flux.1 D', ['flux dev', 'FLUX.1-dev', 'flux1d']],
    ['Flux.1 S', ['FLUX.1-schnell', 'flux schnell']],
    ['SD 3', ['SD3', 'SD3 Medium']],
    ['ZImageTurbo', ['z-image turbo']],
    ['Wan Video 2.2 T2V-A14B', ['wan 2.2', 'wan2.2 t2v']],
  ] as const;
  for (const [name, spellings] of written) {
    for (const spelling of spellings) it(`${spelling} is ${name}`, () => assert.equal(spellBaseModel(spelling), name));
  }

  it('are no companies, products or merges', () => {
    for (const noise of ['CivitAI', 'RunwayML', 'Stability', 'Midjourney', 'Juggernaut', 'DreamShaper', 'ControlNet']) {
      assert.equal(spellBaseModel(noise), noise);
      assert.equal(familyOf(noise), undefined);
    }
  });

  it('are grouped in families, and a family takes in what is built on it', () => {
    assert.equal(familyOf('illustrious')?.id, 'illustrious');
    const sdxl = basesOfFamily('SDXL') ?? [];
    for (const base of ['SDXL 1.0', 'SDXL Turbo', 'Illustrious', 'NoobAI', 'Pony'])
      assert.ok(sdxl.includes(base), base);
    assert.ok(!sdxl.includes('Pony V7') && !sdxl.includes('SD 1.5'));
    assert.deepEqual(basesOfFamily('Pony'), ['Pony']);
    assert.equal(basesOfFamily('wan')?.length, 12);
    assert.equal(basesOfFamily('no such family'), undefined);
    const ids = new Set(baseFamilies.map(({ id }) => id));
    assert.ok(baseFamilies.every(({ within }) => within === null || ids.has(within)));
  });
});
