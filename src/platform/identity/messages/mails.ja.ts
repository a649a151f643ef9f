import type { Catalogue } from '#kernel/messages';

import type { mailsEn } from './mails.en.ts';

export const mailsJa: Catalogue<keyof typeof mailsEn> = {
  'identity.mail.greeting': '{user} さん',
  'identity.mail.open-account': 'アカウントを開く',
  'identity.mail.not-you':
    'ご自身の操作であれば、何もする必要はありません。心当たりがなければ、すぐにパスワードを変更し、アカウントの画面ですべてのセッションを終了して、管理者に知らせてください。',
  'identity.mail.once':
    'リンクは 1 回だけ使えます。リンクを知っている人は誰でも使えるため、このメールを転送しないでください。心当たりがなければ、何もする必要はありません。',
  'identity.mail.invitation.subject': 'Kura への招待',
  'identity.mail.invitation':
    '{user} さんから Kura に招待されました。{until} までに、リンクからユーザー名とパスワードを設定してください。',
  'identity.mail.invitation.action': 'アカウントを作成',
  'identity.mail.first-password.subject': 'Kura のアカウント',
  'identity.mail.first-password':
    'Kura にアカウント {user} が作成されました。{until} までに、リンクからパスワードを設定してください。',
  'identity.mail.first-password.action': 'パスワードを設定',
  'identity.mail.reset.subject': 'Kura のパスワードの再設定',
  'identity.mail.reset':
    'アカウント {user} のパスワードの再設定が依頼されました。{until} までに、リンクから新しいパスワードを設定してください。それまでは今のパスワードが有効です。',
  'identity.mail.reset.action': '新しいパスワードを設定',
  'identity.mail.login.subject': 'Kura への新しいログイン',
  'identity.mail.login':
    'これまでにないブラウザーまたはネットワークから、アカウントへのログインがありました（{time}、アドレス {from}）。',
  'identity.mail.linked.subject': 'アカウントにログインプロバイダーが結び付けられました',
  'identity.mail.linked':
    '{time} に、ログインプロバイダー {provider} が同じメールアドレスを確認しているため、アカウントに結び付けられました。以後はプロバイダーでもログインできます。',
  'identity.mail.password.subject': 'パスワードが変更されました',
  'identity.mail.password':
    '{time} に、アドレス {from} からアカウントのパスワードが変更されました。ほかのセッションはすべて終了しました。',
  'identity.mail.email.subject': 'アカウントのメールアドレスが変更されました',
  'identity.mail.email':
    '{time} に、アドレス {from} から、アカウントのメールアドレスが別のものに変更または削除されました。このアドレスへのメールはこれが最後です。',
  'identity.mail.key.subject': 'API キーが発行されました',
  'identity.mail.key': '{time} に、アドレス {from} からアカウントの API キーが発行されました: {name}',
  'identity.mail.second-factor.enable.subject': '認証アプリが設定されました',
  'identity.mail.second-factor.enable':
    '{time} に、アドレス {from} からアカウントの二要素認証として認証アプリが設定されました。',
  'identity.mail.second-factor.disable.subject': '二要素認証が外されました',
  'identity.mail.second-factor.disable': '{time} に、アドレス {from} からアカウントの認証アプリが外されました。',
  'identity.mail.second-factor.reset.subject': '管理者が二要素認証を解除しました',
  'identity.mail.second-factor.reset':
    '{time} に、管理者がアカウントの二要素認証を解除し、すべてのセッションを終了させました。',
  'identity.mail.second-factor.renew-recovery-codes.subject': 'リカバリーコードが作り直されました',
  'identity.mail.second-factor.renew-recovery-codes':
    '{time} に、アドレス {from} からアカウントのリカバリーコードが作り直されました。以前のコードは使えません。',
  'identity.mail.passkey.add.subject': 'パスキーが追加されました',
  'identity.mail.passkey.add': '{time} に、アドレス {from} からアカウントにパスキーが追加されました: {name}',
  'identity.mail.passkey.remove.subject': 'パスキーが削除されました',
  'identity.mail.passkey.remove': '{time} に、アドレス {from} からアカウントのパスキーが削除されました。',
};
