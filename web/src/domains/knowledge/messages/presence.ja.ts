import type { presenceEn } from './presence.en.ts';

export const presenceJa: Record<keyof typeof presenceEn, string> = {
  'knowledge.presence': 'この記事を開いているほかの人',
  'knowledge.presence.reading': '{name} さんも読んでいます',
  'knowledge.presence.editing': '{name} さんが編集中です',
  'knowledge.gone': 'この記事は削除されました。',
  'knowledge.changed-meanwhile': '{name} さんがこの記事を変更しました。',
  'knowledge.changed-meanwhile.advice':
    '相手の変更が失われないよう、このままの保存は拒否されます。書いた内容をコピーし、戻って最新版を編集してください。',
};
