import type { writingEn } from './writing.en.ts';

export const writingJa: Record<keyof typeof writingEn, string> = {
  'knowledge.preview': 'プレビュー',
  'knowledge.preview.empty': 'まだ表示する内容がありません。',
  'knowledge.kept': '保存されていない書きかけがあります',
  'knowledge.kept.same': 'このタブに残っていました。サーバーには送られていません。',
  'knowledge.kept.other':
    '版 {version} をもとに書いたものがこのタブに残っていました。いまは版 {now} です。続きを書いて保存すると、その間にほかの人が変えた内容を置き換えます。',
  'knowledge.kept.take': '続きを書く',
  'knowledge.kept.discard': '捨てる',
};
