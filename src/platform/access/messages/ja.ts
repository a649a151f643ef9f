import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'access.login-required': 'ログインしていません。',
  'access.login-required.advice':
    '`kura serve` が表示したワンタイムリンクを開くか、管理トークンを Bearer トークンとして送ってください。',
  'access.permission-missing': 'この操作には {permission} の権限が必要ですが、付与されていません。',
  'access.permission-missing.advice': '管理者に依頼してください。',
  'access.bad-token': 'トークンが正しくありません。',
  'access.bad-token.advice': 'このサーバーの管理トークンは、データディレクトリの run/admin-token にあります。',
  'access.link-used': 'このリンクは使用済みか、期限切れです。',
  'access.link-used.advice': 'Kura を動かしているマシンで `kura login-link` を実行し、新しいリンクを作ってください。',
  'access.foreign-origin': '別のサイトからのリクエストのため拒否しました。何も変更していません。',
  'access.weak-secret': '管理トークンが本番環境には弱すぎます: {reason}。サーバーは起動していません。',
  'access.weak-secret.advice': '24 文字以上のランダムな文字列にするか、設定を外して Kura に生成させてください。',
};
