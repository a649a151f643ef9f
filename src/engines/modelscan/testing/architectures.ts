/** Names and sides of tensors as public models and trainers write them; blocks are fewer than in the originals. */
import type { Tensor } from '../metadata/tensor-facts.ts';

export interface Architecture {
  readonly what: string;
  readonly kind: string;
  /** Null: its tensors do not tell. */
  readonly base: string | null;
  readonly special?: string;
  readonly variant?: string;
  readonly tensors: readonly Tensor[];
}

type Sides = readonly number[];

function tensor(name: string, ...shape: Sides): Tensor {
  return { name, shape };
}

function under(prefix: string, tensors: readonly Tensor[]): Tensor[] {
  return tensors.map(({ name, shape }) => ({ name: `${prefix}${name}`, shape }));
}

function times(count: number, make: (index: number) => readonly Tensor[]): Tensor[] {
  return Array.from({ length: count }, (_, index) => make(index)).flat();
}

/** ldm's UNet: text of `text` numbers, `depth` transformer blocks at each place, `channels` of input. */
function unet({ text, depth = 1, channels = 4 }: { text: number; depth?: number; channels?: number }): Tensor[] {
  const places = ['input_blocks.4.1', 'input_blocks.7.1', 'middle_block.1', 'output_blocks.3.1', 'output_blocks.5.1'];
  return [
    tensor('time_embed.0.weight', 1280, 320),
    tensor('input_blocks.0.0.weight', 320, channels, 3, 3),
    ...times(8, (index) => [tensor(`input_blocks.${index + 1}.0.in_layers.2.weight`, 640, 320, 3, 3)]),
    ...places.flatMap((place) =>
      times(depth, (block) => under(`${place}.transformer_blocks.${block}.`, crossBlock(text))),
    ),
    tensor('out.2.weight', 4, 320, 3, 3),
  ];
}

function crossBlock(text: number): Tensor[] {
  return [
    tensor('attn1.to_q.weight', 640, 640),
    tensor('attn2.to_q.weight', 640, 640),
    tensor('attn2.to_k.weight', 640, text),
    tensor('attn2.to_v.weight', 640, text),
    tensor('ff.net.0.proj.weight', 5120, 640),
  ];
}

const autoencoder: readonly Tensor[] = [
  tensor('encoder.conv_in.weight', 128, 3, 3, 3),
  tensor('decoder.conv_in.weight', 512, 4, 3, 3),
  ...times(6, (block) => [tensor(`decoder.mid.block_${block}.conv1.weight`, 512, 512, 3, 3)]),
  tensor('quant_conv.weight', 8, 8, 1, 1),
];

function clipText(width: number): Tensor[] {
  return [
    tensor('text_model.embeddings.token_embedding.weight', 49_408, width),
    ...times(4, (layer) => [tensor(`text_model.encoder.layers.${layer}.self_attn.q_proj.weight`, width, width)]),
  ];
}

function openClip(width: number): Tensor[] {
  return [
    tensor('ln_final.weight', width),
    ...times(4, (block) => [tensor(`transformer.resblocks.${block}.attn.in_proj_weight`, 3 * width, width)]),
  ];
}

function checkpoint(parts: { unet: readonly Tensor[]; text: readonly Tensor[] }): Tensor[] {
  return [...under('model.diffusion_model.', parts.unet), ...under('first_stage_model.', autoencoder), ...parts.text];
}

const sd1Text = under('cond_stage_model.transformer.', clipText(768));
const sdxlText = [
  ...under('conditioner.embedders.0.transformer.', clipText(768)),
  ...under('conditioner.embedders.1.model.', openClip(1280)),
];
const sdxlUnet = [...unet({ text: 2048, depth: 3 }), tensor('label_emb.0.0.weight', 1280, 2816)];

