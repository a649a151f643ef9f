import type { Catalogue } from '#kernel/messages';

import type { directoryEn } from './directory.en.ts';

export const directoryJa: Catalogue<keyof typeof directoryEn> = {
  'identity.directory-unavailable': 'ログインできません。組織のディレクトリに今は問い合わせできません。',
  'identity.directory-unavailable.advice':
    'しばらくしてから試してください。Kura 自身のアカウントはログインできます。管理者は `kura ldap test` で詳しく調べられます。',
  'identity.no-directory': 'ディレクトリは設定されていません。',
  'identity.no-directory.advice': 'ldap.servers と関連する設定が必要です。手順はディレクトリのガイドにあります。',
  'identity.directory-incomplete': 'ldap.servers が設定されていますが、{missing} がありません。',
  'identity.directory-incomplete.advice':
    'kura.yaml か環境変数で設定してください。ディレクトリを使わないなら ldap.servers を削除します。',
  'identity.role-from-directory': '{user} のロールはディレクトリで決まります。何も変更していません。',
  'identity.role-from-directory.advice': 'ディレクトリで所属グループを変えるか、ldap.roles を変更してください。',
  'identity.name-local':
    '{user} は Kura 自身のアカウントです。Kura のパスワードが有効で、ディレクトリには問い合わせません。',
  'identity.name-local.advice':
    'ディレクトリを使うには、`kura users delete {user} --anonymise` でこのアカウントを削除してください。',
  'identity.name-locked': '{user} はログインの失敗が続いたためロックされています。パスワードは確認していません。',
  'identity.name-locked.advice': '時間をおくか、`kura users unlock {user}` で解除してください。',
  'identity.not-admitted.no-role': '{user} はロールのあるグループのどれにも属していないため、ログインできません。',
  'identity.not-admitted.no-role.advice': 'ldap.roles のグループに加えるか、ldap.defaultRole を設定してください。',
  'identity.not-admitted.role-unknown': 'ldap.roles は {user} にロール {role} を与えますが、そのロールはありません。',
  'identity.not-admitted.role-unknown.advice': '`kura roles save {role}` で作成するか、ldap.roles を修正してください。',
  'identity.not-admitted.name-taken':
    '{user} という名前はすでに別の人が使っています。両者が混同されることはありません。',
  'identity.not-admitted.name-taken.advice':
    '古いアカウントを `kura users delete {user} --anonymise` で削除するか、ディレクトリ側の名前を変えてください。',
  'identity.not-admitted.name-unusable': '「{user}」はユーザー名として使えません。',
  'identity.not-admitted.name-unusable.advice':
    'ユーザー名は文字か数字で始まる 50 文字までで、文字・数字と . _ - @ が使えます。',
  'identity.not-admitted.disabled-here': 'アカウント {user} は Kura の管理者が無効にしています。',
  'identity.not-admitted.disabled-here.advice': '`kura users enable {user}` で有効にできます。',
  'identity.not-admitted.disabled': '{user} はディレクトリで無効になっているため、ログインできません。',
  'identity.not-admitted.disabled.advice': 'ディレクトリで有効にしてもらってください。',
  'identity.not-admitted.expired': '{user} のアカウントはディレクトリで有効期限が切れているため、ログインできません。',
  'identity.not-admitted.expired.advice': 'ディレクトリで有効期限を変更してもらってください。',
  'identity.not-admitted.password-expired': '{user} のパスワードはディレクトリで期限切れになっています。',
  'identity.not-admitted.password-expired.advice': 'ドメインのパソコンで変更してください。',
  'identity.step.lock': '{user} のログイン失敗の状況',
  'identity.step.account': 'Kura での {user} という名前の持ち主',
  'identity.step.role': 'Kura での {user} の権限',
  'identity.fact.role': 'ロール: {role}',
  'identity.fact.account-new': '最初のログインでアカウント {user} が作られます',
  'identity.fact.account-linked': 'アカウント {user} と対応付けられています',
  'route.directory.test': 'ディレクトリでのログインを段階ごとに調べる',
  'cli.ldap': '組織のディレクトリ (LDAP・Active Directory)',
  'cli.ldap.test': 'ログインを段階ごとに試し、失敗した箇所を示す。失敗があれば終了コード 5',
  'cli.ldap.test.user': '本人が入力するとおりのユーザー名',
  'cli.ldap.test.password-file': 'パスワードの入ったファイル。なければその場で尋ねる',
  'cli.ldap.test.password': 'パスワードを試さずに調べる',
  'cli.ldap.test.ask': 'パスワード (表示されません。Enter だけなら試しません):',
  'cli.ldap.test.good': '{user} はログインでき、ロールは {role} です。',
  'cli.ldap.test.bad': '{user} はこのままではログインできません。',
};
