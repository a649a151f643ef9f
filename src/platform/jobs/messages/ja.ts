import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'jobs.bad-payload': 'タスク {job} が扱えないデータを受け取りました: {reason}',
  'jobs.bad-payload.advice': '別の版の Kura が作ったものかもしれません。画面かコマンドから、もう一度始めてください。',
  'jobs.not-found': 'タスク {id} はありません。',
  'jobs.not-found.advice': '古いタスクとして整理された可能性があります。一覧で確認してください。',
  'jobs.already-ended': 'タスク {id} はすでに終わっています ({status})。取り消すものはありません。',
  'jobs.already-ended.advice': 'タスクを開くと結果を確認できます。',
  'jobs.not-retryable': 'タスク {id} は {status} のため、再実行できません。',
  'jobs.not-retryable.advice': '再実行できるのは、失敗が確定したタスクと取り消したタスクだけです。',
  'jobs.cancelled': 'タスクを取り消しました。終わった分は保存されています。',
  'jobs.cancelled.advice': 'いつでもやり直せます。止まったところから再開します。',
  'jobs.stopping': 'Kura を終了しています。タスクの進み具合は保存されます。',
  'jobs.stopping.advice': '次に起動すると、自動で続きから再開します。',
  'jobs.lease-lost': '応答が長く途絶えたため、別のワーカーがタスクを引き継ぎました。',
  'jobs.lease-lost.advice': '対応は不要です。保存された進み具合から、別のワーカーが続けます。',
  'jobs.worker-lost': 'タスクを実行していたプログラムが消えました。直前までの進み具合は保存されています。',
  'jobs.worker-lost.advice': '自動で再実行されます。繰り返す場合は、メモリーの状況とその時刻のログを確認してください。',
  'jobs.finding-orphan-lease': 'タスク {id} ({job}) は実行中の扱いですが、{since} から誰も実行していません。',
};
