/**
 * Which base model a file belongs to, by names and sides of tensors. An add-on carries the marks of what it adds to.
 * Sources: configurations and code of sgm/ldm, black-forest-labs/flux, lodestone-rock (Chroma), Tencent (HunyuanDiT,
 * HunyuanVideo), Wan-Video, QwenLM, Tongyi-MAI (Z-Image), Alpha-VLLM (Lumina), PixArt, fal (AuraFlow), Lightricks,
 * genmo, THUDM, Stability-AI (SD3.5, StableCascade, SVD), Kwai-Kolors; names of add-ons: kohya sd-scripts, diffusers, PEFT,
 * ComfyUI's model_detection.
 */
import { type Signature, side } from './signature.ts';

/** Cross attention of a UNet in a checkpoint, a ControlNet, a LoRA of kohya, diffusers or PEFT: axis 1 is the text. */
const crossAttention =
  /(?:input|output|middle|down|up|mid)_blocks?[._].*attn2[._](?:processor[._])?to_k(?:_lora)?\.(?:weight|lora_down\.weight|lora_A\.weight|lora\.down\.weight|down\.weight)$/;
const imagePrompt = /^ip_adapter\.\d+\.to_k_ip\.weight$/;
/** kohya calls the only text encoder of SD 1 and SD 2 `lora_te`. */
const textLora = /^lora_te_text_model_.*self_attn_q_proj\.lora_down\.weight$/;
const videoUnet = /\.time_stack\./;

export const baseSignatures: readonly Signature[] = [
  { is: 'sd1', all: [/^cond_stage_model\.transformer\.text_model\./] },
  { is: 'sd1', all: [side(crossAttention, 1, 768)], surety: 0.9 },
  { is: 'sd1', all: [side(imagePrompt, 1, 768)], surety: 0.85 },
  { is: 'sd1', all: [side(textLora, 1, 768)], surety: 0.9 },
  { is: 'sd2', all: [/^cond_stage_model\.model\.transformer\./] },
  { is: 'sd2', all: [side(crossAttention, 1, 1024)], surety: 0.85 },
  { is: 'sd2', all: [side(textLora, 1, 1024)], surety: 0.9 },
  { is: 'svd', all: [videoUnet, side(crossAttention, 1, 1024)], over: ['sd2'] },
  { is: 'sdxl', all: [/^conditioner\.embedders\.1\./] },
  { is: 'sdxl', all: [side(crossAttention, 1, 2048)], surety: 0.9 },
  { is: 'sdxl', all: [side(crossAttention, 1, 1280)], surety: 0.85 },
  { is: 'sdxl', all: [side(imagePrompt, 1, 2048)], surety: 0.85 },
  // Time and size conditions: 2816 in the base model, 2560 in the refiner.
  { is: 'sdxl', all: [side(/(?:label_emb\.0\.0|add_embedding\.linear_1)\.weight$/, 1, 2816)] },
  { is: 'sdxl', all: [side(/(?:label_emb\.0\.0|add_embedding\.linear_1)\.weight$/, 1, 2560)] },
  { is: 'sdxl', all: [/^lora_te2_text_model_/], surety: 0.85 },
  // Only its UNet has more than one transformer block at one place.
  {
    is: 'sdxl',
    all: [/^lora_unet_(?:input|output|middle|down|up|mid)_blocks?_.*_transformer_blocks_[1-9]\d*_/],
    surety: 0.9,
  },
  { is: 'kolors', all: [side(/(?:^|\.)encoder_hid_proj\.weight$/, 1, 4096)], over: ['sdxl'] },
  { is: 'sd3', all: [/(?:^|[._])joint_blocks[._]/] },
  {
    is: 'sd3',
    all: [/^(?:transformer\.)?pos_embed\.pos_embed$/, /transformer_blocks\.\d+\.attn\.add_k_proj\./],
    surety: 0.9,
  },
  { is: 'sd3', all: [/^lora_te2_text_model_/, /^lora_te3_/], surety: 0.8, over: ['sdxl'] },
  // Each block with a modulation of its own: what Chroma and Flux.2 left out.
  { is: 'flux1', all: [/(?:^|[._])double_blocks[._]\d+[._]img_mod[._]lin[._]/] },
  { is: 'flux1', all: [/(?:^|[._])single_transformer_blocks[._]\d+[._]norm[._]linear[._]/] },
  // Its blocks, as others took them over; an add-on that leaves the modulation alone shows no more.
  { is: 'flux1', all: [/(?:^|[._])double_blocks[._]\d+[._]img_(?:attn|mlp)/], surety: 0.65 },
  { is: 'flux1', all: [/(?:^|[._])single_transformer_blocks[._]/], surety: 0.65 },
  { is: 'flux2', all: [/(?:^|\.)double_stream_modulation_img\./], over: ['flux1'] },
  { is: 'flux2', all: [/single_transformer_blocks[._]\d+[._]attn[._]to_qkv_mlp_proj[._]/], over: ['flux1'] },
  { is: 'chroma', all: [/(?:^|[._])distilled_guidance_layer[._]/], over: ['flux1'] },
  { is: 'hunyuan-video', all: [/txt_in[._]individual_token_refiner/], surety: 0.85, over: ['flux1'] },
  {
    is: 'hunyuan-video',
    all: [/(?:^|\.)double_blocks\.\d+\.(?:img|txt)_attn_(?:qkv|proj)\./],
    surety: 0.85,
    over: ['flux1'],
  },
  { is: 'wan', all: [/(?:^|[._])blocks[._]\d+[._]cross_attn[._](?:[qkvo]|[kv]_img|norm_[qk](?:_img)?)\./] },
  { is: 'anima', all: [/(?:^|\.)llm_adapter\.blocks\.\d+\.cross_attn\.q_proj\./], surety: 0.85 },
  { is: 'qwen', all: [/(?:^|[._])transformer_blocks[._]\d+[._]img_mlp[._]/] },
  { is: 'z-image', all: [/(?:^|\.)(?:x|cap)_pad_token$/] },
  { is: 'z-image', all: [side(/(?:^|\.)cap_embedder\.1\.weight$/, 0, 3840)], surety: 0.9 },
  {
    is: 'z-image',
    all: [side(/(?:^|[._])layers[._]\d+[._]attention[._](?:to_)?(?:q|k|v|qkv)\.lora_(?:A|down)\.weight$/, 1, 3840)],
    surety: 0.85,
  },
  { is: 'lumina', all: [side(/(?:^|\.)cap_embedder\.1\.weight$/, 0, 2304)], surety: 0.9 },
  { is: 'pixart', all: [/(?:^|\.)pos_embed\.proj\./, /(?:^|\.)adaln_single\./], surety: 0.9 },
  { is: 'pixart', all: [/(?:^|\.)t_block\.1\./, /(?:^|\.)y_embedder\.y_embedding$/], surety: 0.9 },
  { is: 'auraflow', all: [/(?:^|[._])double_layers[._]\d+[._]/] },
  // As diffusers names them.
  { is: 'auraflow', all: [/(?:^|[._])joint_transformer_blocks[._]/], surety: 0.9, over: ['flux1'] },
  { is: 'hunyuan-video', all: [/(?:^|\.)context_embedder\.token_refiner\./], surety: 0.85, over: ['flux1'] },
  { is: 'hidream', all: [/(?:^|[._])double_stream_blocks[._]\d+[._]/] },
  { is: 'ltx', all: [/(?:^|\.)patchify_proj\./], surety: 0.85 },
  {
    is: 'cogvideox',
    all: [/(?:^|\.)patch_embed\.text_proj\./, /transformer_blocks\.\d+\.norm1\.linear\./],
    surety: 0.85,
  },
  { is: 'mochi', all: [/(?:^|\.)blocks\.\d+\.attn\.qkv_x\./] },
  { is: 'stable-cascade', all: [/(?:^|\.)(?:clip_txt_mapper|effnet_mapper)\./] },
  { is: 'hunyuan-image', all: [/(?:^|\.)mlp_t5\.0\./, /(?:^|\.)pooler\.positional_embedding$/] },
];

