import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { provenFamily } from './early-refusal-base.ts';

const unet = 'model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight';
const kohya = 'lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight';
const peft = 'unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight';

type Tensors = Readonly<Record<string, readonly number[]>>;

const proven: readonly (readonly [string, Tensors, string | undefined])[] = [
  ['an SD 1 checkpoint', { [unet]: [320, 768], 'cond_stage_model.transformer.text_model.x': [1] }, 'sd1'],
  ['an SD 2 UNet', { [unet]: [320, 1024] }, 'sd2'],
  ['an SDXL checkpoint', { [unet]: [640, 2048], 'conditioner.embedders.1.model.ln_final.bias': [1280] }, 'sdxl'],
  ['a LoRA for SDXL', { [kohya]: [16, 2048], 'lora_te2_text_model_x.lora_down.weight': [16, 1280] }, 'sdxl'],
  ['a LoRA for SD 1 in PEFT', { [peft]: [4, 768] }, 'sd1'],
  ['a Flux transformer', { 'double_blocks.0.img_attn.qkv.weight': [9216, 3072] }, 'flux1'],
  ['an SD 3 checkpoint', { 'model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight': [1, 1] }, 'sd3'],
  [
    'a Chroma transformer',
    { 'double_blocks.0.img_attn.qkv.weight': [1, 1], 'distilled_guidance_layer.x': [1] },
    undefined,
  ],
  [
    'the text parts of a LoRA for SD 3',
    { 'lora_te2_x.lora_down.weight': [1], 'lora_te3_x.lora_down.weight': [1] },
    undefined,
  ],
  ['the refiner of SDXL', { [unet]: [640, 1280] }, undefined],
  ['names and widths that disagree', { [unet]: [320, 768], 'conditioner.embedders.1.model.x': [1] }, undefined],
  ['a VAE', { 'first_stage_model.decoder.conv_in.weight': [512, 4, 3, 3] }, undefined],
  ['nothing', {}, undefined],
];

describe('provenFamily', () => {
  for (const [what, tensors, family] of proven) {
    it(`of ${what} is ${family ?? 'not known'}`, () => {
      const list = Object.entries(tensors).map(([name, shape]) => ({ name, shape }));
      assert.equal(provenFamily(list), family);
    });
  }
});
