/** Kinds that are no weights. */
import { kind, type ModelKind } from './model-kind.ts';

const workflow = kind('workflow', 'Workflows', {
  aliases: ['workflow', 'a1111 workflow', 'ワークフロー'],
  extensions: ['json', 'zip', 'png'],
  sizeMb: [0.001, 200],
  place: 'workflows',
  evidence: 'requirement',
});

export const documentKinds: readonly ModelKind[] = [
  kind('poses', 'Poses', {
    aliases: ['pose', 'openpose', 'pose pack', 'ポーズ', 'ポーズ集'],
    extensions: ['json', 'zip', 'png'],
    sizeMb: [0.001, 500],
    place: 'poses',
    evidence: 'requirement',
  }),
  kind('wildcards', 'Wildcards', {
    aliases: ['wildcard', 'dynamic prompts', 'ワイルドカード'],
    extensions: ['txt', 'yaml', 'yml', 'zip', 'json'],
    sizeMb: [0, 100],
    place: 'wildcards',
    evidence: 'requirement',
  }),
  workflow,
  kind('comfy-workflow', 'ComfyWorkflows', {
    aliases: ['comfyui workflow', 'comfy workflow', 'comfy workflows', 'ComfyUIワークフロー'],
    cues: ['comfyui workflow', 'comfy workflow', 'comfyui'],
    extensions: ['json', 'zip', 'png', 'webp'],
    sizeMb: [0.001, 200],
    place: 'workflows',
    evidence: 'site',
  }),
  kind('config', null, {
    aliases: ['configuration', 'model config', '設定ファイル'],
    cues: ['model config', '設定ファイル'],
    extensions: ['yaml', 'yml', 'json', 'toml'],
    sizeMb: [0, 1],
    place: 'config',
  }),
  kind('training-data', null, {
    aliases: ['training data', 'dataset', 'training images', '学習データ', 'データセット'],
    extensions: ['zip', '7z', 'tar', 'parquet'],
    sizeMb: [0.1, 50_000],
    place: 'training-data',
    evidence: 'site',
  }),
  kind('prompt-styles', null, {
    aliases: ['styles csv', 'prompt styles', 'プロンプト集'],
    extensions: ['csv', 'txt', 'json'],
    sizeMb: [0, 20],
    place: 'other',
  }),
  kind('extension', null, {
    aliases: ['custom node', 'plugin', 'script', '拡張機能', 'カスタムノード'],
    cues: ['custom node', 'custom nodes', '拡張機能', 'カスタムノード'],
    extensions: ['zip', 'py'],
    sizeMb: [0, 500],
    place: 'other',
  }),
  kind('other', 'Other', {
    aliases: ['その他'],
    cues: [],
    extensions: [],
    sizeMb: [0, 1_000_000],
    place: 'other',
    evidence: 'requirement',
  }),
];
