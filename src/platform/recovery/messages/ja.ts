export const ja = {
  'recovery.not-an-image': 'フォルダー {folder} に Kura のイメージがありません。',
  'recovery.not-an-image.advice': 'ジョブ「kura」のバックアップを指定してください。ほかのジョブの中身は別のものです。',
  'recovery.other-master-key':
    'マスターキー {id} はこのバックアップのものではありません（必要なのは {needed}）。何も配置していません。',
  'recovery.other-master-key.advice':
    'ID が {needed} のリカバリーキット（バックアップを取った時点のもの）を探してください。',
  'recovery.image-damaged': 'バックアップの中身が記録と一致しません: {files}。何も配置していません。',
  'recovery.image-damaged.advice': '以前のスナップショットか別のコピーを使い、このコピーを検証してください。',
  'recovery.home-not-empty': 'データディレクトリ {folder} が空ではありません。何も変更していません。',
  'recovery.home-not-empty.advice': '--home で空のディレクトリを指定するか、今あるものを移動してください。',
  'recovery.database-not-empty': '復元先にすでにデータベースがあります。そのまま残しました。',
  'recovery.database-not-empty.advice':
    '空のデータベースを作って KURA_DATABASE_URL に指定し、空のデータディレクトリでやり直してください。',
  'recovery.other-database': 'このバックアップのデータベースは {dialect} ですが、設定は別の種類を指しています。',
  'recovery.other-database.advice':
    'postgres なら空のデータベースを KURA_DATABASE_URL に指定し、sqlite なら指定を外して、空のデータディレクトリでやり直してください。',
  'recovery.no-scratch-database': 'バックアップを試すための空のデータベースをサーバーに作れませんでした: {reason}',
  'recovery.no-scratch-database.advice':
    'Kura のアカウントにデータベース作成の権限 (CREATEDB) を与えてください。訓練のあとで削除されます。',
  'recovery.program-missing': 'プログラム {program} が見つかりません。PostgreSQL の保存と復元に必要です。',
  'recovery.program-missing.advice':
    'サーバーより古くない PostgreSQL のクライアントプログラムをインストールしてください (Debian: postgresql-client)。',
  'recovery.program-failed': '{program} が {code} で終了しました: {reason}',
  'recovery.program-failed.advice':
    '表示された原因を直してください。クライアントプログラムはサーバーより古くてはいけません。',
} as const;
