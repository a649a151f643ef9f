/**
 * What the names of tensors tell: prefixes that only one architecture or trainer writes. From the published code of
 * ldm, diffusers, kohya sd-scripts, LyCORIS, PEFT, ComfyUI's model_detection and the makers of each model.
 */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface TensorEvidence {
  /** Kinds that the names prove; the first is the main one, others are special cases of it. */
  readonly kinds: readonly string[];
  /** Family of base models; null = these names do not tell. */
  readonly family: string | null;
}

interface Rule {
  readonly is: string;
  /** Each must be found in some name. */
  readonly all: readonly RegExp[];
}

/** More names than any architecture needs to be known by. */
const MOST_NAMES = 20_000;

const loraPart = /(?:^|[._])lora(?:_(?:up|down|mid|A|B)\b|\.(?:up|down)\.|_linear_layer|_embedding)/;
const unet = /^(?:model\.)?diffusion_model\./;
const autoencoder = /^(?:first_stage_model\.|vae\.)/;

/** The first rule that fits decides, so the narrower ones come first. */
const kindRules: readonly Rule[] = [
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
  { is: 't2i-adapter', all: [/^(?:adapter\.)?body\.\d+\.(?:in_conv|block1|resnets)\b/] },
  { is: 'gligen', all: [/(?:^|\.)position_net\./] },
  { is: 'style-model', all: [/^redux_(?:up|down)\./] },
  { is: 'checkpoint', all: [unet, autoencoder] },
  { is: 'sam', all: [/(?:^|\.)image_encoder\./, /(?:^|\.)mask_decoder\./] },
  { is: 'codeformer', all: [/^quantize\.embedding/, /^(?:fuse_convs_dict|position_emb)\b/] },
  { is: 'face-restore', all: [/(?:^|\.)stylegan_decoder\./] },
  { is: 'esrgan', all: [/^(?:model\.1\.sub\.\d+\.RDB1|RRDB_trunk\.\d+|body\.\d+\.rdb1)\./] },
  { is: 'dat', all: [/\.attn\.attns\.\d/] },
  { is: 'swinir', all: [/residual_group\.blocks\.\d/] },
  { is: 'vae-approx', all: [/^taesd_(?:encoder|decoder)\.|^(?:encoder|decoder)\.layers\.\d+\.conv\.\d/] },
  {
    is: 'diffusion-model',
    all: [
      /^(?:model\.)?(?:diffusion_model\.)?(?:double_blocks|single_blocks|joint_blocks|(?:single_)?transformer_blocks|double_stream_blocks|double_layers|noise_refiner|input_blocks|down_blocks|blocks\.\d+\.cross_attn)\b/,
    ],
  },
  { is: 'diffusion-model', all: [unet] },
  {
    is: 'vae',
    all: [/^(?:first_stage_model\.|vae\.)?decoder\.(?:conv_in|conv1|mid|mid_block|middle)\b/],
  },
  { is: 't5-encoder', all: [/(?:^|\.)encoder\.block\.\d+\.layer\.\d\.SelfAttention\./] },
  { is: 'clip', all: [/(?:^|\.)text_model\.encoder\.layers\.|^transformer\.resblocks\./] },
  { is: 'clip-vision', all: [/(?:^|\.)vision_model\.encoder\.layers\.|^visual\.transformer\.resblocks\./] },
  {
    is: 'vlm',
    all: [/(?:^|\.)layers\.\d+\.self_attn\.q_proj\./, /^(?:model\.)?(?:visual|vision_tower|vision_model)\./],
  },
  { is: 'llm', all: [/(?:^|\.)layers\.\d+\.self_attn\.q_proj\.|^blk\.\d+\.attn_q\./] },
  { is: 'detection', all: [/^model\.\d+\.(?:conv|cv1)\b/, /^model\.\d+\.(?:bn|m|cv2|cv3)\b/] },
];

/** A DoRA or LoHa is no special case of the LoRA for the site; these are. */
const alsoRules: readonly Rule[] = [
  { is: 'inpainting-checkpoint', all: [unet, /^mask_downsampler$/] },
  { is: 'controlnet-union', all: [/^(?:control_model\.)?task_embedding$|^controlnet_mode_embedder\./] },
];

const familyRules: readonly Rule[] = [
  { is: 'chroma', all: [/(?:^|\.)distilled_guidance_layer\./] },
  { is: 'hunyuan-video', all: [/txt_in[._]individual_token_refiner/] },
  { is: 'flux2', all: [/(?:^|\.)double_stream_modulation_img\./] },
  { is: 'flux1', all: [/(?:^|[._])double_blocks[._]\d+[._]img_(?:attn|mlp)|(?:^|[._])single_transformer_blocks[._]/] },
  { is: 'sd3', all: [/(?:^|[._])joint_blocks[._]/] },
  { is: 'wan', all: [/(?:^|[._])blocks[._]\d+[._]cross_attn[._]/] },
  { is: 'qwen', all: [/(?:^|[._])transformer_blocks[._]\d+[._]img_mlp[._]/] },
  { is: 'ltx', all: [/(?:^|\.)patchify_proj\./] },
  { is: 'pixart', all: [/(?:^|\.)adaln_single\./, /(?:^|\.)caption_projection\./] },
  { is: 'auraflow', all: [/(?:^|\.)double_layers\.\d+\./] },
  { is: 'hidream', all: [/(?:^|\.)double_stream_blocks\.\d+\./] },
  {
    is: 'sdxl',
    all: [
      /^conditioner\.embedders\.1\.|^lora_te2_|^(?:add_embedding\.linear_1|(?:model\.)?diffusion_model\.label_emb)\b|^clip_g$/,
    ],
  },
  { is: 'sd2', all: [/^cond_stage_model\.model\.transformer\./] },
  { is: 'sd1', all: [/^cond_stage_model\.transformer\.text_model\./] },
];

/** Widths of the text embeddings; only these two families put one vector list into a file by itself. */
const familyByWidth: Readonly<Record<number, string>> = { 768: 'sd1', 1024: 'sd2' };
const embeddingNames = /^(?:emb_params|clip_[lg]|t5xxl|string_to_param\..*)$/;

export function recogniseTensors(tensors: readonly Tensor[]): TensorEvidence {
  const names = tensors.slice(0, MOST_NAMES).map(({ name }) => name);
  if (names.length > 0 && names.length <= 4 && names.every((name) => embeddingNames.test(name))) {
    return { kinds: ['embedding'], family: familyOfEmbedding(tensors) };
  }
  const main = kindRules.find((rule) => fits(rule, names))?.is;
  const family = familyRules.find((rule) => fits(rule, names))?.is ?? familyOfTextLora(tensors);
  if (main === undefined) return { kinds: [], family };
  return { kinds: [main, ...alsoRules.filter((rule) => fits(rule, names)).map(({ is }) => is)], family };
}

function fits({ all }: Rule, names: readonly string[]): boolean {
  return all.every((pattern) => names.some((name) => pattern.test(name)));
}

function familyOfEmbedding(tensors: readonly Tensor[]): string | null {
  if (tensors.some(({ name }) => name === 'clip_g')) return 'sdxl';
  return familyByWidth[tensors[0]?.shape.at(-1) ?? 0] ?? null;
}

/** SD 1 and SD 2 name the text part of a LoRA alike; its width tells them apart. */
function familyOfTextLora(tensors: readonly Tensor[]): string | null {
  const down = tensors.find(({ name }) => /^lora_te_text_model_.*self_attn_q_proj\.lora_down\.weight$/.test(name));
  return familyByWidth[down?.shape.at(-1) ?? 0] ?? null;
}
