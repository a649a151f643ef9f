import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { baseNames, recogniseTensors } from '#engines/modelscan';

import { baseFamilies } from './base-models.ts';
import { kindNamed } from './model-kinds.ts';

type Case = readonly [what: string, kind: string | undefined, family: string | null, names: readonly string[]];

const cases: readonly Case[] = [
  [
    'an SD 1 checkpoint',
    'checkpoint',
    'sd1',
    [
      'model.diffusion_model.input_blocks.0.0.weight',
      'first_stage_model.decoder.conv_in.weight',
      'cond_stage_model.transformer.text_model.embeddings.position_ids',
    ],
  ],
  [
    'an SD 2 checkpoint',
    'checkpoint',
    'sd2',
    [
      'model.diffusion_model.input_blocks.0.0.weight',
      'first_stage_model.decoder.conv_in.weight',
      'cond_stage_model.model.transformer.resblocks.0.attn.in_proj_weight',
    ],
  ],
  [
    'an SDXL checkpoint',
    'checkpoint',
    'sdxl',
    [
      'model.diffusion_model.input_blocks.0.0.weight',
      'first_stage_model.decoder.conv_in.weight',
      'conditioner.embedders.1.model.ln_final.bias',
    ],
  ],
  [
    'an SD 3 checkpoint',
    'checkpoint',
    'sd3',
    ['model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight', 'first_stage_model.decoder.conv_in.weight'],
  ],
  [
    'a Flux transformer',
    'diffusion-model',
    'flux1',
    ['double_blocks.0.img_attn.qkv.weight', 'single_blocks.0.linear1.weight'],
  ],
  [
    'a Flux.2 transformer',
    'diffusion-model',
    'flux2',
    ['double_blocks.0.img_attn.qkv.weight', 'double_stream_modulation_img.lin.weight'],
  ],
  [
    'a Chroma transformer',
    'diffusion-model',
    'chroma',
    ['double_blocks.0.img_attn.qkv.weight', 'distilled_guidance_layer.in_proj.weight'],
  ],
  ['a Wan transformer', 'diffusion-model', 'wan', ['blocks.0.cross_attn.norm_k.weight', 'patch_embedding.weight']],
  ['a Qwen transformer', 'diffusion-model', 'qwen', ['transformer_blocks.0.img_mlp.net.0.proj.weight']],
  [
    'a kohya LoRA of SDXL',
    'lora',
    'sdxl',
    ['lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_down.weight', 'lora_unet_x.lora_up.weight'],
  ],
  ['a kohya LoRA of Flux', 'lora', 'flux1', ['lora_unet_double_blocks_0_img_attn_proj.lora_down.weight']],
  [
    'a diffusers LoRA',
    'lora',
    null,
    ['unet.down_blocks.0.attentions.0.processor.to_q_lora.up.weight', 'unet.x.lora.down.weight'],
  ],
  ['a PEFT LoRA of Flux', 'lora', 'flux1', ['transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight']],
  ['a LoRA of Wan', 'lora', 'wan', ['diffusion_model.blocks.0.cross_attn.k.lora_B.weight']],
  ['a LoCon', 'locon', null, ['lora_unet_down_blocks_0_resnets_0_conv1.lora_down.weight']],
  ['a LoHa', 'loha', null, ['lora_unet_x.hada_w1_a']],
  ['a LoKr', 'lokr', null, ['lora_unet_x.lokr_w1']],
  ['a DoRA', 'dora', null, ['lora_unet_x.lora_down.weight', 'lora_unet_x.dora_scale']],
  ['a VAE', 'vae', null, ['decoder.conv_in.weight', 'encoder.conv_in.weight']],
  ['a ControlNet', 'controlnet', null, ['control_model.input_blocks.0.0.weight']],
  ['a diffusers ControlNet', 'controlnet', null, ['controlnet_cond_embedding.blocks.0.weight', 'down_blocks.0.x']],
  ['a ControlLLLite', 'controlnet-lite', null, ['lllite_unet_x.depth1.0.weight']],
  ['an IP-Adapter', 'ip-adapter', null, ['image_proj.proj.weight', 'ip_adapter.1.to_k_ip.weight']],
  ['a T5 encoder', 't5-encoder', null, ['encoder.block.0.layer.0.SelfAttention.q.weight']],
  ['a CLIP text encoder', 'clip', null, ['text_model.encoder.layers.0.mlp.fc1.weight']],
  ['a CLIP vision model', 'clip-vision', null, ['vision_model.encoder.layers.0.mlp.fc1.weight']],
  ['an LLM in GGUF', 'llm', null, ['blk.0.attn_q.weight']],
  ['an ESRGAN', 'esrgan', null, ['model.1.sub.0.RDB1.conv1.0.weight']],
  ['a motion module', 'motion-module', null, ['down_blocks.0.motion_modules.0.temporal_transformer.norm.weight']],
  ['a motion LoRA', 'motion-lora', null, ['down_blocks.0.motion_modules.0.x.to_q_lora.up.weight']],
  ['something else', undefined, null, ['weight', 'bias']],
];

describe('names of tensors', () => {
  for (const [what, kind, family, names] of cases) {
    it(`tell ${what}`, () => {
      const evidence = recogniseTensors(names.map((name) => ({ name, shape: [1] })));
      assert.deepEqual([evidence.kind?.id, evidence.base?.id ?? null], [kind, family]);
    });
  }

  it('tell an embedding, and by its width for which family it is', () => {
    function embedding(name: string, width: number) {
      const { kind, base } = recogniseTensors([{ name, shape: [4, width] }]);
      return [kind?.id, base?.id];
    }
    assert.deepEqual(embedding('emb_params', 768), ['embedding', 'sd1']);
    assert.deepEqual(embedding('emb_params', 1024), ['embedding', 'sd2']);
    assert.deepEqual(embedding('clip_g', 1280), ['embedding', 'sdxl']);
  });

  it('tell the LoRA of SD 1 from that of SD 2 by the width of the text encoder', () => {
    const name = 'lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight';
    assert.equal(recogniseTensors([{ name, shape: [8, 768] }]).base?.id, 'sd1');
    assert.equal(recogniseTensors([{ name, shape: [8, 1024] }]).base?.id, 'sd2');
  });

  it('speak of kinds and families that exist', () => {
    const families = new Set(baseFamilies.map(({ id }) => id));
    for (const id of Object.keys(baseNames)) assert.ok(families.has(id), id);
    for (const [what, kind, family] of cases) {
      assert.ok(kind === undefined || kindNamed(kind) !== undefined, what);
      assert.ok(family === null || families.has(family), what);
    }
  });
});
