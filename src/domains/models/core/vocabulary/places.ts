/**
 * Where the programs that load models look for each kind of file (civitai-api.md §8.1), as data. Folders of ComfyUI are
 * relative to its `models`, those of A1111 and Forge to the program's root, those of Stability Matrix to its `Models`.
 */
import type { LayoutName } from '../../contract/index.ts';

/** Forge shares A1111's folders. */
export type Folders = Readonly<Record<Exclude<LayoutName, 'forge'>, string>>;

export const places = {
  checkpoint: all('checkpoints', 'models/Stable-diffusion', 'StableDiffusion'),
  'diffusion-model': all('diffusion_models', 'models/Stable-diffusion', 'DiffusionModels'),
  lora: all('loras', 'models/Lora', 'Lora'),
  locon: all('loras', 'models/Lora', 'LyCORIS'),
  embedding: all('embeddings', 'embeddings', 'Embeddings'),
  hypernetwork: all('hypernetworks', 'models/hypernetworks', 'Hypernetwork'),
  'aesthetic-gradient': all(
    'aesthetic_embeddings',
    'extensions/stable-diffusion-webui-aesthetic-gradients/aesthetic_embeddings',
    'AestheticGradient',
  ),
  vae: all('vae', 'models/VAE', 'VAE'),
  'vae-approx': all('vae_approx', 'models/VAE-approx', 'ApproxVAE'),
  controlnet: all('controlnet', 'models/ControlNet', 'ControlNet'),
  't2i-adapter': all('controlnet', 'models/ControlNet', 'T2IAdapter'),
  'ip-adapter': all('ipadapter', 'models/ControlNet', 'IpAdapter'),
  instantid: all('instantid', 'models/ControlNet', 'IpAdapter'),
  pulid: all('pulid', 'models/ControlNet', 'IpAdapter'),
  photomaker: all('photomaker', 'models/ControlNet', 'PhotoMaker'),
  gligen: all('gligen', 'models/gligen', 'GLIGEN'),
  'style-model': all('style_models', 'models/ControlNet', 'StyleModels'),
  'model-patch': all('model_patches', 'models/ControlNet', 'ModelPatches'),
  upscaler: all('upscale_models', 'models/ESRGAN', 'ESRGAN'),
  realesrgan: all('upscale_models', 'models/RealESRGAN', 'RealESRGAN'),
  swinir: all('upscale_models', 'models/SwinIR', 'SwinIR'),
  dat: all('upscale_models', 'models/DAT', 'DAT'),
  'latent-upscaler': all('latent_upscale_models', 'models/latent-upscale', 'LatentUpscale'),
  gfpgan: all('facerestore_models', 'models/GFPGAN', 'GFPGAN'),
  codeformer: all('facerestore_models', 'models/Codeformer', 'Codeformer'),
  'text-encoder': all('text_encoders', 'models/text_encoder', 'TextEncoders'),
  'clip-vision': all('clip_vision', 'models/clip_vision', 'ClipVision'),
  'audio-encoder': all('audio_encoders', 'models/audio_encoders', 'AudioEncoders'),
  'motion-module': all('animatediff_models', 'extensions/sd-webui-animatediff/model', 'AnimateDiff'),
  'motion-lora': all('animatediff_motion_lora', 'models/Lora', 'AnimateDiffLora'),
  detection: all('ultralytics/bbox', 'models/adetailer', 'AfterDetailer'),
  segmentation: all('ultralytics/segm', 'models/adetailer', 'AfterDetailer'),
  sam: all('sams', 'models/sam', 'Sams'),
  'background-removal': all('background_removal', 'models/rembg', 'BackgroundRemoval'),
  'frame-interpolation': all('frame_interpolation', 'models/RIFE', 'FrameInterpolation'),
  'geometry-estimation': all('geometry_estimation', 'models/ControlNetPreprocessor', 'GeometryEstimation'),
  classifier: all('classifiers', 'models/classifiers', 'Classifiers'),
  config: all('configs', 'models/Stable-diffusion', 'StableDiffusion'),
  wildcards: all('wildcards', 'extensions/sd-dynamic-prompts/wildcards', 'Wildcards'),
  // No program loads these by folder; they are kept apart, under the same names in every layout.
  poses: apart('poses'),
  workflows: apart('workflows'),
  'training-data': apart('training-data'),
  llm: apart('llm'),
  other: apart('other'),
} as const satisfies Readonly<Record<string, Folders>>;

export type PlaceName = keyof typeof places;

function all(comfyui: string, a1111: string, stabilityMatrix: string): Folders {
  return { comfyui, a1111, 'stability-matrix': stabilityMatrix };
}

function apart(folder: string): Folders {
  return all(folder, folder, folder);
}
