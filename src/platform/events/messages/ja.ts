import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'events.bad-payload': 'イベント {event} に、定義に合わないデータが渡されました: {reason}。何も変更していません。',
  'events.bad-payload.advice': 'Kura の不具合です。エラー ID を添えてご報告ください。',
};
