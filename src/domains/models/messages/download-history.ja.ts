/** ダウンロード履歴のコマンドと表示。 */
import type { Catalogue } from '#kernel/messages';

import type { downloadHistoryEn } from './download-history.en.ts';

export const downloadHistoryJa: Catalogue<keyof typeof downloadHistoryEn> = {
  'route.models.download-statistics': '種類ごとのダウンロード件数・速度・失敗理由',
  'cli.models.downloads': 'ダウンロード履歴: いつ何をどの速さで取得したか、何が失敗したか',
  'cli.models.downloads.list': 'ダウンロード履歴を新しい順に表示',
  'cli.models.downloads.list.status': '状態で絞り込む: placed、failed、skipped、quarantined、cancelled など',
  'cli.models.downloads.list.type': 'モデルの種類で絞り込む: LORA、Checkpoint など',
  'cli.models.downloads.list.since': 'この日以降に更新: 日付 (2026-10-01) または期間 (30d)',
  'cli.models.downloads.list.until': 'この日までに更新: 日付 (その日の終わりまで) または期間',
  'cli.models.downloads.list.text': 'ファイル名・モデル名・参照の一部',
  'cli.models.downloads.list.format': 'table、json、csv (既定は table)',
  'cli.models.downloads.list.limit': '最大件数 (既定は 50)',
  'cli.models.downloads.list.cursor': '前のページの続きから',
  'cli.models.downloads.stats': '種類ごとに集計: 件数、容量、標準的な速度、失敗の理由',
  'cli.models.downloads.stats.status': '状態で絞り込む: placed、failed、skipped、quarantined、cancelled など',
  'cli.models.downloads.stats.type': 'モデルの種類で絞り込む: LORA、Checkpoint など',
  'cli.models.downloads.stats.since': 'この日以降に更新: 日付 (2026-10-01) または期間 (30d)',
  'cli.models.downloads.stats.until': 'この日までに更新: 日付 (その日の終わりまで) または期間',
  'cli.models.downloads.stats.text': 'ファイル名・モデル名・参照の一部',
  'cli.models.downloads.nothing': '該当するダウンロードはありません。',
  'cli.models.downloads.column.type': '種類',
  'cli.models.downloads.column.files': 'ファイル',
  'cli.models.downloads.column.placed': '配置済み',
  'cli.models.downloads.column.failed': '失敗',
  'cli.models.downloads.column.bytes': '容量',
  'cli.models.downloads.column.network': '通信量',
  'cli.models.downloads.column.speed': '標準的な速度',
};
