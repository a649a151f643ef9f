import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'cli.vault': 'フォルダの重複排除バックアップ（サーバーもデータベースも不要）',
  'cli.vault.init': '空のリポジトリを作る（指定しない限り暗号化します）',
  'cli.vault.init.repo': '新しいリポジトリのフォルダ（空、または未作成）',
  'cli.vault.init.passphrase-file': 'パスフレーズを書いたファイル（環境変数 KURA_VAULT_PASSPHRASE でも可）',
  'cli.vault.init.encryption': 'aes256（既定）または none（フォルダを手にした人は誰でも読めます）',
  'cli.vault.init.done':
    '暗号化リポジトリを {repository} に作りました。パスフレーズは別の場所に保管してください。失うと誰にも開けません。',
  'cli.vault.init.done-open':
    'リポジトリを {repository} に作りました。暗号化していないため、フォルダを手にした人は誰でも読めます。',
  'cli.vault.backup': 'フォルダを新しいスナップショットとして保存（読めないファイルがあれば終了コード 3）',
  'cli.vault.backup.source': 'バックアップするフォルダ',
  'cli.vault.backup.repo': 'リポジトリのフォルダ',
  'cli.vault.backup.passphrase-file': 'パスフレーズを書いたファイル（環境変数 KURA_VAULT_PASSPHRASE でも可）',
  'cli.vault.backup.tag': 'スナップショットに付ける目印の語（続けて複数指定可）',
  'cli.vault.backup.exclude': '除外する名前またはパスのパターン（* ? **、続けて複数指定可）',
  'cli.vault.backup.progress': '{files} ファイル、{bytes}（新規 {newBytes}） – {path}',
  'cli.vault.backup.done': 'スナップショット {snapshot}: {files} ファイル、{bytes}（新規 {newBytes}）、{seconds} 秒。',
  'cli.vault.backup.partial':
    'スナップショット {snapshot} は不完全です。{problems} 個のパスをそのまま保存できませんでした。{files} ファイル、{bytes} は入っています。',
  'cli.vault.snapshots': 'リポジトリのスナップショットを古い順に一覧',
  'cli.vault.snapshots.repo': 'リポジトリのフォルダ',
  'cli.vault.snapshots.passphrase-file': 'パスフレーズを書いたファイル（環境変数 KURA_VAULT_PASSPHRASE でも可）',
  'cli.vault.snapshots.empty': 'スナップショットはまだありません。',
  'cli.vault.verify': '欠けや破損がないか調べる（あれば終了コード 5）',
  'cli.vault.verify.repo': 'リポジトリのフォルダ',
  'cli.vault.verify.passphrase-file': 'パスフレーズを書いたファイル（環境変数 KURA_VAULT_PASSPHRASE でも可）',
  'cli.vault.verify.read-data': '所在だけでなく、保存した全バイトを読み、復号し、ハッシュを確かめる',
  'cli.vault.verify.progress': '{objects} オブジェクト、{totalBytes} 中 {bytes}、エラー {errors}',
  'cli.vault.verify.sound':
    '欠けはありません: スナップショット {snapshots}、オブジェクト {objects}、{bytes}。--read-data を付けると全バイトも読みます。',
  'cli.vault.verify.sound-data':
    '全バイトを読み、正常でした: スナップショット {snapshots}、オブジェクト {objects}、{bytes}。',
  'cli.vault.verify.damaged':
    '破損しています: スナップショット {snapshots} の {objects} オブジェクトにエラーが {errors} 件。',
  'cli.vault.restore': 'スナップショットの全部または一部をフォルダに復元',
  'cli.vault.restore.snapshot': '「latest」、または「kura vault snapshots」に出る ID の先頭部分',
  'cli.vault.restore.repo': 'リポジトリのフォルダ',
  'cli.vault.restore.passphrase-file': 'パスフレーズを書いたファイル（環境変数 KURA_VAULT_PASSPHRASE でも可）',
  'cli.vault.restore.target': '復元先のフォルダ（なければ作ります）',
  'cli.vault.restore.include': 'このパスまたはパターンだけ（フォルダは中身ごと、続けて複数指定可）',
  'cli.vault.restore.overwrite': '復元先に既にあるファイルを置き換える',
  'cli.vault.restore.skip-existing': '復元先に既にあるファイルはそのまま残す',
  'cli.vault.restore.verify': '書き込んだファイルを読み直して SHA-256 を照合する',
  'cli.vault.restore.progress': '{totalFiles} 中 {files} ファイル、{totalBytes} 中 {bytes} – {path}',
  'cli.vault.restore.done':
    '{target} に {files} ファイル、{bytes} を {seconds} 秒で復元しました（{skipped} 個はそのまま）。',
  'cli.vault.restore.partial':
    '{target} に {files} ファイル、{bytes} を復元しました。{problems} 個のパスは復元できませんでした。誤った内容のファイルはありません。',
  'cli.vault.restore.torn':
    '復元したファイルのうち {count} 個はバックアップ中に変化しており、二つの状態が混ざっている可能性があります（例: {path}）。',
};
