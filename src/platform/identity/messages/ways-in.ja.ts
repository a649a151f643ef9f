import type { Catalogue } from '#kernel/messages';

import type { waysInEn } from './ways-in.en.ts';

export const waysInJa: Catalogue<keyof typeof waysInEn> = {
  'identity.no-provider': 'ログインプロバイダーは設定されていません。',
  'identity.no-provider.advice': 'ユーザー名とパスワードでログインしてください。管理者は oidc.issuer で設定できます。',
  'identity.provider-incomplete': 'oidc.issuer は設定されていますが、{missing} がありません。',
  'identity.provider-incomplete.advice':
    'kura.yaml または環境変数で設定してください。プロバイダーを使わない場合は oidc.issuer を外します。',
  'identity.provider-login-failed':
    'ログインできません。プロバイダーから戻った内容が、この画面で始めたログインのものではないか、正しくありません。',
  'identity.provider-login-failed.advice':
    '同じウィンドウのログイン画面からやり直してください。理由は管理者が監査ログで確認できます。',
  'identity.provider-not-admitted': 'ログインプロバイダーでは確認できましたが、ここへのログインは許可されていません。',
  'identity.provider-not-admitted.advice': 'Kura の管理者に相談してください。理由は監査ログで確認できます。',
  'identity.email-by-admin':
    'メールアドレスでログインプロバイダーと結び付けているため、変更できるのは管理者だけです。何も変更していません。',
  'identity.email-by-admin.advice': '管理者に依頼してください。',
  'identity.department-by-admin':
    '部署によって読める内容が変わるため、設定できるのは管理者だけです。何も変更していません。',
  'identity.department-by-admin.advice': '管理者に依頼してください。',
  'identity.role-from-provider': '{user} のロールはログインプロバイダーから決まります。何も変更していません。',
  'identity.role-from-provider.advice': 'プロバイダーで別のグループに移すか、oidc.roles を変更してください。',
  'identity.device-unknown': 'このログインはここで始めたものではないか、期限切れ、または使用済みです。',
  'identity.device-unknown.advice': 'kura login をもう一度実行してください。',
  'identity.device-not-found': 'このコードで待っているコマンドラインはありません。',
  'identity.device-not-found.advice':
    'コードを見比べてください。有効なのは 10 分間・1 回だけです。必要なら kura login をやり直してください。',
  'identity.key-missing': 'リクエストに API キーがありません。',
  'identity.key-missing.advice': 'キーを Bearer トークンとして送ってください。',
  'route.session.begin-provider-login': 'ログインプロバイダーでのログインを始める',
  'route.session.open-by-provider': 'ログインプロバイダーから戻った内容でログインする',
  'route.session.request-password-reset': '新しいパスワードを設定するリンクをメールで求める',
  'route.device.begin': 'コマンドラインのログインを始める',
  'route.device.ask': 'コマンドラインのログインが承認されたか尋ねる',
  'route.device.look-up': 'コードで待っているコマンドラインを調べる',
  'route.device.decide': 'コマンドラインのログインを承認または拒否する',
  'route.key.end-own': 'リクエストに付いた API キーを失効させる',
};
