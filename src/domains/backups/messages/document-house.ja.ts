/** レポートのうち、稼働率とアラート対応の文言。 */
import type { Catalogue } from '#kernel/messages';

import type { documentHouseEn } from './document-house.en.ts';

export const documentHouseJa: Catalogue<keyof typeof documentHouseEn> = {
  'backups.document.section.responses': 'バックアップに関するアラートへの対応時間',
  'backups.document.section.availability': 'Kura の稼働時間',
  'backups.document.section.outages': '停止・障害',
  'backups.document.column.severity': '重大度',
  'backups.document.column.raised': '発生',
  'backups.document.column.within-target': '目標内に対応',
  'backups.document.column.target-minutes': '目標（分）',
  'backups.document.column.median-acknowledge': '着手までの中央値（分）',
  'backups.document.column.median-resolve': '解消までの中央値（分）',
  'backups.document.column.p95-resolve': '解消までの 95 パーセンタイル（分）',
  'backups.document.column.down-minutes': '停止（分）',
  'backups.document.column.degraded-minutes': '一部低下（分）',
  'backups.document.column.stopped-minutes': '計画停止（分）',
  'backups.document.column.unknown-minutes': '未観測（分）',
  'backups.document.column.incidents': '障害件数',
  'backups.document.column.until': '終了',
  'backups.document.column.minutes-long': '分',
  'backups.document.column.cause': '観測内容',
  'backups.document.column.probes': '失敗したプローブ',
  'backups.document.severity.critical': '緊急',
  'backups.document.severity.error': 'エラー',
  'backups.document.severity.warning': '警告',
  'backups.document.severity.info': '情報',
  'backups.document.outage.failed': 'プローブが失敗',
  'backups.document.outage.vanished': '停止操作なしに Kura がいなくなった',
  'backups.document.outage.lasts': '継続中',
  'backups.document.available.percent': '観測した時間に対する稼働率',
  'backups.document.available.target': '目標',
  'backups.document.available.down': '停止（分）',
  'backups.document.available.allowed': '目標が許す停止（分）',
  'backups.document.available.left': '残り（分）',
  'backups.document.available.incidents': '期間中に始まった障害',
  'backups.document.available.mttr': '平均復旧時間（分）',
  'backups.document.available.mtbf': '平均故障間隔（時間）',
  'backups.document.available.since': '観測の開始',
  'backups.document.source.responses':
    '出典: 期間中に始まったバックアップ関連のアラート。目標内とは、目標時間内に着手または解消したもの。',
  'backups.document.source.availability':
    '出典: Kura 自身が毎分行うプローブ。観測していない時間と計画停止は、稼働にも停止にも数えません。',
};
