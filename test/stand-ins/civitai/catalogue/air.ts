/** AIR identifiers as the site prints them (contract note §5.8, §7). */
import type { CatalogueModel, CatalogueVersion } from './entities.ts';

const ecosystems: readonly (readonly [pattern: RegExp, ecosystem: string])[] = [
  [/^(SDXL|Pony$|Illustrious|NoobAI)/, 'sdxl'],
  [/^SD 1/, 'sd1'],
  [/^SD 2/, 'sd2'],
  [/^Flux\.1 [SD]/, 'flux1'],
  [/^Flux\.1 Krea/, 'fluxkrea'],
  [/^Krea 2/, 'krea2'],
  [/^Chroma/, 'chroma'],
  [/^Qwen$/, 'qwen'],
  [/^ZImageTurbo/, 'zimageturbo'],
  [/^Hunyuan Video/, 'hyv1'],
  [/^Wan Video 2\.2 T2V-A14B/, 'wanvideo-22-t2v-a14b'],
  [/^Wan Video 14B t2v/, 'wanvideo14b_t2v'],
];

const types: Readonly<Record<string, string>> = {
  Checkpoint: 'checkpoint',
  TextualInversion: 'embedding',
  Hypernetwork: 'hypernet',
  AestheticGradient: 'ag',
  LORA: 'lora',
  LoCon: 'lycoris',
  DoRA: 'dora',
  Controlnet: 'controlnet',
  Upscaler: 'upscaler',
  MotionModule: 'motion',
  VAE: 'vae',
  TextEncoder: 'text_encoders',
  UNet: 'unet',
  CLIPVision: 'clipvision',
  CLIP: 'clip',
  VisionLanguage: 'visionlanguage',
};

const primaryTypes: Readonly<Record<string, string>> = { 'Diffusion Model': 'diffusionmodel', UNet: 'unet' };

export function airOf(model: CatalogueModel, version: CatalogueVersion): string {
  const ecosystem = ecosystems.find(([pattern]) => pattern.test(version.baseModel))?.[1] ?? 'other';
  const primary = version.files.find((file) => file.primary);
  const type = primaryTypes[primary?.type ?? ''] ?? types[model.type] ?? 'unknown';
  return `urn:air:${ecosystem}:${type}:civitai:${model.id}@${version.id}`;
}
