import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'route.availability.read': '稼働率・障害・エラーバジェット',
  'availability.bad-period': '{from} から {to} までの期間は集計できません。',
  'availability.bad-period.advice':
    '開始日を終了日より前にし、期間は {days} 日以内、終了日は今日から {days} 日以内にしてください。',
  'cli.availability': '稼働率: 障害とエラーバジェットを日・週・月ごとに表示',
  'cli.availability.by': 'day・week・month のいずれか (既定は day)',
  'cli.availability.from': '最初の日。例: 2026-11-01 (既定は 30 日間)',
  'cli.availability.to': '最後の日 (既定は今日)',
  'cli.availability.none': 'まだ観測がありません。サーバーは動いている間、1 分ごとに自分を調べます。',
  'cli.availability.total': '{from} – {to}: {percent} (目標 {target} %)、障害 {incidents} 件',
  'cli.availability.budget': 'エラーバジェット: {allowed} のうち {used} を使用、残り {left}',
  'cli.availability.means': '平均復旧時間 {mttr}、平均故障間隔 {mtbf}',
  'cli.availability.column.period': '期間',
  'cli.availability.column.percent': '稼働率',
  'cli.availability.column.down': '停止 (障害)',
  'cli.availability.column.stopped': '計画停止',
  'cli.availability.column.unknown': '不明',
  'cli.availability.column.incidents': '障害',
  'cli.availability.kind.failed': '検査に失敗',
  'cli.availability.kind.vanished': '停止操作なしに消えた',
  'cli.availability.lasts': '継続中',
};
