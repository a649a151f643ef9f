import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'webhooks.failed': '{host} がメッセージを受け付けられませんでした (HTTP {status})。Kura が再送します。',
  'webhooks.failed.advice': '続く場合は、送信先のサービスに障害がないか確認してください。',
  'webhooks.refused': '{host} がメッセージを拒否しました (HTTP {status})。届いていません。',
  'webhooks.refused.advice':
    'URL が無効になった可能性があります。サービス側で作り直し、チャンネルに保存してテスト送信してください。',
  'webhooks.too-many': '{host} は現在これ以上のメッセージを受け付けません (HTTP {status})。Kura が後で再送します。',
  'webhooks.too-many.advice': 'チャンネルの 1 時間あたりの上限を下げるか、まとめ送信にしてください。',
};
