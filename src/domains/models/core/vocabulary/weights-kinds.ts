/** Kinds that make pictures, films, sound or text by themselves. */
import { kind, type ModelKind, subKind } from './model-kind.ts';

const checkpoint = kind('checkpoint', 'Checkpoint', {
  aliases: ['checkpoints', 'model', 'ckpt', 'チェックポイント', 'モデル'],
  cues: ['checkpoint', 'ckpt', 'チェックポイント'],
  extensions: ['safetensors', 'ckpt', 'pt', 'sft'],
  sizeMb: [1000, 30_000],
  place: 'checkpoint',
  evidence: 'requirement',
});
const bare = { place: 'diffusion-model', extensions: ['safetensors', 'sft', 'gguf', 'pt', 'bin'] } as const;
const unet = kind('diffusion-model', 'UNet', {
  ...bare,
  aliases: ['unet', 'u-net', 'diffusion model', 'dit', 'diffusion transformer', '拡散モデル'],
  cues: ['unet', 'diffusion model', 'unet only', '拡散モデル'],
  sizeMb: [500, 60_000],
  evidence: 'site',
});
const llm = kind('llm', 'LLM', {
  aliases: ['language model', 'large language model', '言語モデル', '大規模言語モデル'],
  extensions: ['safetensors', 'gguf', 'bin', 'zip'],
  sizeMb: [200, 150_000],
  place: 'llm',
  evidence: 'site',
});

export const weightsKinds: readonly ModelKind[] = [
  checkpoint,
  subKind('inpainting-checkpoint', checkpoint, {
    aliases: ['inpainting', 'inpaint', 'インペイント', 'インペインティング'],
    evidence: 'requirement',
  }),
  subKind('refiner', checkpoint, { aliases: ['sdxl refiner', 'リファイナー'], cues: ['refiner', 'リファイナー'] }),
  subKind('instruct-checkpoint', checkpoint, { aliases: ['instruct pix2pix', 'pix2pix', 'ip2p'] }),
  subKind('lcm-checkpoint', checkpoint, { aliases: ['lcm model', 'latent consistency model'], cues: ['lcm'] }),
  subKind('fast-checkpoint', checkpoint, {
    aliases: ['lightning model', 'turbo model', 'hyper model', 'dmd2 model', '高速モデル'],
    cues: ['lightning', 'turbo', 'hyper', 'dmd2', '4step', '8step'],
  }),
  subKind('merge-checkpoint', checkpoint, {
    aliases: ['merged model', 'マージモデル'],
    cues: ['merge', 'mix', 'マージ'],
  }),
  unet,
  // The site files bare quantised weights under checkpoints.
  kind('gguf-model', 'Checkpoint', {
    ...bare,
    aliases: ['gguf', 'quantized model', '量子化モデル'],
    extensions: ['gguf'],
    sizeMb: [300, 60_000],
  }),
  subKind('quantised-model', unet, { aliases: ['nf4', 'fp8', 'nvfp4', 'svdquant', 'nunchaku'] }),
  subKind('video-model', unet, {
    aliases: ['video', 'text to video', 'image to video', '動画モデル', '動画生成'],
    cues: ['t2v', 'i2v', 'ti2v', 'text to video', 'image to video', 'video model', '動画モデル', '動画生成'],
  }),
  subKind('edit-model', unet, {
    aliases: ['image edit', 'kontext', '画像編集モデル'],
    cues: ['image edit', 'kontext'],
  }),
  kind('audio-model', null, {
    aliases: ['audio', 'music model', 'text to music', 'tts', '音声モデル', '音楽生成'],
    cues: ['text to music', 'music generation', 'tts', 'text to speech', '音声合成', '音楽生成'],
    sizeMb: [50, 20_000],
    place: 'checkpoint',
    evidence: 'requirement',
  }),
  kind('3d-model', null, {
    aliases: ['3d', 'image to 3d', 'text to 3d', '3D生成'],
    cues: ['image to 3d', 'text to 3d', '3D生成'],
    sizeMb: [200, 20_000],
    place: 'checkpoint',
  }),
  llm,
  subKind('prompt-llm', llm, {
    aliases: ['prompt generator', 'prompt enhancer', 'プロンプト生成'],
    evidence: 'comfyui',
  }),
  kind('vlm', 'VisionLanguage', {
    aliases: ['vision language', 'vision language model', 'vl model', 'captioner', '視覚言語モデル'],
    extensions: ['safetensors', 'gguf', 'bin', 'zip'],
    sizeMb: [200, 150_000],
    place: 'llm',
    evidence: 'site',
  }),
];
