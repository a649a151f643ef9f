import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { scanBytes } from '#engines/modelscan';

import { refusalOfBase } from './early-refusal-base.ts';

const unet = 'model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight';
const kohya = 'lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight';
const peft = 'unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight';

type Tensors = Readonly<Record<string, readonly number[]>>;
type Notes = Readonly<Record<string, string>>;

const sd1: Tensors = { [unet]: [8, 768], 'cond_stage_model.transformer.text_model.x': [1] };
const flux: Tensors = { 'double_blocks.0.img_attn.qkv.weight': [2, 2], 'double_blocks.1.img_attn.qkv.weight': [2, 2] };

const refused: readonly (readonly [string, Tensors, string])[] = [
  ['an SD 1 checkpoint', sd1, 'Pony'],
  ['an SD 2 UNet', { [unet]: [8, 1024] }, 'SDXL 1.0'],
  ['an SDXL checkpoint', { [unet]: [8, 2048], 'conditioner.embedders.1.model.ln_final.bias': [1280] }, 'SD 1.5'],
  ['a LoRA for SDXL', { [kohya]: [16, 2048], 'lora_te2_text_model_x.lora_down.weight': [16, 8] }, 'Flux.1 D'],
  ['a LoRA for SD 1 in PEFT', { [peft]: [4, 768] }, 'Illustrious'],
  ['a Flux transformer', flux, 'SDXL 1.0'],
  ['an SD 3 checkpoint', { 'model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight': [1, 1] }, 'SD 1.5'],
  ['the refiner of SDXL', { [unet]: [8, 1280] }, 'SD 1.5'],
];

const passed: readonly (readonly [string, Tensors, string | null, Notes])[] = [
  ['what it says it is', sd1, 'SD 1.5', {}],
  ['what nobody says anything of', sd1, null, {}],
  ['what is said to be of a base that looks like others', flux, 'Chroma', {}],
  ['a Chroma transformer', { ...flux, 'distilled_guidance_layer.x': [1] }, 'SDXL 1.0', {}],
  ['text parts of a LoRA', { 'lora_te2_x.lora_down.weight': [1], 'lora_te3_x.lora_down.weight': [1] }, 'SDXL 1.0', {}],
  ['names and widths that disagree', { [unet]: [8, 768], 'conditioner.embedders.1.model.x': [1] }, 'SD 3', {}],
  ['what its maker calls otherwise', sd1, 'SDXL 1.0', { ss_base_model_version: 'sdxl_base_v1-0' }],
  ['what only a note tells', { weight: [1] }, 'SDXL 1.0', { ss_base_model_version: 'sd_v1' }],
  ['a VAE', { 'first_stage_model.decoder.conv_in.weight': [8, 4, 3, 3] }, 'SD 1.5', {}],
];

describe('a file for another base model', () => {
  for (const [what, tensors, claimed] of refused) {
    it(`is refused: ${what} for ${claimed}`, async () => {
      assert.equal((await look(tensors, claimed))?.code, 'models.wrong-base-model');
    });
  }

  for (const [what, tensors, claimed, notes] of passed) {
    it(`is not: ${what}`, async () => {
      assert.equal(await look(tensors, claimed, notes), undefined);
    });
  }
});

async function look(tensors: Tensors, baseModel: string | null, notes: Notes = {}) {
  const report = await scanBytes(safetensors(tensors, notes), { names: ['m.safetensors'] });
  assert.deepEqual(report.findings, []);
  return refusalOfBase(report, { file: { name: 'm.safetensors' }, version: { baseModel } });
}

/** A file of zeros of one byte each. */
function safetensors(tensors: Tensors, notes: Notes): Buffer {
  let at = 0;
  const entries = Object.entries(tensors).map(([name, shape]) => {
    const begin = at;
    at += shape.reduce((product, side) => product * side, 1);
    return [name, { dtype: 'U8', shape, data_offsets: [begin, at] }] as const;
  });
  const header = Buffer.from(JSON.stringify({ __metadata__: notes, ...Object.fromEntries(entries) }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(at)]);
}
