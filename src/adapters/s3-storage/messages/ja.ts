import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  's3.address': '{address} は、オブジェクトストレージにあるリポジトリのアドレスではありません。何も行っていません。',
  's3.address.advice':
    's3://ホスト/バケット/フォルダ の形で指定してください（TLS なしは s3:http://…）。オプション: ?region=…&lock-days=30&lock-mode=governance|compliance',
  's3.credentials-missing': '{location} のアクセスキーがわかりません。何も行っていません。',
  's3.credentials-missing.advice':
    '認証情報ファイル（KURA_BACKUPS_CREDENTIALS_FILE）に書くか、AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY を設定してください。',
};
