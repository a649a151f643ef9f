import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { layoutNames } from '../../contract/index.ts';
import { folderFor } from './layouts.ts';

function place(layout: (typeof layoutNames)[number], modelType: string, fileType = 'Model', format = 'SafeTensor') {
  return folderFor(layout, { modelType, fileType, format });
}

describe('the folder of a file', () => {
  it('is the one each program looks into (civitai-api.md §8.1)', () => {
    const expected = {
      Checkpoint: ['checkpoints', 'models/Stable-diffusion', 'models/Stable-diffusion', 'StableDiffusion'],
      LORA: ['loras', 'models/Lora', 'models/Lora', 'Lora'],
      DoRA: ['loras', 'models/Lora', 'models/Lora', 'Lora'],
      LoCon: ['loras', 'models/Lora', 'models/Lora', 'LyCORIS'],
      TextualInversion: ['embeddings', 'embeddings', 'embeddings', 'Embeddings'],
      Hypernetwork: ['hypernetworks', 'models/hypernetworks', 'models/hypernetworks', 'Hypernetwork'],
      VAE: ['vae', 'models/VAE', 'models/VAE', 'VAE'],
      Controlnet: ['controlnet', 'models/ControlNet', 'models/ControlNet', 'ControlNet'],
      Upscaler: ['upscale_models', 'models/ESRGAN', 'models/ESRGAN', 'ESRGAN'],
      TextEncoder: ['text_encoders', 'models/text_encoder', 'models/text_encoder', 'TextEncoders'],
    };
    for (const [type, folders] of Object.entries(expected)) {
      assert.deepEqual(
        layoutNames.map((layout) => place(layout, type)),
        folders,
        type,
      );
    }
  });

  it('follows the kind of file before the kind of model', () => {
    assert.equal(place('comfyui', 'Checkpoint', 'VAE'), 'vae');
    assert.equal(place('comfyui', 'Checkpoint', 'Text Encoder'), 'text_encoders');
    assert.equal(place('comfyui', 'Checkpoint', 'Diffusion Model'), 'diffusion_models');
    assert.equal(place('comfyui', 'LORA', 'Training Data'), 'training-data');
    assert.equal(place('comfyui', 'TextualInversion', 'Negative'), 'embeddings');
  });

  it('is that of bare weights for a quantised checkpoint', () => {
    assert.equal(place('comfyui', 'Checkpoint', 'Model', 'GGUF'), 'diffusion_models');
    assert.equal(place('stability-matrix', 'Checkpoint', 'Model', 'GGUF'), 'DiffusionModels');
    assert.equal(place('comfyui', 'LORA', 'Model', 'GGUF'), 'loras');
  });

  it('is that of the content where the site names no kind, and only there', () => {
    const content = { fileType: 'Model', format: 'SafeTensor', kind: 'lora' };
    assert.equal(folderFor('comfyui', { ...content, modelType: 'Other' }), 'loras');
    assert.equal(folderFor('comfyui', { ...content, modelType: 'Holo Lattice' }), 'loras');
    assert.equal(folderFor('comfyui', { ...content, modelType: 'Checkpoint' }), 'checkpoints');
    assert.equal(folderFor('comfyui', { ...content, modelType: 'Other', fileType: 'VAE' }), 'vae');
    assert.equal(
      folderFor('comfyui', { ...content, modelType: 'Holo Lattice', kind: 'unheard of' }),
      'other/holo-lattice',
    );
  });

  it('is never a loader of ours for types nobody knows yet', () => {
    assert.equal(place('comfyui', 'Holo Lattice'), 'other/holo-lattice');
    assert.equal(place('a1111', '../../etc'), 'other/etc');
    assert.equal(place('forge', ''), 'other/unknown');
  });
});
