/** `kura backups report|inbox|reporters|expect` の文言。 */
import type { Catalogue } from '#kernel/messages';

import type { reportsCliEn } from './reports.en.ts';

export const reportsCliJa: Catalogue<keyof typeof reportsCliEn> = {
  'cli.backups.report':
    '他のプログラムが行ったバックアップの結果を報告する。-- の後にコマンドを書くと、実行してから報告する。--server の相手に届かない報告は保管し、次回送信する',
  'cli.backups.report.command': '-- の後: バックアップのコマンドとその引数',
  'cli.backups.report.job': 'ジョブのキー、またはツール側のジョブ名',
  'cli.backups.report.copy': 'コピーの名前 (ジョブに複数ある場合)',
  'cli.backups.report.run': 'ツール側の実行 ID。同じ ID の報告は 1 回と数える',
  'cli.backups.report.result': 'success (成功)、warning (警告)、failed (失敗)',
  'cli.backups.report.tool': 'restic、borg、rclone、veeam、wsb、aomei、robocopy、other (既定はコマンド名から判断)',
  'cli.backups.report.started':
    '開始時刻。タイムゾーン付きの ISO 8601 (例 2026-11-22T03:00:00+09:00)。既定は終了時刻と同じ',
  'cli.backups.report.ended': '終了時刻 (既定は現在)',
  'cli.backups.report.bytes': 'バックアップ対象の大きさ (バイト)',
  'cli.backups.report.new-bytes': '新たに書き込んだ大きさ (バイト)',
  'cli.backups.report.files': 'ファイル数',
  'cli.backups.report.code': 'ツールが示したエラーコードなど',
  'cli.backups.report.message': 'ツールが示したメッセージ',
  'cli.backups.report.log-file': '末尾を報告に添付するログファイル',
  'cli.backups.report.warn-exit-codes': '警告とみなすコマンドの終了コード (例 1,3)',
  'cli.backups.report.flush': '保管中の報告の送信だけを行う',
  'cli.backups.report.kept':
    '⚠ 報告を送信できませんでした: {reason}\n  保管し、次回の報告と一緒に送信します (保管中 {waiting} 件)。',
  'cli.backups.report.not-flushed':
    '⚠ この報告は送信しましたが、保管中の報告を送信できませんでした: {reason}\n  引き続き保管し、次回の報告と一緒に送信します。',
  'cli.backups.report.flushed': '保管中の報告を {sent} 件送信しました。拒否されたものは {refused} 件です。',
  'cli.backups.report.put-aside':
    '⚠ 保管中の報告のうち {refused} 件が拒否されました。"refused" フォルダーに移しています。',
  'cli.backups.runs.copy': 'このコピーの実行だけ',
  'cli.backups.runs.result': 'この結果の実行だけ: running、success、partial、failed、interrupted',
  'cli.backups.runs.since': 'この時刻以降に始まった実行だけ (例 2026-11-22T00:00:00+09:00)',
  'cli.backups.inbox': '未登録のジョブについての報告',
  'cli.backups.inbox.list': '未割り当ての報告を一覧する',
  'cli.backups.inbox.list.empty': '未割り当ての報告はありません。',
  'cli.backups.inbox.assign': 'ある名前の報告を、今後の分も含めてコピーの実行として記録する',
  'cli.backups.inbox.assign.tool': '一覧にあるツール',
  'cli.backups.inbox.assign.name': '一覧にある名前',
  'cli.backups.inbox.assign.copy-name': '報告にあるコピーの名前 (ある場合)',
  'cli.backups.inbox.assign.to-job': 'ジョブのキー',
  'cli.backups.inbox.assign.to-copy': 'コピーの名前',
  'cli.backups.inbox.assign.done':
    '「{name}」の報告 {recorded} 件を {place} の実行として記録しました (記録済み {repeated} 件)。',
  'cli.backups.inbox.dismiss': 'ある名前の報告を取り下げる',
  'cli.backups.inbox.dismiss.tool': '一覧にあるツール',
  'cli.backups.inbox.dismiss.name': '一覧にある名前',
  'cli.backups.inbox.dismiss.copy-name': '報告にあるコピーの名前 (ある場合)',
  'cli.backups.inbox.dismiss.always': '今後届く報告も取り下げる',
  'cli.backups.inbox.dismiss.done': '「{name}」の報告 {dismissed} 件を取り下げました。',
  'cli.backups.reporters': '報告元と最終応答時刻を一覧する',
  'cli.backups.reporters.forget': 'この報告元を一覧から外す',
  'cli.backups.reporters.forgotten': '{reporter} を一覧から外しました。',
  'cli.backups.reporters.empty': '報告元はまだありません。',
  'cli.backups.expect': 'ジョブの実行予定。これを過ぎると実行漏れとみなす',
  'cli.backups.expect.job': 'ジョブのキー',
  'cli.backups.expect.cron': '実行時刻のパターン (例 "0 3 * * *")',
  'cli.backups.expect.zone': 'パターンのタイムゾーン (例 Asia/Tokyo。既定は UTC)',
  'cli.backups.expect.grace': '実行時間と遅れとして待つ分数',
  'cli.backups.expect.by-interval': 'パターンを使わず、ジョブの間隔に従う',
  'cli.backups.expect.calendar': 'このカレンダーの日には実行を予定しない',
  'cli.backups.expect.awaited': '{copy} の次の実行の終了期限は {time} です。',
  'cli.backups.expect.interval': '{job} の実行予定はジョブの間隔に従います。',
  'cli.backups.expect.pattern': '{job} の実行予定は {cron} ({zone}) です。',
};
