import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'outbound.unreachable': '{host} に接続できません ({reason})。何も変更していません。',
  'outbound.unreachable.advice': 'ネットワークとアドレスを確認してください。もう一度実行すると、続きから再開します。',
  'outbound.too-large': '{host} の応答が {limit} バイトを超えたため、最後まで読みませんでした。',
  'outbound.refused': '{target} は Kura の接続が許可されていないアドレスのため、接続しませんでした。',
  'outbound.refused.advice':
    'プライベートアドレスや暗号化されていない接続は、設定でそのホストを指定した場合にだけ使います。',
  'outbound.too-large.advice': '--limit などで、一度に取得する量を減らしてください。',
};
