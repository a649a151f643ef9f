/**
 * The API spells types and base models in one way only; people do not. Known names are data, others pass through as
 * typed, so that what the site adds tomorrow can be asked for today (models.md M-002…M-004, trap 1).
 */
const modelTypes = [
  'Checkpoint',
  'TextualInversion',
  'Hypernetwork',
  'AestheticGradient',
  'LORA',
  'LoCon',
  'DoRA',
  'Controlnet',
  'Upscaler',
  'MotionModule',
  'VAE',
  'TextEncoder',
  'UNet',
  'CLIPVision',
  'Poses',
  'Wildcards',
  'Workflows',
  'ComfyWorkflows',
  'Detection',
  'VisionLanguage',
  'CLIP',
  'LLM',
  'Other',
] as const;

const typeAliases: Readonly<Record<string, (typeof modelTypes)[number]>> = {
  lycoris: 'LoCon',
  embedding: 'TextualInversion',
  embeddings: 'TextualInversion',
  ti: 'TextualInversion',
  checkpoints: 'Checkpoint',
  model: 'Checkpoint',
  loras: 'LORA',
  upscale: 'Upscaler',
  motion: 'MotionModule',
  pose: 'Poses',
  workflow: 'Workflows',
};

/** Those that people shorten or write otherwise; the rest is found by its letters and digits. */
const baseModels = [
  'SD 1.4',
  'SD 1.5',
  'SD 1.5 LCM',
  'SD 1.5 Hyper',
  'SD 2.0',
  'SD 2.1',
  'SD 3.5 Medium',
  'SD 3.5 Large',
  'SDXL 1.0',
  'SDXL Lightning',
  'SDXL Hyper',
  'SDXL Turbo',
  'Stable Cascade',
  'Pony',
  'Pony V7',
  'Illustrious',
  'NoobAI',
  'Anima',
  'AuraFlow',
  'Chroma',
  'Flux.1 S',
  'Flux.1 D',
  'Flux.1 Krea',
  'Flux.1 Kontext',
  'Flux.2 D',
  'HiDream',
  'Hunyuan 1',
  'Hunyuan Video',
  'Kolors',
  'LTXV',
  'Lumina',
  'Mochi',
  'PixArt a',
  'PixArt E',
  'Qwen',
  'Wan Video 14B t2v',
  'ZImageTurbo',
  'ZImageBase',
  'Other',
] as const;

const baseAliases: Readonly<Record<string, (typeof baseModels)[number]>> = {
  sdxl: 'SDXL 1.0',
  xl: 'SDXL 1.0',
  sdxlbase: 'SDXL 1.0',
  sdxl10base: 'SDXL 1.0',
  sd15: 'SD 1.5',
  ponydiffusion: 'Pony',
  ponydiffusionv6xl: 'Pony',
  ponyxl: 'Pony',
  ponyv6: 'Pony',
  illustriousxl: 'Illustrious',
  ilxl: 'Illustrious',
  noobaixl: 'NoobAI',
  noobsdxl: 'NoobAI',
  flux1dev: 'Flux.1 D',
  fluxdev: 'Flux.1 D',
  flux1schnell: 'Flux.1 S',
  fluxschnell: 'Flux.1 S',
};

export function spellType(text: string): string {
  return spell(text, modelTypes, typeAliases);
}

export function spellBaseModel(text: string): string {
  return spell(text, baseModels, baseAliases);
}

/** Whether two names are the same to a person. */
export function sameName(a: string, b: string): boolean {
  return a === b || plain(a) === plain(b);
}

function spell(text: string, known: readonly string[], aliases: Readonly<Record<string, string>>): string {
  const wanted = plain(text);
  return known.find((name) => plain(name) === wanted) ?? aliases[wanted] ?? text.trim();
}

/** Letters and digits of every script; what stands between them is taste. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
