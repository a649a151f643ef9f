/** Kinds that are a part of a pipeline: encoders, VAEs, control. */
import { kind, type ModelKind, subKind } from './model-kind.ts';

const vae = kind('vae', 'VAE', {
  aliases: ['vaes', 'autoencoder', 'variational autoencoder', 'オートエンコーダー'],
  cues: ['vae', 'autoencoder', 'オートエンコーダー'],
  sizeMb: [50, 2000],
  place: 'vae',
  evidence: 'requirement',
});
const controlnet = kind('controlnet', 'Controlnet', {
  aliases: ['control net', 'controlnets', 'コントロールネット'],
  extensions: ['safetensors', 'pth', 'ckpt', 'bin', 'gguf'],
  sizeMb: [40, 8000],
  place: 'controlnet',
  evidence: 'requirement',
});
const textEncoder = kind('text-encoder', 'TextEncoder', {
  aliases: ['text encoders', 'te', 'テキストエンコーダー'],
  cues: ['text encoder', 'テキストエンコーダー'],
  extensions: ['safetensors', 'gguf', 'bin', 'pt', 'sft'],
  sizeMb: [100, 60_000],
  place: 'text-encoder',
  evidence: 'site',
});
const clipVision = kind('clip-vision', 'CLIPVision', {
  aliases: ['clip vision', 'vision encoder', 'image encoder', '画像エンコーダー'],
  sizeMb: [200, 8000],
  place: 'clip-vision',
  evidence: 'site',
});

export const componentKinds: readonly ModelKind[] = [
  vae,
  subKind('video-vae', vae, { aliases: ['video vae', 'wan vae', '動画VAE'] }),
  kind('vae-approx', null, {
    aliases: ['vae approximation', 'taesd', 'tiny autoencoder', 'taef1', 'taesdxl'],
    sizeMb: [0.1, 50],
    place: 'vae-approx',
    evidence: 'comfyui',
  }),
  textEncoder,
  subKind('t5-encoder', textEncoder, { aliases: ['t5', 't5xxl', 'umt5', 't5 encoder'] }),
  subKind('llm-encoder', textEncoder, { aliases: ['gemma encoder', 'qwen encoder', 'llama encoder'] }),
  kind('clip', 'CLIP', {
    aliases: ['clip text encoder', 'clip l', 'clip g', 'クリップ'],
    extensions: ['safetensors', 'pt', 'bin', 'gguf'],
    cues: ['clip l', 'clip g', 'clip text encoder'],
    sizeMb: [100, 6000],
    place: 'text-encoder',
    evidence: 'site',
  }),
  clipVision,
  subKind('siglip', clipVision, { aliases: ['sig lip', 'siglip vision'], cues: ['siglip'] }),
  kind('audio-encoder', null, {
    aliases: ['audio encoder', 'wav2vec', 'whisper', '音声エンコーダー'],
    sizeMb: [50, 5000],
    place: 'audio-encoder',
    evidence: 'comfyui',
  }),
  controlnet,
  subKind('controlnet-union', controlnet, { aliases: ['union controlnet', 'promax'], cues: ['union', 'promax'] }),
  subKind('controlnet-lite', controlnet, { aliases: ['controllllite', 'lllite'], sizeMb: [5, 500] }),
  subKind('qr-controlnet', controlnet, { aliases: ['qr code monster', 'qr code controlnet', 'QRコード'] }),
  kind('t2i-adapter', null, {
    aliases: ['t2i adapter', 't2iadapter', 'T2Iアダプター'],
    sizeMb: [10, 1000],
    place: 't2i-adapter',
    evidence: 'requirement',
  }),
  kind('model-patch', null, {
    aliases: ['model patch', 'inpaint patch', 'fooocus inpaint', 'モデルパッチ'],
    extensions: ['safetensors', 'patch', 'pth'],
    sizeMb: [1, 5000],
    place: 'model-patch',
    evidence: 'comfyui',
  }),
];
