import type { en } from './en.ts';

export const ja: Readonly<Record<keyof typeof en, string>> = {
  'passphrases.wanted': 'パスフレーズ:',
  'passphrases.new': '新しいパスフレーズ (12 文字以上):',
  'passphrases.again': 'もう一度:',
  'passphrases.unreadable': 'パスフレーズを {path} から読み取れません: {reason}',
  'passphrases.unreadable.advice': 'パスとファイルの権限を確認してください。何も書き込んでいません。',
  'passphrases.differ': '2 回のパスフレーズが一致しません。何も書き込んでいません。',
  'passphrases.differ.advice': 'もう一度、ゆっくり入力してください。',
};
