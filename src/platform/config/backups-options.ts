/** Settings of the places where backups lie. None can change while running: they decide what Kura may reach and log in to. */
import { z } from 'zod';

import { namesOf } from './comma-list.ts';
import { count, option } from './option.ts';
import { parseStorageCredentials } from './storage-credentials.ts';

export const backupsOptions = z.strictObject({
  credentials: option(
    z
      .string()
      .refine(
        (text) => parseStorageCredentials(text) !== undefined,
        'must be JSON: {"s3://host/bucket": {"accessKeyId": …}}',
      )
      .optional(),
    {
      en: 'Logins for repositories on servers, as JSON: an address or its beginning, and accessKeyId with secretAccessKey, or password, or privateKeyFile with passphrase. Best in a file of its own (KURA_BACKUPS_CREDENTIALS_FILE).',
      ja: 'サーバーにあるリポジトリのログイン情報 (JSON)。アドレスまたはその先頭部分に対し、accessKeyId と secretAccessKey、password、または privateKeyFile と passphrase を書きます。専用のファイルに置いてください (KURA_BACKUPS_CREDENTIALS_FILE)。',
      secret: true,
    },
  ),
  programs: option(
    z
      .string()
      .refine((text) => namesOf(text).every((one) => one.startsWith('/')), 'must be whole paths, joined by commas')
      .default(''),
    {
      en: 'Programs that backup jobs may start, for sources that are the output of a program and for hooks before and after a run: whole paths, joined by commas. None by default.',
      ja: 'バックアップジョブが起動してよいプログラム (プログラムの出力を保存するソースと、実行前後のフック)。絶対パスのカンマ区切り。既定では何も起動できません。',
    },
  ),
  documentDays: option(count(1, 3650).default(90), {
    en: 'Days for which the files of reports are kept. What was made, when and for whom is remembered for longer.',
    ja: '作成したレポートのファイルを保管する日数。いつ誰のために作成したかの記録は、その後も残ります。',
  }),
  hosts: option(z.string().default(''), {
    en: 'Servers in private networks or on this machine at which repositories may lie (s3:, sftp:, and those of restic and borg), by name or address, joined by commas: nas.example.org,192.168.1.7. Public servers need no entry.',
    ja: 'プライベートネットワークやこのマシン上で、リポジトリ (s3:、sftp:、restic と borg のもの) を置いてよいサーバー。名前またはアドレスのカンマ区切り。例: nas.example.org,192.168.1.7。公開サーバーは記入不要です。',
  }),
});