interface VariantSignature extends Signature {
  readonly of: string;
  /** None of these may be there; only where `all` proves that the place for them is. */
  readonly none?: readonly RegExp[];
}

/** Editions of a base that differ in their tensors. */
export const variantSignatures: readonly VariantSignature[] = [
  { of: 'flux1', is: 'fill', all: [/(?:^|\.)guidance_in\./, side(/(?:^|\.)img_in\.weight$/, 1, 384)] },
  { of: 'flux1', is: 'dev', all: [/(?:^|\.)guidance_in\./] },
  {
    of: 'flux1',
    is: 'schnell',
    all: [/(?:^|\.)time_in\.in_layer\.weight$/, /(?:^|\.)vector_in\.in_layer\.weight$/],
    none: [/(?:^|\.)guidance_in\./],
  },
  { of: 'sd3', is: '3.5', all: [/joint_blocks\.\d+\.x_block\.attn\.ln_q\./] },
];

/** How trainers begin the name of an architecture (modelspec.architecture, ss_base_model_version, general.architecture). */
export const statedBases: readonly (readonly [RegExp, string])[] = [
  [/^(?:stable-diffusion-v?1|sd[_-]?v?1)/i, 'sd1'],
  [/^(?:stable-diffusion-v?2|sd[_-]?v?2)/i, 'sd2'],
  [/^(?:stable-diffusion-xl|sdxl)/i, 'sdxl'],
  [/^(?:stable-diffusion-v?3|sd[_-]?v?3)/i, 'sd3'],
  [/^flux-?\.?2/i, 'flux2'],
  [/^flux/i, 'flux1'],
  [/^chroma/i, 'chroma'],
  [/^(?:hunyuan[-_]?video)/i, 'hunyuan-video'],
  [/^wan/i, 'wan'],
  [/^qwen[-_]?image/i, 'qwen'],
  [/^z[-_]?image/i, 'z-image'],
  [/^lumina/i, 'lumina'],
  [/^pixart/i, 'pixart'],
  [/^aura[-_]?flow/i, 'auraflow'],
  [/^hidream/i, 'hidream'],
  [/^ltxv?/i, 'ltx'],
  [/^stable[-_]?cascade/i, 'stable-cascade'],
];

/** What people call them. `sdxl` takes in everything built on it: no tensor tells Pony or Illustrious from SDXL. */
export const baseNames: Readonly<Record<string, string>> = {
  sd1: 'SD 1.x',
  sd2: 'SD 2.x',
  sdxl: 'SDXL',
  sd3: 'SD 3',
  svd: 'SVD',
  kolors: 'Kolors',
  flux1: 'Flux.1',
  flux2: 'Flux.2',
  chroma: 'Chroma',
  'hunyuan-video': 'HunyuanVideo',
  'hunyuan-image': 'HunyuanDiT',
  wan: 'Wan',
  anima: 'Anima',
  qwen: 'Qwen-Image',
  'z-image': 'Z-Image',
  lumina: 'Lumina',
  pixart: 'PixArt',
  auraflow: 'AuraFlow',
  hidream: 'HiDream',
  ltx: 'LTX',
  cogvideox: 'CogVideoX',
  mochi: 'Mochi',
  'stable-cascade': 'Stable Cascade',
};
