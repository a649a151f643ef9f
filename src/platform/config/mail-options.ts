/** Settings of sending mail. None can change while running: they decide where one-time links go. */
import { z } from 'zod';

import { count, option } from './option.ts';

export const mailOptions = z.strictObject({
  host: option(z.string().min(1).optional(), {
    en: 'Mail server (SMTP) that takes the mails of Kura; without it none are sent. Takes mail.from and access.publicUrl besides.',
    ja: 'Kura のメールを渡すメールサーバー (SMTP)。なければメールは送りません。mail.from と access.publicUrl も必要です。',
  }),
  port: option(count(1, 65_535).default(587), {
    en: 'Its TCP port: 587 with mail.security starttls, 465 with tls.',
    ja: 'その TCP ポート。mail.security が starttls なら 587、tls なら 465。',
  }),
  security: option(z.enum(['starttls', 'tls', 'plain']).default('starttls'), {
    en: 'starttls: nothing is sent before TLS is on; tls: TLS from the first byte; plain: no TLS; with a user name only to a server on this very machine.',
    ja: 'starttls は TLS が有効になるまで何も送らず、tls は最初から TLS を使います。plain は TLS を使わず、ユーザー名とパスワードはこのマシン自身のサーバーにだけ送ります。',
  }),
  user: option(z.string().min(1).optional(), {
    en: 'User name at the mail server, where it asks for one.',
    ja: 'メールサーバーのユーザー名 (必要な場合)。',
  }),
  password: option(z.string().min(1).optional(), {
    en: 'Password at the mail server.',
    ja: 'メールサーバーのパスワード。',
    secret: true,
  }),
  from: option(z.email().optional(), {
    en: 'Address the mails come from: kura@example.org.',
    ja: '差出人のメールアドレス。例: kura@example.org。',
  }),
  caFile: option(z.string().min(1).optional(), {
    en: 'File with the certificates (PEM) of the authorities that the mail server is believed by; without it those of the system.',
    ja: 'メールサーバーの証明書を検証する認証局の証明書ファイル (PEM)。なければシステムの認証局を使います。',
  }),
  attachmentBytes: option(count(0, 26_214_400).default(10_485_760), {
    en: 'Largest file, in bytes, that goes along with a mail; for larger ones the mail says where they are. Most mail servers take mails of 25 MiB, in which a file takes a third more.',
    ja: 'メールに添付するファイルの最大バイト数。これより大きいものは保管場所だけを知らせます。多くのメールサーバーの上限は 25 MiB で、添付すると約 3 割大きくなります。',
  }),
  timeoutSeconds: option(count(1, 120).default(20), {
    en: 'Seconds the mail server may take to connect and for each answer.',
    ja: 'メールサーバーへの接続と 1 回の応答を待つ秒数。',
  }),
});
