import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'access.login-required': 'ログインしていません。',
  'access.login-required.advice':
    '`kura serve` が表示したワンタイムリンクを開くか、管理トークンを Bearer トークンとして送ってください。',
  'access.permission-missing': 'この操作には {permission} の権限が必要ですが、付与されていません。',
  'access.permission-missing.advice': '管理者に依頼してください。',
  'access.foreign-origin': '別のサイトからのリクエストのため拒否しました。何も変更していません。',
  'access.foreign-origin.advice': 'Kura 自身の画面から操作するか、管理トークンを Bearer トークンとして送ってください。',
  'access.csrf-token': 'Kura の画面からのリクエストと確認できないため拒否しました。何も変更していません。',
  'access.csrf-token.advice':
    'ページを再読み込みして、もう一度お試しください。プログラムからはセッションではなく API キーを使います。',
};