/** kohya's LoRA of every linear layer of a UNet of diffusers. */
function kohyaUnet(text: number, depth: number, rank = 16): Tensor[] {
  const places = ['down_blocks_1_attentions_0', 'mid_block_attentions_0', 'up_blocks_1_attentions_1'];
  return places.flatMap((place) =>
    times(depth, (block) =>
      crossBlock(text).flatMap(({ name, shape: [out = 0, inner = 0] }) => {
        const layer = `lora_unet_${place}_transformer_blocks_${block}_${name.replace('.weight', '').replaceAll('.', '_')}`;
        return [
          tensor(`${layer}.alpha`),
          tensor(`${layer}.lora_down.weight`, rank, inner),
          tensor(`${layer}.lora_up.weight`, out, rank),
        ];
      }),
    ),
  );
}

function kohyaText(prefix: string, width: number, rank = 16): Tensor[] {
  return times(4, (layer) => [
    tensor(`${prefix}_text_model_encoder_layers_${layer}_self_attn_q_proj.lora_down.weight`, rank, width),
    tensor(`${prefix}_text_model_encoder_layers_${layer}_self_attn_q_proj.lora_up.weight`, width, rank),
  ]);
}

/** The layers of `tensors` as PEFT adapts them. */
function peft(tensors: readonly Tensor[], rank = 32): Tensor[] {
  return tensors
    .filter(({ shape }) => shape.length === 2)
    .flatMap(({ name, shape: [out = 0, inner = 0] }) => {
      const layer = name.replace(/\.weight$/, '');
      return [tensor(`${layer}.lora_A.weight`, rank, inner), tensor(`${layer}.lora_B.weight`, out, rank)];
    });
}

function flux({ guidance, channels = 64 }: { guidance: boolean; channels?: number }): Tensor[] {
  return [
    tensor('img_in.weight', 3072, channels),
    tensor('time_in.in_layer.weight', 3072, 256),
    tensor('vector_in.in_layer.weight', 3072, 768),
    ...(guidance ? [tensor('guidance_in.in_layer.weight', 3072, 256)] : []),
    tensor('txt_in.weight', 3072, 4096),
    ...times(5, (block) => [
      tensor(`double_blocks.${block}.img_mod.lin.weight`, 18_432, 3072),
      tensor(`double_blocks.${block}.img_attn.qkv.weight`, 9216, 3072),
      tensor(`double_blocks.${block}.txt_attn.qkv.weight`, 9216, 3072),
      tensor(`double_blocks.${block}.img_mlp.0.weight`, 12_288, 3072),
      tensor(`single_blocks.${block}.linear1.weight`, 21_504, 3072),
      tensor(`single_blocks.${block}.modulation.lin.weight`, 9216, 3072),
    ]),
    tensor('final_layer.linear.weight', 64, 3072),
  ];
}

const chroma = [
  ...flux({ guidance: false }).filter(({ name }) => !/_mod\.|modulation|time_in|vector_in/.test(name)),
  ...times(5, (layer) => [tensor(`distilled_guidance_layer.layers.${layer}.in_layer.weight`, 5120, 5120)]),
  tensor('distilled_guidance_layer.in_proj.weight', 5120, 64),
];

function wan(width: number): Tensor[] {
  return [
    tensor('patch_embedding.weight', width, 16, 1, 2, 2),
    ...times(5, (block) => [
      tensor(`blocks.${block}.self_attn.q.weight`, width, width),
      tensor(`blocks.${block}.cross_attn.k.weight`, width, width),
      tensor(`blocks.${block}.cross_attn.o.weight`, width, width),
      tensor(`blocks.${block}.ffn.0.weight`, 13_824, width),
    ]),
    tensor('head.head.weight', 64, width),
  ];
}

const qwen = times(5, (block) => [
  tensor(`transformer_blocks.${block}.attn.add_k_proj.weight`, 3072, 3072),
  tensor(`transformer_blocks.${block}.img_mlp.net.0.proj.weight`, 12_288, 3072),
  tensor(`transformer_blocks.${block}.img_mod.1.weight`, 18_432, 3072),
]);

const zImage = [
  tensor('x_pad_token', 1, 3840),
  tensor('cap_pad_token', 1, 3840),
  tensor('cap_embedder.1.weight', 3840, 2560),
  ...times(5, (block) => [
    tensor(`layers.${block}.attention.qkv.weight`, 11_520, 3840),
    tensor(`noise_refiner.${block}.attention.qkv.weight`, 11_520, 3840),
  ]),
];

