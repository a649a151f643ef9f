/**
 * Which kind of model writes which tensors: prefixes and suffixes that only one architecture or trainer has. From the
 * published code of ldm/sgm, diffusers, kohya sd-scripts, LyCORIS, PEFT, AUTOMATIC1111's web UI, ComfyUI's
 * model_detection, spandrel's architectures, ultralytics, llama.cpp's gguf-py, and the makers of each adapter.
 */
import { type Signature, side } from './signature.ts';

/** Low-rank parts as kohya (`lora_down`), diffusers (`lora.down`, `_lora.down`), PEFT (`lora_A`) and flash-attn name them. */
const loraPart = /(?:^|[._])lora(?:_(?:up|down|mid|A|B)\b|\.(?:up|down)\.|_linear_layer|_embedding)/;
const unet = /^(?:model\.)?diffusion_model\./;
const autoencoder = /^(?:first_stage_model\.|vae\.)/;

/** The first that fits decides, so the narrower ones come first. */
export const kindSignatures: readonly Signature[] = [
  { is: 'motion-lora', all: [/motion_modules\./, loraPart] },
  { is: 'motion-module', all: [/motion_modules\./] },
  { is: 'dora', all: [/\.dora_scale$/] },
  { is: 'loha', all: [/\.hada_w1_[ab]$/] },
  { is: 'lokr', all: [/\.lokr_w[12](?:_[ab])?$/] },
  { is: 'oft', all: [/\.oft_(?:blocks|diag)$/] },
  { is: 'ia3', all: [/\.on_input$/] },
  { is: 'glora', all: [/\.a1\.weight$/, /\.b1\.weight$/] },
  { is: 'control-lora', all: [/^lora_controlnet$/] },
  { is: 'ip-adapter-faceid', all: [/^ip_adapter\./, loraPart] },
  {
    is: 'locon',
    all: [/\.lora_mid\.weight$|_(?:conv\d?|conv_shortcut|in_layers_\d|out_layers_\d)\.lora_down\.weight$/],
  },
  { is: 'lora', all: [loraPart] },
  { is: 'ip-adapter', all: [/^image_proj\./, /^ip_adapter\./] },
  { is: 'controlnet-lite', all: [/^lllite_/] },
  {
    is: 'controlnet',
    all: [/^control_model\.|controlnet_cond_embedding\.|^controlnet_(?:blocks|down_blocks|mid_block|x_embedder)\b/],
  },
  { is: 't2i-adapter', all: [/^(?:adapter\.)?body\.\d+\.(?:in_conv|block1|resnets)\b/], surety: 0.9 },
  { is: 'gligen', all: [/(?:^|\.)position_net\./] },
  { is: 'style-model', all: [/^redux_(?:up|down)\./] },
  // AUTOMATIC1111 keeps how its layers are built beside them.
  { is: 'hypernetwork', all: [/^layer_structure$/, /^activation_func$/] },
  { is: 'checkpoint', all: [unet, autoencoder] },
  { is: 'sam', all: [/(?:^|\.)image_encoder\./, /(?:^|\.)mask_decoder\./] },
  { is: 'codeformer', all: [/^quantize\.embedding/, /^(?:fuse_convs_dict|position_emb)\b/] },
  { is: 'face-restore', all: [/(?:^|\.)stylegan_decoder\./] },
  { is: 'esrgan', all: [/^(?:model\.1\.sub\.\d+\.RDB1|RRDB_trunk\.\d+|body\.\d+\.rdb1)\./] },
  { is: 'dat', all: [/\.attn\.attns\.\d/], surety: 0.85 },
  { is: 'swinir', all: [/residual_group\.blocks\.\d/], surety: 0.85 },
  {
    is: 'vae-approx',
    all: [/^taesd_(?:encoder|decoder)\.|^(?:encoder|decoder)\.layers\.\d+\.conv\.\d/],
    surety: 0.9,
  },
  {
    is: 'diffusion-model',
    all: [
      /^(?:model\.)?(?:diffusion_model\.)?(?:double_blocks|single_blocks|joint_blocks|(?:single_)?transformer_blocks|double_stream_blocks|double_layers|noise_refiner|input_blocks|down_blocks|blocks\.\d+\.cross_attn)\b/,
    ],
    surety: 0.9,
  },
  { is: 'diffusion-model', all: [unet] },
  { is: 'vae', all: [/^(?:first_stage_model\.|vae\.)?decoder\.(?:conv_in|conv1|mid|mid_block|middle)\b/], surety: 0.9 },
  { is: 't5-encoder', all: [/(?:^|\.)encoder\.block\.\d+\.layer\.\d\.SelfAttention\.|^enc\.blk\.\d+\.attn_q\./] },
  { is: 'clip', all: [/(?:^|\.)text_model\.encoder\.layers\.|^transformer\.resblocks\./], surety: 0.9 },
  {
    is: 'clip-vision',
    all: [/(?:^|\.)vision_model\.encoder\.layers\.|^visual\.transformer\.resblocks\./],
    surety: 0.9,
  },
  {
    is: 'vlm',
    all: [/(?:^|\.)layers\.\d+\.self_attn\.q_proj\./, /^(?:model\.)?(?:visual|vision_tower|vision_model)\./],
    surety: 0.9,
  },
  { is: 'llm', all: [/(?:^|\.)layers\.\d+\.self_attn\.q_proj\.|^blk\.\d+\.attn_(?:q|qkv)\./], surety: 0.9 },
  { is: 'detection', all: [/^model\.\d+\.(?:conv|cv1)\b/, /^model\.\d+\.(?:bn|m|cv2|cv3)\b/], surety: 0.8 },
];

/** Special cases that stand beside the kind they belong to. */
export const specialSignatures: readonly Signature[] = [
  // The picture, its mask and the masked picture: nine channels (runwayml, inpainting configuration of ldm).
  { is: 'inpainting-checkpoint', all: [unet, side(/(?:^|\.)input_blocks\.0\.0\.weight$/, 1, 9)] },
  // The refiner hears only the larger of the two text encoders: 1280 (sgm, sd_xl_refiner.yaml).
  { is: 'refiner', all: [autoencoder, side(/_blocks?\..*attn2\.to_k\.weight$/, 1, 1280)] },
  { is: 'controlnet-union', all: [/^(?:control_model\.)?task_embedding$|^controlnet_mode_embedder\./] },
  // bitsandbytes, ComfyUI's scaled fp8, nunchaku.
  { is: 'quantised-model', all: [/\.(?:absmax|quant_map|scale_weight|weight_scale|wscales)$|\.quant_state\./] },
];

/** Which kind each special case belongs to. */
export const parentOfSpecial: Readonly<Record<string, string>> = {
  'inpainting-checkpoint': 'checkpoint',
  refiner: 'checkpoint',
  'controlnet-union': 'controlnet',
  'quantised-model': 'diffusion-model',
};
