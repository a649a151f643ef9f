import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'identity.bad-token': 'トークンが正しくありません。',
  'identity.bad-token.advice': 'このサーバーの管理トークンは、データディレクトリの run/admin-token にあります。',
  'identity.link-used': 'このリンクは使用済みか、期限切れです。',
  'identity.link-used.advice': 'Kura を動かしているマシンで `kura login-link` を実行し、新しいリンクを作ってください。',
  'identity.weak-secret': '管理トークンが本番環境には弱すぎます: {reason}。サーバーは起動していません。',
  'identity.weak-secret.advice': '24 文字以上のランダムな文字列にするか、設定を外して Kura に生成させてください。',
  'identity.session-over': 'セッションの期限が切れました。',
  'identity.session-over.advice':
    'Kura を動かしているマシンで `kura login-link` を実行し、新しいリンクを作ってください。',
  'route.session.open': 'ワンタイムリンクでログインする',
  'route.session.read': 'ログイン中の利用者を調べる',
  'route.session.close': 'ログアウトする',
  'cli.login-link': 'ブラウザーを管理者としてログインさせるワンタイムリンクを表示',
  'identity.link': '{minutes} 分以内に、次のリンクを 1 回だけ開いてください:\n  {url}',
};