const sd3 = times(5, (block) => [
  tensor(`joint_blocks.${block}.x_block.attn.qkv.weight`, 4608, 1536),
  tensor(`joint_blocks.${block}.context_block.attn.qkv.weight`, 4608, 1536),
]);
const sd35 = [...sd3, ...times(5, (block) => [tensor(`joint_blocks.${block}.x_block.attn.ln_q.weight`, 64)])];

const hunyuanVideo = [
  tensor('txt_in.individual_token_refiner.blocks.0.self_attn_qkv.weight', 9216, 3072),
  tensor('txt_in.individual_token_refiner.blocks.1.self_attn_qkv.weight', 9216, 3072),
  ...times(5, (block) => [
    tensor(`double_blocks.${block}.img_attn_qkv.weight`, 9216, 3072),
    tensor(`double_blocks.${block}.txt_attn_proj.weight`, 3072, 3072),
    tensor(`single_blocks.${block}.linear1.weight`, 21_504, 3072),
  ]),
];

const pixart = [
  tensor('pos_embed.proj.weight', 1152, 4, 2, 2),
  tensor('adaln_single.linear.weight', 6912, 1152),
  tensor('adaln_single.emb.timestep_embedder.linear_1.weight', 1152, 256),
  ...times(5, (block) => [tensor(`transformer_blocks.${block}.attn1.to_q.weight`, 1152, 1152)]),
];

