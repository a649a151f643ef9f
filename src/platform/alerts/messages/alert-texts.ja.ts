/** アラートの種類ごとの文面と対処。`{name}` は対象の名前。 */
import type { Catalogue } from '#kernel/messages';

import type { alertTypesEn } from './alert-texts.en.ts';

export const alertTypesJa: Catalogue<keyof typeof alertTypesEn> = {
  'alerts.type.backup-failed': '{name} のバックアップが失敗しました',
  'alerts.type.backup-failed.advice':
    '実行記録で理由を確認し、直してからジョブを実行し直してください。直前の正常なスナップショットは無事です。',
  'alerts.type.backup-partial': '{name} のバックアップに漏れがあります: {problems} 件',
  'alerts.type.backup-partial.advice': '読めなかったファイルを実行記録で確認し、読めるようにしてください。',
  'alerts.type.backup-missed': '{name} のバックアップが実行されていません (予定 {due})',
  'alerts.type.backup-missed.advice': 'マシンの電源、スケジュールの有無、Kura への接続を確認してください。',
  'alerts.type.backup-unusual': '{name} のバックアップがいつもと違います: {what} {value} (通常 {usual})',
  'alerts.type.backup-unusual.advice':
    '極端に小さければ対象の欠落、極端に大きい・遅い場合は大量の書き換え (ランサムウェアを含む) の恐れがあります。',
  'alerts.type.report-unclaimed': '{name} の報告に対応するジョブがありません',
  'alerts.type.report-unclaimed.advice': '報告の受信箱でジョブに割り当てるか、却下してください。',
  'alerts.type.reporter-silent': '報告元 {name} から {since} 以降連絡がありません',
  'alerts.type.reporter-silent.advice': 'マシンの電源と、登録したタスクが残っているかを確認してください。',
  'alerts.type.rule-violated': '{name} が 3-2-1-1-0 ルールを満たしていません (不足: {digits})',
  'alerts.type.rule-violated.advice': 'ジョブのページに、不足している項目と対処が表示されます。',
  'alerts.type.verification-failed': '{name} のコピーの内容が正しくありません',
  'alerts.type.verification-failed.advice':
    'ほかのコピーを削除しないでください。別のコピーから修復し、もう一度検証してください。',
  'alerts.type.drill-failed': '{name} の復元テストが失敗しました',
  'alerts.type.drill-failed.advice':
    '記録で失敗した箇所を確認してください。復元できないバックアップは無いのと同じです。',
  'alerts.type.test-due': '{name} の復元テストの期限は {dueOn} です',
  'alerts.type.test-due.advice': '実施するか、Kura に実施させてください。',
  'alerts.type.test-overdue': '{name} の復元テストが期限 ({dueOn}) を過ぎています',
  'alerts.type.test-overdue.advice': '今すぐ実施してください。それまで復元できるかどうかは誰にも分かりません。',
  'alerts.type.ticket-opened': 'チケット {number} が起票されました: {name}',
  'alerts.type.ticket-opened.advice': '根拠を示して閉じるまで、「エラー 0」は赤のままです。',
  'alerts.type.ticket-overdue': 'チケット {number} が期限 ({due}) を過ぎています: {name}',
  'alerts.type.ticket-overdue.advice': '根拠を示して閉じるか、対応できる人に引き継いでください。',
  'alerts.type.canary-changed': '{name} のカナリアファイルに異変があります ({what}): {path}',
  'alerts.type.canary-changed.advice':
    '誰も触らないはずのファイルです。ランサムウェアを疑い、書き込み元を止め、コピーを届かない所に保ってください。',
  'alerts.type.medium-lost': '媒体 {name} が紛失しました',
  'alerts.type.medium-lost.advice':
    '捜索してください。暗号化されていないデータを含む場合は、情報管理の責任者に報告してください。',
  'alerts.type.medium-damaged': '媒体 {name} が破損しています',
  'alerts.type.medium-damaged.advice': 'まず中身の別コピーを作り、そのあと使用から外してください。',
  'alerts.type.loan-overdue': '媒体 {name} が返却期限 ({dueOn}) を過ぎています (貸出先: {borrower})',
  'alerts.type.loan-overdue.advice': '返却を求めるか、貸出を延長してください。',
  'alerts.type.swap-due': '{name} の媒体交換日です ({day}): 取り出し {takeOut}、装着 {putIn}',
  'alerts.type.swap-due.advice': '交換し、ローテーションのページで記録してください。',
  'alerts.type.swap-overdue': '{name} の媒体交換が予定日 ({day}) を過ぎています: 取り出し {takeOut}、装着 {putIn}',
  'alerts.type.swap-overdue.advice': '交換するまで、切り離しておくべき媒体に次のバックアップが書き込まれます。',
  'alerts.type.provider-space-low': '{name} の空きが少なくなっています: 使用率 {usedPercent} % (上限 {limitPercent} %)',
  'alerts.type.provider-space-low.advice':
    'バックアップが失敗する前に、古いスナップショットを整理するか容量を増やしてください。',
  'alerts.type.provider-failed': '保存先 {name} が正常に応答しません',
  'alerts.type.provider-failed.advice': '接続できるか、ログイン情報が有効かを確認してください。',
  'alerts.type.provider-login-ending': '保存先 {name} のログイン情報は {day} までです',
  'alerts.type.provider-login-ending.advice':
    '新しいログイン情報を取得し、有効期限とともに登録してください。期限を過ぎると {name} へのバックアップは失敗します。',
  'alerts.type.provider-certificate-ending': '保存先 {name} の証明書は {day} に期限を迎えます',
  'alerts.type.provider-certificate-ending.advice':
    'サーバーの管理者に更新を依頼してください。期限を過ぎると Kura はそこへ何も送りません。',
  'alerts.type.schedule-skipped': '{name} の予定されたバックアップが実行されませんでした',
  'alerts.type.schedule-skipped.advice':
    'ジョブのページで理由を確認してください。次の予定より前に必要なら手動で実行します。',
  'alerts.type.hook-failed': '{name} のバックアップ後に実行するプログラムが失敗しました',
  'alerts.type.hook-failed.advice':
    'バックアップはそのまま残っています。プログラムが行うはずだった処理を補ってください。',
  'alerts.type.sla-violated': '{name} が目標を満たしていません: {what} {value} (目標 {wanted})',
  'alerts.type.sla-violated.advice': '目標のページで、失敗または遅れた実行を確認してください。',
  'alerts.type.file-damaged': 'モデルファイル {name} に異常があります ({what})',
  'alerts.type.file-damaged.advice': 'Kura に修復させてください。バックアップから、無ければ入手元から復元します。',
  'alerts.type.file-quarantined': 'モデルファイル {name} を隔離しました',
  'alerts.type.file-quarantined.advice': '検出内容を確認してください。理由が分かるまで隔離を解除しないでください。',
  'alerts.type.api-changed': 'CivitAI の応答が変わりました: {name}',
  'alerts.type.api-changed.advice': 'CivitAI のページで変更点を確認し、正しく読めていれば承認してください。',
  'alerts.type.storage-low': 'Kura のディスクの空きが少なくなっています: {detail}',
  'alerts.type.storage-low.advice':
    '空きを作るか、古いスナップショットやダウンロードを整理してください。満杯になると書き込みが止まります。',
  'alerts.type.system-degraded': 'Kura の点検項目「{name}」に異常があります: {detail}',
  'alerts.type.availability-low':
    '直近 30 日に Kura が {minutes} 分停止しました。目標 {target} % での許容は {allowed} 分です',
  'alerts.type.availability-low.advice': '稼働率のページに、障害ごとの原因が表示されます。',
  'alerts.type.system-degraded.advice': '詳しくは稼働状況のページを確認してください。',
  'alerts.type.channel-failed': 'チャンネル {name} に送信できません',
  'alerts.type.channel-failed.advice': '通知のページでテスト送信し、直ったら断念した通知を再送してください。',
  'alerts.type.security-detected': '{title}: {name}',
  'alerts.type.security-detected.advice': '監査ログの該当箇所を確認し、そこで処理を記録してください。',
};
