/** Kinds that work on finished pictures and films, and motion modules. */
import { kind, type ModelKind, subKind } from './model-kind.ts';

const upscaler = kind('upscaler', 'Upscaler', {
  aliases: ['upscale', 'upscalers', 'upscale model', 'super resolution', 'アップスケーラー', '超解像'],
  cues: ['upscaler', 'upscale', '4x', '2x', '8x', 'super resolution', 'アップスケーラー', '超解像'],
  extensions: ['pth', 'safetensors', 'pt', 'bin', 'onnx'],
  sizeMb: [1, 1500],
  place: 'upscaler',
  evidence: 'site',
});
const detection = kind('detection', 'Detection', {
  aliases: ['detector', 'adetailer', 'ultralytics', 'yolo', 'bbox', '検出', '検出モデル'],
  extensions: ['pt', 'safetensors', 'onnx', 'zip'],
  sizeMb: [1, 500],
  place: 'detection',
  evidence: 'site',
});
const faceRestore = kind('face-restore', null, {
  aliases: ['face restoration', 'gfpgan', '顔復元', '顔補正'],
  extensions: ['pth', 'safetensors', 'onnx', 'pt'],
  sizeMb: [50, 1000],
  place: 'gfpgan',
});

export const toolKinds: readonly ModelKind[] = [
  upscaler,
  subKind('esrgan', upscaler, { aliases: ['rrdb'], cues: ['esrgan', 'ultrasharp', 'remacri'] }),
  subKind('realesrgan', upscaler, { aliases: ['real esrgan', 'realesrgan x4plus'], place: 'realesrgan' }),
  subKind('swinir', upscaler, { aliases: ['swin ir'], cues: ['swinir'], place: 'swinir' }),
  subKind('dat', upscaler, { aliases: ['dual aggregation transformer'], cues: ['dat', 'dat2'], place: 'dat' }),
  subKind('latent-upscaler', upscaler, { aliases: ['latent upscale'], place: 'latent-upscaler', evidence: 'comfyui' }),
  detection,
  subKind('segmentation', detection, {
    aliases: ['segm', 'segmentation model', 'セグメンテーション'],
    place: 'segmentation',
  }),
  kind('sam', null, {
    aliases: ['segment anything', 'sam2', 'sam vit'],
    extensions: ['pth', 'pt', 'safetensors'],
    sizeMb: [30, 5000],
    place: 'sam',
    evidence: 'comfyui',
  }),
  faceRestore,
  subKind('codeformer', faceRestore, { aliases: ['code former'], cues: ['codeformer'], place: 'codeformer' }),
  kind('face-swap', null, {
    aliases: ['inswapper', 'reactor', 'roop', '顔交換'],
    extensions: ['onnx', 'pth', 'safetensors'],
    sizeMb: [50, 1500],
    place: 'other',
  }),
  kind('motion-module', 'MotionModule', {
    aliases: ['motion', 'motion modules', 'animatediff', 'モーションモジュール'],
    cues: ['motion module', 'animatediff', 'モーションモジュール'],
    extensions: ['safetensors', 'ckpt', 'pth'],
    sizeMb: [50, 5000],
    place: 'motion-module',
    evidence: 'site',
  }),
  kind('frame-interpolation', null, {
    aliases: ['rife', 'frame interpolation', 'フレーム補間'],
    extensions: ['pth', 'pkl', 'safetensors'],
    sizeMb: [1, 500],
    place: 'frame-interpolation',
    evidence: 'comfyui',
  }),
  kind('depth-model', null, {
    aliases: ['depth anything', 'midas', 'zoedepth', 'depth estimation', '深度推定'],
    sizeMb: [20, 3000],
    place: 'geometry-estimation',
    evidence: 'comfyui',
  }),
  kind('background-removal', null, {
    aliases: ['rembg', 'birefnet', 'u2net', 'background remover', '背景除去'],
    extensions: ['onnx', 'pth', 'safetensors'],
    sizeMb: [1, 2000],
    place: 'background-removal',
    evidence: 'comfyui',
  }),
  kind('tagger', null, {
    aliases: ['wd tagger', 'deepdanbooru', 'interrogator', 'タガー', 'タグ付け'],
    extensions: ['onnx', 'safetensors', 'pt', 'zip'],
    sizeMb: [20, 3000],
    place: 'classifier',
  }),
  kind('classifier', null, {
    aliases: ['aesthetic predictor', 'classifiers', '分類器'],
    sizeMb: [0.1, 3000],
    place: 'classifier',
    evidence: 'comfyui',
  }),
];
