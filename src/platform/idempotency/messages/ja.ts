import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'idempotency.bad-key': 'Idempotency-Key ヘッダーの値が使えません。何も実行していません。',
  'idempotency.bad-key.advice':
    '表示できる ASCII 文字 1〜{longest} 文字の値を一つだけ送ってください（例: ランダムな UUID）。',
  'idempotency.other-request': 'この冪等キーは別のリクエストで使われています。今回のリクエストは実行していません。',
  'idempotency.other-request.advice':
    '新しいリクエストごとに新しいキーを使い、同じキーは同じ内容を送り直すときだけ使ってください。',
  'idempotency.in-progress': 'この冪等キーのリクエストは実行中です。もう一度実行することはしていません。',
  'idempotency.in-progress.advice': '少し待ってから同じ内容を送り直すと、その結果を受け取れます。',
  'idempotency.answer-lost':
    'この冪等キーのリクエストは以前に受け取りましたが、結果が分かりません（途中で中断されたか、応答が長すぎて保存できませんでした）。もう一度実行することはしていません。',
  'idempotency.answer-lost.advice': '反映されたかどうかを確かめ、反映されていなければ新しいキーで送ってください。',
};
