import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'schedule.bad-timing': '「{timing}」は時刻の指定として読み取れません。何も変更していません。',
  'schedule.bad-timing.advice':
    '「0 6 * * *」のような 5 項目の cron 式と Asia/Tokyo のような IANA タイムゾーン、または 10 秒以上の間隔を指定してください。',
  'schedule.not-found': 'スケジュール {id} はありません。',
  'schedule.not-found.advice': '「kura schedules list」で確認してください。',
  'schedule.unknown-job': 'この版の Kura はジョブ {job} を知りません。スケジュールはそのままです。',
  'schedule.unknown-job.advice': '新しい版のものかもしれません。Kura を更新するか、スケジュールを止めてください。',
  'cli.schedules': 'Kura が自動で行うことと、その時刻',
  'cli.schedules.list': 'スケジュールと次回・前回の実行',
  'cli.schedules.list.empty': 'スケジュールはありません。サーバーの起動時に設定されます。',
  'cli.schedules.runs': 'スケジュールの実行履歴と結果',
  'cli.schedules.runs.id': 'スケジュールの ID',
  'cli.schedules.runs.empty': 'まだ実行されていません。',
  'cli.schedules.runs.skipped': '見送り（このジョブが未完了のため）:',
  'cli.schedules.run': '予定とは別に、今すぐ実行します',
  'cli.schedules.run.id': 'スケジュールの ID',
  'cli.schedules.run.queued': 'ジョブ {job} として登録しました。動いているサーバーが実行します。',
  'cli.schedules.pause': '止めます',
  'cli.schedules.pause.id': 'スケジュールの ID',
  'cli.schedules.pause.done': '{id} を止めました(次回 {next})。',
  'cli.schedules.resume': '再開します',
  'cli.schedules.resume.id': 'スケジュールの ID',
  'cli.schedules.resume.done': '{id} を再開しました。次回は {next}。',
  'route.schedule.list': 'スケジュールの一覧',
  'route.schedule.list-runs': 'スケジュールの実行履歴',
  'route.schedule.run': 'スケジュールを今すぐ実行する',
  'route.schedule.change': 'スケジュールを止める・再開する',
};
