import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';
import { noticesJa } from './notices.ja.ts';

export const ja: Catalogue<keyof typeof en> = {
  ...noticesJa,
  'notify.footer': '{site} の Kura から自動送信しています。このメールに返信しても読まれません。',
  'notify.mail-off': 'メールサーバーが設定されていません。何も送信していません。',
  'notify.mail-off.advice':
    'mail.host・mail.from・access.publicUrl を設定してください。手順はアカウントのガイドにあります。',
  'notify.mail-incomplete': 'mail.host は設定されていますが、{missing} がありません。',
  'notify.mail-incomplete.advice':
    'kura.yaml または環境変数で設定してください。メールを使わない場合は mail.host を外します。',
  'notify.mail-plain':
    'mail.security が plain のまま別のマシン {host} に mail.user のパスワードを送ると、暗号化されずにネットワークを流れます。',
  'notify.mail-plain.advice': 'starttls か tls を使うか、ユーザー名の要らないリレーにしてください。',
  'notify.address-invalid': '1 件のメールアドレスとして読み取れません。何も送信していません。',
  'notify.address-invalid.advice': '名前やカンマを付けず、name@example.org の形で指定してください。',
  'notify.test.subject': 'Kura からのテストメール',
  'notify.test.body': 'Kura がメールを送信できることを確認するためのメールです（{time} に依頼）。',
  'route.mail.list': '送信したメールとその結果',
  'route.mail.send-test': 'テストメールを送る',
  'cli.mail': 'Kura が送るメール (招待・リンク・お知らせ)',
  'cli.mail.list': 'メールの一覧と結果 (本文は表示しません)',
  'cli.mail.list.limit': '最大件数 (既定 50)',
  'cli.mail.list.empty': 'メールはまだ送信されていません。',
  'cli.mail.state.queued': '送信待ち',
  'cli.mail.state.sent': '送信済み',
  'cli.mail.state.failed': '失敗',
  'cli.mail.state.expired': '期限切れ',
  'cli.mail.test': 'テストメールをすぐに送る',
  'cli.mail.test.to': 'メールアドレス',
  'cli.mail.test.done': 'メールサーバーが {to} 宛てのテストメールを受け付けました。',
};
