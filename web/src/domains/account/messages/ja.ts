import type { en } from './en.ts';

export const ja: Record<keyof typeof en, string> = {
  'account.nav': 'アカウント',
  'account.title': 'アカウント',
  'account.lead': '登録内容の確認とパスワードの変更ができます。',
  'account.owner': 'ワンタイムリンクでログインした、このマシンの所有者として操作しています。アカウントはありません。',
  'account.full-name': '氏名',
  'account.email': 'メールアドレス',
  'account.role': 'ロール',
  'account.password-changed': 'パスワードの変更日時',
  'account.password': 'パスワードの変更',
  'account.password-lead': '変更すると、ほかのセッションはすべて終了します。',
  'account.password-current': '現在のパスワード',
  'account.password-submit': 'パスワードを変更',
  'account.password-done': 'パスワードを変更しました。ほかのセッションは終了しました。',
  'account.first': '最初の管理者を作成',
  'account.first-lead':
    '以後はユーザー名とパスワードでログインします。ワンタイムリンクも、このマシンの所有者は引き続き使えます。',
  'account.first-submit': 'アカウントを作成',
  'password.new': '新しいパスワード',
  'password.hint':
    '12 文字以上。流出したパスワード、自分の名前、単純な規則のものは使えません。ほかの条件はありません。',
};
