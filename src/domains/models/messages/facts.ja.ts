import type { Catalogue } from '#kernel/messages';

import type { factsEn } from './facts.en.ts';

export const factsJa: Catalogue<keyof typeof factsEn> = {
  'models.facts-type': 'CivitAI では {claimed} として公開されていますが、中身は {found} です。',
  'models.facts-base': 'CivitAI では {claimed} 用とされていますが、テンソルは {found} のものです。',
  'models.facts-precision': 'CivitAI では {claimed} とされていますが、重みは {found} で書かれています。',
  'models.facts-note': 'ファイル自身の記録は {claimed} ですが、テンソルは {found} のものです。',
  'models.inspect-unreadable': '{path} は読み取れるファイルではありません。',
  'models.inspect-unreadable.advice': '読み取り権限のあるファイルを 1 つ指定してください。',
  'cli.models.inspect':
    'モデルファイルが何であるかを中身から調べる: 種類、ベースモデル、精度、ランク、学習ワード (読み込みは行いません)',
  'cli.models.inspect.what': 'ファイル、またはライブラリのファイルの ID',
  'cli.models.inspect.nothing': 'このファイルは自身が何であるかを示していません。テンソルも記録もありません。',
  'cli.models.inspect.not-yet': 'このファイルの中身はまだ調べられていません。kura models scan で調べられます。',
  'cli.models.list.kind': '中身から見た種類のいずれか: lora、checkpoint、vae など',
  'cli.models.list.content-base': '中身から見たベースモデルの系統のいずれか: sd1、sdxl、flux1 など',
  'cli.models.facts.kind': '中身',
  'cli.models.facts.base': '中身から見たベース',
  'cli.models.facts.precision': '精度',
  'cli.models.facts.tensors': 'テンソル',
  'cli.models.facts.rank': 'ランク',
  'cli.models.facts.alpha': 'アルファ',
  'cli.models.facts.words': '学習ワード',
  'cli.models.facts.resolutions': '解像度',
  'cli.models.facts.stated': 'ファイルの記録',
  'cli.models.facts.trained-on': '学習元',
  'cli.models.facts.merge': 'マージ元',
  'cli.models.facts.contradiction': '参考',
  'cli.models.facts.unknown': '不明',
  'cli.models.facts.family': '{base} 系',
  'cli.models.facts.sureness': '{what}  ({confidence}: {reasons})',
  'cli.models.facts.count': '{tensors} 個、数値 {parameters} 個',
};
