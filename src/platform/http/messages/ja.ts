import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'http.api-description':
    'Kura の REST API。エラーは RFC 9457 の problem details で、`code` は安定しており、文章は Accept-Language に従います。',
  'http.invalid-input': '入力が正しくありません。何も変更していません。{list}',
  'http.invalid-field': '{reason}',
  'http.unstorable-text': '保存できない文字（NUL、または片方だけのサロゲート）が含まれています',
  'http.unexpected': '予期しない問題が起きました。',
  'http.no-route': '{method} {path} はここにはありません。',
  'http.no-route.advice': '利用できるものは /api/docs で確認できます。',
  'http.bad-request': 'リクエストを読み取れませんでした: {reason}',
  'http.body-too-large': 'リクエストがこの宛先の上限より長いため、読み取りませんでした。',
  'http.body-too-large.advice': '一度に送る量を減らしてください。上限は通常 8 MiB、保存した一覧は 32 MiB です。',
  'http.too-many-requests': '短い時間にリクエストが多すぎるため、このリクエストは実行しませんでした。',
  'http.too-many-requests.advice': '{seconds} 秒待ってから、もう一度送ってください。上限は設定 limits.* で決まります。',
  'http.changed-meanwhile': '変更の対象が、読み取ったときから変わっています。何も変更していません。',
  'http.changed-meanwhile.advice': 'もう一度読み取り、現在のエンティティタグを付けて変更を送ってください。',
  'http.no-entity-tag': 'この宛先にはエンティティタグがないため、条件を判断できません。何も変更していません。',
  'http.no-entity-tag.advice': 'If-Match と If-None-Match を付けずに送ってください。',
  'http.idempotency-key': '24 時間以内に同じキーで送り直しても、もう一度は実行せず、最初の応答をそのまま返します。',
  'http.if-match': 'この宛先で読み取ったもののエンティティタグ。その後変わっていれば何も行いません（412）。',
  'http.docs-title': 'Kura API リファレンス',
  'http.docs-permission': '権限',
  'http.docs-public': '公開',
  'http.bad-request.advice': 'UTF-8 の JSON を Content-Type: application/json で、8 MiB 以内で送ってください。',
  'http.invalid-input.advice': '示された項目を直して、もう一度送ってください。',
};
