import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'smtp.unreachable': 'メールサーバー {server} に接続できません: {reason}',
  'smtp.unreachable.advice':
    'mail.host と mail.port、サーバーが動いているかを確認してください。送信待ちのメールは自動で再試行します。',
  'smtp.tls-failed': 'メールサーバー {server} と安全に接続できません: {reason}。何も送信していません。',
  'smtp.tls-failed.advice':
    '独自の認証局を使うサーバーでは mail.caFile を設定してください。mail.security はポートに合わせます (587 は starttls、465 は tls)。',
  'smtp.login-refused': 'メールサーバー {server} にログインを拒否されました: {reason}',
  'smtp.login-refused.advice': 'mail.user と mail.password を確認してください。送信待ちのメールは自動で再試行します。',
  'smtp.deferred': 'メールサーバー {server} は今はメールを受け付けません: {reason}',
  'smtp.deferred.advice': '自動で再試行します。',
  'smtp.refused': 'メールサーバー {server} にメールを拒否されました: {reason}。再試行はしません。',
  'smtp.refused.advice': '宛先と、mail.from からの送信をサーバーが許しているかを確認してください。',
};
