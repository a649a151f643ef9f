import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'config.invalid': '設定に {count} 件の誤りがあります。何も起動していません:\n  {list}',
  'config.invalid.advice':
    'kura.yaml または環境変数を直してください。設定の意味は `kura config explain KEY` で確認できます。',
  'config.value-invalid': '{key}: {reason}',
  'config.value-invalid.advice': '指定できる値は `kura config explain {key}` で確認できます。',
  'config.unknown-key': '存在しない設定です: {reason}',
  'config.not-changeable': '{key} は実行中に変更できません。',
  'config.not-changeable.advice':
    'kura.yaml に書いて再起動してください。実行中に変更できる設定は `kura config print` で確認できます。',
  'config.pinned': '{key} は {source} で固定されているため、変更しても効果がありません。何も変更していません。',
  'config.pinned.advice': '先にそちらの指定を外してください。',
  'config.key-unknown': '{key} という設定はありません。{hint}',
  'config.key-unknown.advice': '設定の一覧は `kura config print` で確認できます。',
};
