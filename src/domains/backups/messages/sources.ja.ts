import type { Catalogue } from '#kernel/messages';

import type { sourcesEn } from './sources.en.ts';

export const sourcesJa: Catalogue<keyof typeof sourcesEn> = {
  'backups.source-words':
    '{source}: コマンドは command:名前 と一緒に、必ず組で指定します。スナップショットは作っていません。',
  'backups.source-words.advice': 'kura vault backup command:名前 --repo … -- プログラム 引数… の形で指定してください。',
  'backups.source-rules':
    '{source} は丸ごと保存するため、フォルダのファイルを選ぶオプションは使えません。スナップショットは作っていません。',
  'backups.source-rules.advice': '--exclude、--one-file-system、--read-all などを外してください。',
  'backups.source-address':
    '{source} は PostgreSQL データベースのアドレスではありません。スナップショットは作っていません。',
  'backups.source-address.advice': 'postgres://ユーザー@ホスト:ポート/データベース の形で指定してください。',
  'backups.source-password':
    '{host} のパスワードがコマンドラインに書かれています。このマシンの誰もが読める場所です。使わずに中止しました。',
  'backups.source-password.advice':
    'アドレスから外し、~/.pgpass か環境変数 PGPASSWORD で渡してください。ほかの人もこのマシンを使うなら、パスワードを変えてください。',
  'backups.source-program-missing': 'プログラム {program} が見つかりません。スナップショットは作っていません。',
  'backups.source-program-missing.advice':
    'インストールするか、フルパスで指定してください。探す場所は /usr/local/bin、/usr/bin、/bin と、それぞれの sbin です。',
  'backups.source-program-failed':
    '{program} が {code} で終わりました: {reason}。それまでの出力は使えないため、スナップショットは作っていません。',
  'backups.source-program-failed.advice':
    '原因を直して、もう一度実行してください。警告にすぎない終了コードは --warn-exit-codes で指定できます。',
  'backups.source-not-sqlite':
    '{path} を SQLite データベースとしてコピーできません（{reason}）。スナップショットは作っていません。',
  'backups.source-not-sqlite.advice':
    'パスを確認してください。ほかの種類のファイルは、フォルダごとバックアップできます。',
};
