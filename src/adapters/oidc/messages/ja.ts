import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'oidc.refused': 'ログインプロバイダーの応答または署名を受け入れられませんでした: {reason}',
  'oidc.refused.advice': 'もう一度ログインしてください。詳しい理由は管理者が監査ログで確認できます。',
  'oidc.unreachable': 'ログインできません。ログインプロバイダー {issuer} に接続できない状態です ({reason})。',
  'oidc.unreachable.advice':
    '時間をおいて再度お試しください。Kura のパスワードがあるアカウントは、プロバイダーなしでログインできます。',
};
