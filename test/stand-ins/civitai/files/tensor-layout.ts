/** Tensor names and shapes as the trainers and model families write them, sized to a wish in bytes. */
export type Precision = 'F32' | 'F16' | 'BF16' | 'F8_E4M3';

export interface Tensor {
  readonly name: string;
  readonly dtype: Precision;
  readonly shape: readonly number[];
}

const widths: Readonly<Record<Precision, number>> = { F32: 4, F16: 2, BF16: 2, F8_E4M3: 1 };

export function tensorBytes(tensor: Tensor): number {
  return tensor.shape.reduce((product, side) => product * side, widths[tensor.dtype]);
}

/** Matrices under the given names that together weigh about `totalBytes`. */
export function sizedTensors(names: readonly string[], totalBytes: number, dtype: Precision): Tensor[] {
  const elements = Math.max(8, totalBytes / names.length / widths[dtype]);
  const columns = Math.max(8, Math.round(Math.sqrt(elements) / 8) * 8);
  const rows = Math.max(1, Math.round(elements / columns));
  return names.map((name) => ({ name, dtype, shape: [rows, columns] }));
}

export type LoraFamily = 'sd1' | 'sdxl' | 'flux' | 'dit';

/** Low-rank pairs (`down`/`up` or `A`/`B`) of a LoRA; the alphas are written by the caller. */
export function loraTensors(family: LoraFamily, options: { readonly bytes: number; readonly rank: number }): Tensor[] {
  const modules = modulesOf(family);
  const affordable = Math.max(4, Math.floor(options.bytes / (options.rank * 64)));
  const chosen = modules.slice(0, Math.min(modules.length, affordable));
  const width = Math.max(8, Math.round(options.bytes / (chosen.length * options.rank * 4) / 8) * 8);
  const [down, up] = family === 'dit' ? ['lora_A', 'lora_B'] : ['lora_down', 'lora_up'];
  return chosen.flatMap((name): Tensor[] => [
    { name: `${name}.${down}.weight`, dtype: 'F16', shape: [options.rank, width] },
    { name: `${name}.${up}.weight`, dtype: 'F16', shape: [width, options.rank] },
  ]);
}

export function checkpointNames(family: 'sd1' | 'sdxl' | 'flux'): string[] {
  if (family === 'flux') return fluxNames('model.diffusion_model.');
  const depth = family === 'sdxl' ? 10 : 1;
  const blocks = [1, 2, 4, 5, 7, 8].flatMap((block) =>
    count(depth).flatMap((layer) =>
      attentionNames(`model.diffusion_model.input_blocks.${block}.1.transformer_blocks.${layer}`),
    ),
  );
  const encoder = family === 'sdxl' ? 'conditioner.embedders.0.transformer' : 'cond_stage_model.transformer';
  return [...blocks, ...vaeNames('first_stage_model.'), ...clipNames(`${encoder}.`, 12)];
}

export function fluxNames(prefix: string): string[] {
  return [
    ...count(19).flatMap((n) =>
      ['img_attn.qkv', 'txt_attn.qkv', 'img_mlp.0'].map((m) => `${prefix}double_blocks.${n}.${m}.weight`),
    ),
    ...count(38).flatMap((n) => ['linear1', 'linear2'].map((m) => `${prefix}single_blocks.${n}.${m}.weight`)),
  ];
}

export function vaeNames(prefix = ''): string[] {
  return ['encoder.down', 'decoder.up'].flatMap((side) =>
    count(4).flatMap((level) =>
      count(2).flatMap((block) =>
        ['conv1', 'conv2'].map((conv) => `${prefix}${side}.${level}.block.${block}.${conv}.weight`),
      ),
    ),
  );
}

export function clipNames(prefix: string, layers: number): string[] {
  return count(layers).flatMap((layer) =>
    ['self_attn.q_proj', 'self_attn.k_proj', 'self_attn.v_proj', 'self_attn.out_proj', 'mlp.fc1', 'mlp.fc2'].map(
      (part) => `${prefix}text_model.encoder.layers.${layer}.${part}.weight`,
    ),
  );
}

export function visionNames(layers: number): string[] {
  return clipNames('', layers).map((name) => name.replace('text_model', 'vision_model'));
}

export function controlnetNames(): string[] {
  return [1, 2, 4, 5, 7, 8].flatMap((block) =>
    attentionNames(`control_model.input_blocks.${block}.1.transformer_blocks.0`),
  );
}

export function upscalerNames(): string[] {
  return [
    'conv_first.weight',
    ...count(23).flatMap((n) => [1, 2, 3].map((dense) => `body.${n}.rdb${dense}.conv1.weight`)),
    'conv_last.weight',
  ];
}

export function motionNames(): string[] {
  return count(4).flatMap((block) =>
    count(2).flatMap((module) =>
      ['to_q', 'to_k', 'to_v'].map(
        (part) =>
          `down_blocks.${block}.motion_modules.${module}.temporal_transformer.transformer_blocks.0.attention_blocks.0.${part}.weight`,
      ),
    ),
  );
}

const moduleNames = new Map<LoraFamily, readonly string[]>();

/** Hundreds of names per family, asked for by tens of thousands of files. */
function modulesOf(family: LoraFamily): readonly string[] {
  const names = moduleNames.get(family) ?? loraModules(family);
  moduleNames.set(family, names);
  return names;
}

function loraModules(family: LoraFamily): string[] {
  const attention = [
    'attn1_to_q',
    'attn1_to_k',
    'attn1_to_v',
    'attn1_to_out_0',
    'attn2_to_q',
    'attn2_to_k',
    'ff_net_0_proj',
    'ff_net_2',
  ];
  switch (family) {
    case 'sd1':
      return [
        ...count(12).flatMap((n) =>
          ['mlp_fc1', 'self_attn_q_proj', 'self_attn_v_proj'].map((m) => `lora_te_text_model_encoder_layers_${n}_${m}`),
        ),
        ...count(3).flatMap((block) =>
          count(2).flatMap((n) =>
            attention.map((m) => `lora_unet_down_blocks_${block}_attentions_${n}_transformer_blocks_0_${m}`),
          ),
        ),
      ];
    case 'sdxl':
      return [
        ...count(12).map((n) => `lora_te1_text_model_encoder_layers_${n}_self_attn_q_proj`),
        ...count(16).map((n) => `lora_te2_text_model_encoder_layers_${n}_self_attn_q_proj`),
        ...[4, 5, 7, 8].flatMap((block) =>
          count(4).flatMap((n) =>
            attention.map((m) => `lora_unet_input_blocks_${block}_1_transformer_blocks_${n}_${m}`),
          ),
        ),
      ];
    case 'flux':
      return fluxNames('').map((name) => `lora_unet_${name.replace('.weight', '').replaceAll('.', '_')}`);
    default:
      return count(30).flatMap((n) => ['q', 'k', 'v', 'o'].map((m) => `diffusion_model.blocks.${n}.self_attn.${m}`));
  }
}

function attentionNames(prefix: string): string[] {
  return [
    'attn1.to_q',
    'attn1.to_k',
    'attn1.to_v',
    'attn1.to_out.0',
    'attn2.to_q',
    'attn2.to_k',
    'ff.net.0.proj',
    'ff.net.2',
  ].map((part) => `${prefix}.${part}.weight`);
}

function count(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
