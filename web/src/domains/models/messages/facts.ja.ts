import type { factsEn } from './facts.en.ts';

export const factsJa: Readonly<Record<keyof typeof factsEn, string>> = {
  'models.facts.none': '中身は不明',
  'models.facts.unknown': '不明',
  'models.facts.kind': '種類',
  'models.facts.base': 'ベースモデル',
  'models.facts.family': '{base} 系',
  'models.facts.precision': '精度',
  'models.facts.tensors': 'テンソル',
  'models.facts.tensors.value': '{tensors} 個、数値 {parameters} 個',
  'models.facts.rank': 'ランク',
  'models.facts.rank.range': '{usual} ({least}～{most})',
  'models.facts.alpha': 'アルファ',
  'models.facts.words': '学習ワード',
  'models.facts.resolutions': '解像度',
  'models.facts.stated': 'ファイルの記録',
  'models.facts.trained-on': '学習元',
  'models.facts.merge': 'マージ元',
  'models.facts.sure': '確度 {percent}',
  'models.library.kind': '中身の種類',
  'models.library.content-base': '中身のベース',
};
