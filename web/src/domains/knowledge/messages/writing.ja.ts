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
  'knowledge.summary': '要約',
  'knowledge.summary.author': '書いた人による要約です。',
  'knowledge.summary.sections': '各節から抜き出した文です。書き換えていません。',
  'knowledge.summary.beginning': '本文の書き出しです。抜き出せる節がありません。',
  'knowledge.summary.technical': '担当者向け',
  'knowledge.summary.named': '本文にあるもの: {named}',
  'knowledge.task.own': '自分の担当だけ',
  'knowledge.task.assignee': '担当',
  'knowledge.task.due': '期限',
  'knowledge.task.late': '期限超過',
  'knowledge.task.assign': '割り当てる',
  'knowledge.task.resolution': '原因と対応',
};
