import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'backups.passphrase-needed':
    '新しいリポジトリは暗号化しますが、パスフレーズが指定されていません。何も書き込んでいません。',
  'backups.passphrase-needed.advice':
    '--passphrase-file FILE か環境変数 KURA_VAULT_PASSPHRASE で指定してください。フォルダを手にした誰が読んでもよい場合は --no-encryption を付けてください。',
  'backups.passphrase-contradiction':
    'パスフレーズのファイルと「暗号化なし」が同時に指定されました。何も書き込んでいません。',
  'backups.passphrase-contradiction.advice': '--passphrase-file と --no-encryption のどちらかを外してください。',
  'backups.passphrase-file-unreadable': 'パスフレーズのファイル {path} を読めません: {reason}',
  'backups.passphrase-file-unreadable.advice': 'パスと、このユーザーに読み取り権限があるかを確認してください。',
  'backups.passphrase-file-empty': 'パスフレーズのファイル {path} は空です。',
  'backups.passphrase-file-empty.advice': '1 行目にパスフレーズを書いてください。',
  'backups.restore-contradiction': '既にあるファイルを置き換えつつ残すことはできません。何も復元していません。',
  'backups.restore-contradiction.advice': '--overwrite と --skip-existing のどちらかを外してください。',
  'backups.and-more': '… ほか {count} 件',
  'backups.column-snapshot': 'スナップショット',
  'backups.column-made': '作成',
  'backups.column-source': '元フォルダ',
  'backups.column-files': 'ファイル',
  'backups.column-size': 'サイズ',
  'backups.column-tags': '目印',
};
