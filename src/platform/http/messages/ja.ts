import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'http.api-description':
    'Kura の REST API。エラーは RFC 9457 の problem details で、`code` は安定しており、文章は Accept-Language に従います。',
  'http.invalid-input': '入力が正しくありません。何も変更していません。{list}',
  'http.invalid-field': '{reason}',
  'http.no-route': '{method} {path} はここにはありません。',
  'http.no-route.advice': '利用できるものは /api/docs で確認できます。',
  'http.bad-request': 'リクエストを読み取れませんでした: {reason}',
  'http.body-too-large': 'リクエストがこの宛先の上限より長いため、読み取りませんでした。',
  'http.body-too-large.advice': '一度に送る量を減らしてください。上限は通常 8 MiB、保存した一覧は 32 MiB です。',
  'http.too-many-requests': '短い時間にリクエストが多すぎるため、このリクエストは実行しませんでした。',
  'http.too-many-requests.advice': '{seconds} 秒待ってから、もう一度送ってください。上限は設定 limits.* で決まります。',
  'http.docs-title': 'Kura API リファレンス',
  'http.docs-permission': '権限',
  'http.docs-public': '公開',
  'http.bad-request.advice': 'UTF-8 の JSON を Content-Type: application/json で、8 MiB 以内で送ってください。',
  'http.invalid-input.advice': '示された項目を直して、もう一度送ってください。',
};
