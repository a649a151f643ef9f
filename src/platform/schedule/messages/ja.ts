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
};
