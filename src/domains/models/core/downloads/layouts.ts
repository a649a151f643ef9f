/** Where the programs that load models look for each kind of file (civitai-api.md §8.1), as data. */
import type { LayoutName } from '../../contract/index.ts';

type PlaceKind =
  | 'checkpoint'
  | 'diffusion-model'
  | 'lora'
  | 'locon'
  | 'embedding'
  | 'hypernetwork'
  | 'aesthetic-gradient'
  | 'vae'
  | 'controlnet'
  | 'upscaler'
  | 'text-encoder'
  | 'clip-vision'
  | 'motion-module'
  | 'detection'
  | 'llm'
  | 'poses'
  | 'wildcards'
  | 'workflows'
  | 'training-data'
  | 'other';

/** Kinds that no program loads by folder; they are kept apart, under the same names in every layout. */
const apart = {
  poses: 'poses',
  workflows: 'workflows',
  'training-data': 'training-data',
  llm: 'llm',
  other: 'other',
} as const;

/** Relative to ComfyUI's `models`. */
const comfyui: Readonly<Record<PlaceKind, string>> = {
  ...apart,
  checkpoint: 'checkpoints',
  'diffusion-model': 'diffusion_models',
  lora: 'loras',
  locon: 'loras',
  embedding: 'embeddings',
  hypernetwork: 'hypernetworks',
  'aesthetic-gradient': 'aesthetic_embeddings',
  vae: 'vae',
  controlnet: 'controlnet',
  upscaler: 'upscale_models',
  'text-encoder': 'text_encoders',
  'clip-vision': 'clip_vision',
  'motion-module': 'animatediff_models',
  detection: 'ultralytics/bbox',
  wildcards: 'wildcards',
};

/** Relative to the program's root: embeddings and extensions lie outside `models`. */
const a1111: Readonly<Record<PlaceKind, string>> = {
  ...apart,
  checkpoint: 'models/Stable-diffusion',
  'diffusion-model': 'models/Stable-diffusion',
  lora: 'models/Lora',
  locon: 'models/Lora',
  embedding: 'embeddings',
  hypernetwork: 'models/hypernetworks',
  'aesthetic-gradient': 'extensions/stable-diffusion-webui-aesthetic-gradients/aesthetic_embeddings',
  vae: 'models/VAE',
  controlnet: 'models/ControlNet',
  upscaler: 'models/ESRGAN',
  'text-encoder': 'models/text_encoder',
  'clip-vision': 'models/clip_vision',
  'motion-module': 'extensions/sd-webui-animatediff/model',
  detection: 'models/adetailer',
  wildcards: 'extensions/sd-dynamic-prompts/wildcards',
};

/** Relative to Stability Matrix' shared `Models`. */
const stabilityMatrix: Readonly<Record<PlaceKind, string>> = {
  ...apart,
  checkpoint: 'StableDiffusion',
  'diffusion-model': 'DiffusionModels',
  lora: 'Lora',
  locon: 'LyCORIS',
  embedding: 'Embeddings',
  hypernetwork: 'Hypernetwork',
  'aesthetic-gradient': 'AestheticGradient',
  vae: 'VAE',
  controlnet: 'ControlNet',
  upscaler: 'ESRGAN',
  'text-encoder': 'TextEncoders',
  'clip-vision': 'ClipVision',
  'motion-module': 'AnimateDiff',
  detection: 'AfterDetailer',
  wildcards: 'Wildcards',
};

const layouts: Readonly<Record<LayoutName, Readonly<Record<PlaceKind, string>>>> = {
  comfyui,
  a1111,
  forge: a1111,
  'stability-matrix': stabilityMatrix,
};

/** Kinds of file that go their own way whatever the model is. */
const byFileType: Readonly<Record<string, PlaceKind>> = {
  vae: 'vae',
  'text encoder': 'text-encoder',
  'vision encoder': 'clip-vision',
  clipvision: 'clip-vision',
  unet: 'diffusion-model',
  'diffusion model': 'diffusion-model',
  controlnet: 'controlnet',
  upscaler: 'upscaler',
  'enhancement lora': 'lora',
  workflow: 'workflows',
  'training data': 'training-data',
};

const byModelType: Readonly<Record<string, PlaceKind>> = {
  checkpoint: 'checkpoint',
  lora: 'lora',
  dora: 'lora',
  locon: 'locon',
  textualinversion: 'embedding',
  hypernetwork: 'hypernetwork',
  aestheticgradient: 'aesthetic-gradient',
  vae: 'vae',
  controlnet: 'controlnet',
  upscaler: 'upscaler',
  textencoder: 'text-encoder',
  clip: 'text-encoder',
  clipvision: 'clip-vision',
  unet: 'diffusion-model',
  motionmodule: 'motion-module',
  detection: 'detection',
  llm: 'llm',
  visionlanguage: 'llm',
  poses: 'poses',
  wildcards: 'wildcards',
  workflows: 'workflows',
  comfyworkflows: 'workflows',
  other: 'other',
};

export interface Placeable {
  readonly modelType: string;
  readonly fileType: string;
  /** As published: SafeTensor, GGUF, …. */
  readonly format: string | null;
}

/**
 * The folder for a file, relative to the library. Types that are not in the tables get a folder of their own under
 * `other`, never a loader's folder by guess.
 */
export function folderFor(layout: LayoutName, { modelType, fileType, format }: Placeable): string {
  const folders = layouts[layout];
  const kind = byFileType[fileType.toLowerCase()] ?? byModelType[modelType.toLowerCase()];
  if (kind === undefined) return `${folders.other}/${plainName(modelType)}`;
  // Weights without encoder and VAE are loaded by another node, even when the model is called a checkpoint.
  return kind === 'checkpoint' && format?.toLowerCase() === 'gguf' ? folders['diffusion-model'] : folders[kind];
}

function plainName(type: string): string {
  const name = type.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return name.replaceAll(/^-|-$/g, '') || 'unknown';
}
