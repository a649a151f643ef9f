import type { TensorFacts } from './tensor-facts.ts';

/** Metadata keys in which trainers name the base model (modelspec 1.0, kohya sd-scripts). */
const statedKeys = ['modelspec.architecture', 'ss_base_model_version', 'ss_sd_model_name', 'modelspec.implementation'];

/** Parts of tensor names that only one family has. */
const nameHints: readonly (readonly [RegExp, string])[] = [
  [/^conditioner\.embedders\.1\.|lora_te2_/, 'SDXL'],
  [/^cond_stage_model\.model\.transformer\./, 'SD 2'],
  [/^cond_stage_model\.transformer\.text_model\./, 'SD 1'],
  [/(?:^|[._])joint_blocks[._]/, 'SD 3'],
  [/(?:^|[._])double_blocks[._]/, 'Flux'],
  [/(?:^|[._])lora_(?:up|down|A|B)\b|\.alpha$/, 'LoRA'],
  [/(?:^|[._])hada_w[12]_/, 'LoHa'],
  [/(?:^|[._])lokr_w[12]/, 'LoKr'],
  [/^control_model\.|^controlnet_/, 'ControlNet'],
  [/^first_stage_model\./, 'checkpoint with VAE'],
];

export function baseHints(tensors: readonly TensorFacts[], entries: ReadonlyMap<string, string>): string[] {
  const stated = statedKeys.map((key) => entries.get(key)).filter((value) => value !== undefined && value !== '');
  const seen = nameHints.filter(([pattern]) => tensors.some(({ name }) => pattern.test(name))).map(([, hint]) => hint);
  return [...new Set([...stated, ...seen])].filter((hint) => hint !== undefined).map((hint) => hint.slice(0, 200));
}