export const architectures: readonly Architecture[] = [
  {
    what: 'an SD 1 checkpoint',
    kind: 'checkpoint',
    base: 'sd1',
    tensors: checkpoint({ unet: unet({ text: 768 }), text: sd1Text }),
  },
  {
    what: 'an SD 1 inpainting checkpoint',
    kind: 'checkpoint',
    base: 'sd1',
    special: 'inpainting-checkpoint',
    tensors: checkpoint({ unet: unet({ text: 768, channels: 9 }), text: sd1Text }),
  },
  {
    what: 'an SD 2 checkpoint',
    kind: 'checkpoint',
    base: 'sd2',
    tensors: checkpoint({ unet: unet({ text: 1024 }), text: under('cond_stage_model.model.', openClip(1024)) }),
  },
  {
    what: 'an SDXL checkpoint',
    kind: 'checkpoint',
    base: 'sdxl',
    tensors: checkpoint({ unet: sdxlUnet, text: sdxlText }),
  },
  {
    what: 'the SDXL refiner',
    kind: 'checkpoint',
    base: 'sdxl',
    special: 'refiner',
    tensors: checkpoint({
      unet: [...unet({ text: 1280, depth: 2 }), tensor('label_emb.0.0.weight', 1536, 2560)],
      text: under('conditioner.embedders.0.model.', openClip(1280)),
    }),
  },
  {
    what: 'the UNet of SDXL',
    kind: 'diffusion-model',
    base: 'sdxl',
    tensors: under('model.diffusion_model.', sdxlUnet),
  },
  { what: 'an SD 3 transformer', kind: 'diffusion-model', base: 'sd3', tensors: under('model.diffusion_model.', sd3) },
  {
    what: 'an SD 3.5 transformer',
    kind: 'diffusion-model',
    base: 'sd3',
    variant: '3.5',
    tensors: under('model.diffusion_model.', sd35),
  },
  { what: 'Flux dev', kind: 'diffusion-model', base: 'flux1', variant: 'dev', tensors: flux({ guidance: true }) },
  {
    what: 'Flux schnell',
    kind: 'diffusion-model',
    base: 'flux1',
    variant: 'schnell',
    tensors: flux({ guidance: false }),
  },
  {
    what: 'Flux fill',
    kind: 'diffusion-model',
    base: 'flux1',
    variant: 'fill',
    tensors: flux({ guidance: true, channels: 384 }),
  },
  { what: 'Chroma', kind: 'diffusion-model', base: 'chroma', tensors: chroma },
  { what: 'HunyuanVideo', kind: 'diffusion-model', base: 'hunyuan-video', tensors: hunyuanVideo },
  { what: 'Wan', kind: 'diffusion-model', base: 'wan', tensors: wan(5120) },
  { what: 'Qwen-Image', kind: 'diffusion-model', base: 'qwen', tensors: qwen },
  { what: 'Z-Image', kind: 'diffusion-model', base: 'z-image', tensors: zImage },
  { what: 'PixArt', kind: 'diffusion-model', base: 'pixart', tensors: pixart },
  {
    what: 'a kohya LoRA of SD 1',
    kind: 'lora',
    base: 'sd1',
    tensors: [...kohyaUnet(768, 1), ...kohyaText('lora_te', 768)],
  },
  {
    what: 'a kohya LoRA of SDXL',
    kind: 'lora',
    base: 'sdxl',
    tensors: [...kohyaUnet(2048, 3), ...kohyaText('lora_te1', 768), ...kohyaText('lora_te2', 1280)],
  },
  {
    what: 'a DoRA of SDXL',
    kind: 'dora',
    base: 'sdxl',
    tensors: kohyaUnet(2048, 3).flatMap((one) =>
      one.name.endsWith('.alpha') ? [one, tensor(one.name.replace('.alpha', '.dora_scale'), 1, 640)] : [one],
    ),
  },
  { what: 'a PEFT LoRA of Wan', kind: 'lora', base: 'wan', tensors: under('diffusion_model.', peft(wan(5120))) },
  {
    what: 'a PEFT LoRA of Flux',
    kind: 'lora',
    base: 'flux1',
    variant: 'dev',
    tensors: under('diffusion_model.', peft(flux({ guidance: true }))),
  },
  { what: 'a LoRA of Qwen-Image', kind: 'lora', base: 'qwen', tensors: under('diffusion_model.', peft(qwen)) },
  { what: 'a VAE', kind: 'vae', base: null, tensors: autoencoder },
  { what: 'a CLIP text encoder', kind: 'clip', base: null, tensors: clipText(768) },
  {
    what: 'a ControlNet of SDXL',
    kind: 'controlnet',
    base: 'sdxl',
    tensors: under('control_model.', [
      ...sdxlUnet,
      ...times(4, (block) => [tensor(`zero_convs.${block}.0.weight`, 320, 320, 1, 1)]),
    ]),
  },
  {
    what: 'an IP-Adapter of SD 1',
    kind: 'ip-adapter',
    base: 'sd1',
    tensors: [
      tensor('image_proj.proj.weight', 3072, 1024),
      tensor('image_proj.norm.weight', 768),
      ...times(6, (layer) => [
        tensor(`ip_adapter.${layer * 2 + 1}.to_k_ip.weight`, 320, 768),
        tensor(`ip_adapter.${layer * 2 + 1}.to_v_ip.weight`, 320, 768),
      ]),
    ],
  },
  { what: 'an embedding of SD 1', kind: 'embedding', base: 'sd1', tensors: [tensor('emb_params', 8, 768)] },
  {
    what: 'an embedding of SDXL',
    kind: 'embedding',
    base: 'sdxl',
    tensors: [tensor('clip_l', 8, 768), tensor('clip_g', 8, 1280)],
  },
  {
    what: 'an ESRGAN',
    kind: 'esrgan',
    base: null,
    tensors: times(6, (block) => [tensor(`model.1.sub.${block}.RDB1.conv1.0.weight`, 32, 64, 3, 3)]),
  },
  {
    what: 'a language model in GGUF',
    kind: 'llm',
    base: null,
    tensors: times(6, (block) => [
      tensor(`blk.${block}.attn_q.weight`, 4096, 4096),
      tensor(`blk.${block}.ffn_up.weight`, 11_008, 4096),
    ]),
  },
];

/** A header of safetensors that describes them in half precision, and how many bytes would follow. */
export function safetensorsHeader(
  tensors: readonly Tensor[],
  notes: Readonly<Record<string, string>> = {},
): { header: unknown; bytes: number } {
  let at = 0;
  const entries = tensors.map(({ name, shape }) => {
    const begin = at;
    at += 2 * shape.reduce((product, one) => product * one, 1);
    return [name, { dtype: 'F16', shape, data_offsets: [begin, at] }] as const;
  });
  return { header: { __metadata__: notes, ...Object.fromEntries(entries) }, bytes: at };
}
