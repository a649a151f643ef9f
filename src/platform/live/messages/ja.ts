import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'live.subject-unknown': '{subject} は存在しないか、見る権限がありません。',
  'live.subject-unknown.advice': '一覧に戻ってください。開いていたものは削除された可能性があります。',
  'live.too-many-subjects': '1 つの接続で {most} 件を超えて開いています。これは追跡していません。',
  'live.too-many-subjects.advice': 'いくつか閉じてください。',
  'live.bad-message': 'メッセージ {topic} の形が正しくありません。何も実行していません。',
  'live.bad-message.advice': 'ページを読み込み直してください。サーバーより古い可能性があります。',
};
