/** Kinds that change what another model makes. */
import { kind, type ModelKind, subKind } from './model-kind.ts';

const lora = kind('lora', 'LORA', {
  aliases: ['loras', 'low rank adaptation', 'ローラ', 'ロラ'],
  cues: ['lora', 'loras', 'ローラ'],
  extensions: ['safetensors', 'pt', 'ckpt', 'bin', 'sft'],
  sizeMb: [1, 2500],
  place: 'lora',
  evidence: 'requirement',
});
const lycoris = kind('locon', 'LoCon', {
  aliases: ['lycoris', 'loconn', 'lora for convolution', 'ライコリス'],
  cues: ['locon', 'lycoris', 'ライコリス'],
  extensions: ['safetensors', 'pt', 'ckpt'],
  sizeMb: [1, 2500],
  place: 'locon',
  evidence: 'requirement',
});
const embedding = kind('embedding', 'TextualInversion', {
  aliases: ['embeddings', 'ti', 'textual inversion', 'textual embedding', '埋め込み', 'エンベディング'],
  cues: ['embedding', 'textual inversion', '埋め込み', 'エンベディング'],
  extensions: ['pt', 'bin', 'safetensors', 'png', 'webp'],
  sizeMb: [0.001, 50],
  place: 'embedding',
  evidence: 'requirement',
});
const ipAdapter = kind('ip-adapter', null, {
  aliases: ['ipadapter', 'image prompt adapter', 'IPアダプター'],
  cues: ['ip adapter', 'ipadapter'],
  sizeMb: [20, 5000],
  place: 'ip-adapter',
  evidence: 'requirement',
});

export const adapterKinds: readonly ModelKind[] = [
  lora,
  subKind('style-lora', lora, {
    aliases: ['style lora', '画風LoRA'],
    cues: ['style', '画風'],
    evidence: 'requirement',
  }),
  subKind('character-lora', lora, {
    aliases: ['character lora', 'キャラクターLoRA'],
    cues: ['character', 'キャラクター'],
    evidence: 'requirement',
  }),
  subKind('concept-lora', lora, {
    aliases: ['concept lora', 'コンセプトLoRA'],
    cues: ['concept', 'コンセプト'],
    evidence: 'requirement',
  }),
  subKind('clothing-lora', lora, { aliases: ['clothing lora', '衣装LoRA'], cues: ['clothing', 'outfit', '衣装'] }),
  subKind('pose-lora', lora, { aliases: ['pose lora', 'ポーズLoRA'], cues: ['pose', 'poses', 'ポーズ'] }),
  subKind('background-lora', lora, { aliases: ['background lora', '背景LoRA'], cues: ['background', '背景'] }),
  subKind('tool-lora', lora, {
    aliases: ['tool lora', 'utility lora', 'ツールLoRA'],
    cues: ['tool', 'utility', 'ツール'],
    evidence: 'requirement',
  }),
  subKind('slider-lora', lora, { aliases: ['slider', 'concept slider', 'スライダー'] }),
  subKind('detail-lora', lora, { aliases: ['detail tweaker', 'add detail', 'detailer lora', 'ディテールLoRA'] }),
  subKind('lcm-lora', lora, { aliases: ['lcm lora'], cues: ['lcm'] }),
  subKind('fast-lora', lora, {
    aliases: ['lightning lora', 'turbo lora', 'hyper lora', 'distill lora', '高速化LoRA'],
    cues: ['lightning', 'lightx2v', 'turbo', 'hyper', 'distill', '4step', '8step'],
  }),
  subKind('video-lora', lora, { aliases: ['video lora', '動画LoRA'], cues: ['t2v', 'i2v', 'video', '動画'] }),
  subKind('motion-lora', lora, {
    aliases: ['motion lora', 'animatediff lora', 'camera motion', 'モーションLoRA'],
    cues: ['motion lora', 'animatediff lora', 'camera motion'],
    place: 'motion-lora',
  }),
  subKind('control-lora', lora, { aliases: ['control lora'], place: 'controlnet', sizeMb: [50, 2500] }),
  subKind('edit-lora', lora, { aliases: ['kontext lora', 'edit lora', '編集LoRA'], cues: ['kontext', 'image edit'] }),
  lycoris,
  subKind('loha', lycoris, { aliases: ['hadamard', 'lycoris loha'], cues: ['loha'] }),
  subKind('lokr', lycoris, { aliases: ['kronecker', 'lycoris lokr'], cues: ['lokr'] }),
  subKind('ia3', lycoris, { aliases: ['ia 3', 'lycoris ia3'], cues: ['ia3'] }),
  subKind('glora', lycoris, { aliases: ['generalized lora'], cues: ['glora'] }),
  subKind('oft', lycoris, { aliases: ['boft', 'orthogonal finetuning'], cues: ['oft', 'boft'] }),
  kind('dora', 'DoRA', {
    aliases: ['doras', 'weight decomposed lora', 'ドーラ'],
    cues: ['dora', 'ドーラ'],
    extensions: ['safetensors', 'pt'],
    sizeMb: [1, 3000],
    place: 'lora',
    evidence: 'requirement',
  }),
  embedding,
  subKind('negative-embedding', embedding, {
    aliases: ['negative embedding', 'negative prompt embedding', 'ネガティブ埋め込み'],
    cues: ['negative', 'neg', 'bad hands', 'badhand', 'easynegative', 'ネガティブ'],
  }),
  kind('hypernetwork', 'Hypernetwork', {
    aliases: ['hypernetworks', 'hypernet', 'ハイパーネットワーク'],
    extensions: ['pt', 'ckpt', 'safetensors'],
    sizeMb: [5, 1000],
    place: 'hypernetwork',
    evidence: 'requirement',
  }),
  kind('aesthetic-gradient', 'AestheticGradient', {
    aliases: ['aesthetic gradients', 'aesthetic embedding', '美的勾配'],
    extensions: ['pt'],
    sizeMb: [0.001, 100],
    place: 'aesthetic-gradient',
    evidence: 'requirement',
  }),
  ipAdapter,
  subKind('ip-adapter-faceid', ipAdapter, { aliases: ['faceid', 'face id'] }),
  kind('instantid', null, { aliases: ['instant id'], sizeMb: [500, 5000], place: 'instantid', evidence: 'comfyui' }),
  kind('pulid', null, {
    aliases: ['pu lid'],
    cues: ['pulid'],
    sizeMb: [500, 5000],
    place: 'pulid',
    evidence: 'comfyui',
  }),
  kind('photomaker', null, { aliases: ['photo maker'], sizeMb: [500, 3000], place: 'photomaker', evidence: 'comfyui' }),
  kind('gligen', null, {
    aliases: ['grounded generation'],
    cues: ['gligen'],
    sizeMb: [200, 3000],
    place: 'gligen',
    evidence: 'comfyui',
  }),
  kind('style-model', null, {
    aliases: ['style model', 'redux', 'flux redux', 'スタイルモデル'],
    cues: ['style model', 'redux', 'flux redux'],
    sizeMb: [20, 2000],
    place: 'style-model',
    evidence: 'comfyui',
  }),
];
