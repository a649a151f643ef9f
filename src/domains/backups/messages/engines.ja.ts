import type { Catalogue } from '#kernel/messages';

import type { enginesEn } from './engines.en.ts';

export const enginesJa: Catalogue<keyof typeof enginesEn> = {
  'backups.engine-missing': 'このコピーには {tool} が必要ですが、インストールされていません。何も行っていません。',
  'backups.engine-missing.advice':
    '「apt install {tool}」などでインストールしてください (BorgBackup のパッケージ名は borgbackup)。Kura は /usr/local/bin と /usr/bin を探します。',
  'backups.engine-repository-missing': '{repository} に {tool} のリポジトリが見つかりません。何も変更していません。',
  'backups.engine-repository-missing.advice':
    'ディスクがマウントされているか、アドレスが正しいかを確認してください。新しく作るには「kura backups tool init」を使います。',
  'backups.engine-passphrase-wrong':
    'このパスフレーズでは {repository} のリポジトリを開けません。何も変更していません。',
  'backups.engine-passphrase-wrong.advice':
    'コピーのパスフレーズファイルを確認してください。ファイルの指定がなければ KURA_VAULT_PASSPHRASE が使われます。',
  'backups.engine-repository-locked':
    '{repository} のリポジトリは、ほかの処理が使用中です: {reason}。何も変更していません。',
  'backups.engine-repository-locked.advice':
    '終わるのを待ってください。このマシンで強制終了した処理が残したロックは Kura が外します。ほかのマシンのロックは、人が確かめてから外してください。',
  'backups.engine-source-empty':
    '以前はファイルがあった {source} が空です。コピーには触れず、この実行は失敗としました。',
  'backups.engine-source-empty.advice':
    'ディスクがマウントされているか確認してください。本当に空になったのなら、ジョブを一時停止またはアーカイブしてください。',
  'backups.engine-failed':
    '{tool} が {repository} で終了コード {code} を返しました: {reason}。以前のスナップショットはそのままです。',
  'backups.engine-failed.advice': '「kura backups tool log 実行ID」で、ツールの出力の末尾を確認できます。',
  'backups.engine-no-replica':
    '{tool} では、このコピーを別のコピーから作れません。作れるのは restic どうし、rclone どうしの別のコピーからだけです。',
  'backups.engine-no-replica.advice': '元になるコピーの指定を外し、保護対象から直接作ってください。',
  'backups.engine-keep-last-only':
    '{tool} が残すのは完全なスナップショットではなく、以前の実行で置き換えられたファイルです。指定できるのは直近の回数だけです。何も消していません。',
  'backups.engine-keep-last-only.advice': '残す回数 (last) だけを指定してください。',
  'backups.engine-held': 'ジョブ {job} は法的保全の対象です ({reason})。何も消していません。',
  'backups.engine-held.advice': '権限があれば、先に保全を解除してください。',
  'backups.engine-address': '{repository} は {tool} で使える場所ではありません。何も行っていません。',
  'backups.engine-address.advice':
    '絶対パスかアドレスを指定してください。restic は sftp:、rest:、s3:、b2:、azure:、gs:、rclone:、borg は ssh://、rclone は設定済みリモートの「リモート名:パス」です。',
  'backups.engine-settings': 'このコピーの設定は使えません: {faults}。登録していません。',
  'backups.engine-settings.advice': '示された項目を直してください。ツールごとの設定はガイドにあります。',
  'backups.engine-needs-folder': '{tool} がバックアップできるのはフォルダです。{source} は違います。登録していません。',
  'backups.engine-needs-folder.advice': 'データベースやプログラムの出力にはボールトを使ってください。',
  'backups.engine-offline-server': '{repository} はサーバーなので、オフライン媒体にはなりません。登録していません。',
  'backups.engine-offline-server.advice': '「オフライン」を外して登録するか、取り外すディスクを使ってください。',
  'backups.engine-target-in-use': 'フォルダ {target} は空ではありません。何も復元していません。',
  'backups.engine-target-in-use.advice': '空のフォルダか、まだないフォルダを指定してください。',
  'backups.copy-no-tool': 'コピー {copy} は restic、borg、rclone で作るものではありません。',
  'backups.copy-no-tool.advice': '各コピーを何が作るかは「kura backups jobs」で確認できます。',
  'backups.run-log-none': '実行 {run} のログは残っていません。',
  'backups.run-log-none.advice': 'ログが残るのは restic、borg、rclone の実行だけです。',
  'backups.program-not-allowed': 'ジョブから {program} を起動することは許可されていません。何も起動していません。',
  'backups.program-not-allowed.advice':
    'Kura を動かしているマシンで、設定 backups.programs にそのプログラムの絶対パスを加えてください。',
  'backups.tool-ok': '使用できます',
  'backups.tool-too-old': '古すぎます。{oldest} 以降が必要です',
  'backups.tool-absent': 'インストールされていません',
  'route.backups.list-tools': 'restic、borg、rclone の有無と、使えるバージョンかどうか',
  'route.backups.init-tool-repository': 'restic、borg、rclone の空のリポジトリを作る',
  'route.backups.read-copy-tool': 'ツールから見たコピーの状態: スナップショット、容量、次の検証',
  'route.backups.forget-tool-snapshots': 'ルールに従ってコピーの古いスナップショットを消す。または消えるものを調べる',
  'route.backups.read-run-log': '実行中のツール出力の末尾',
};
