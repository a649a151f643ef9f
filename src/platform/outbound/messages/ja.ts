import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'outbound.unreachable': '{host} に接続できません ({reason})。何も変更していません。',
  'outbound.unreachable.advice': 'ネットワークとアドレスを確認してください。もう一度実行すると、続きから再開します。',
  'outbound.ca-unreadable': '{path} から証明書を読み取れません ({reason})。何も送信していません。',
  'outbound.ca-unreadable.advice': '認証局の証明書を含む PEM ファイルを指定してください (network.caFile、--cacert)。',
  'outbound.proxy-unusable': '環境変数 {variable} の値は HTTP プロキシではありません。何も送信していません。',
  'outbound.proxy-unusable.advice':
    'http://host:port の形で指定するか、network.proxy を none にして直接接続してください。',
  'outbound.too-large': '{host} の応答が {limit} バイトを超えたため、最後まで読みませんでした。',
  'outbound.refused': '{target} は Kura の接続が許可されていないアドレスのため、接続しませんでした。',
  'outbound.refused.advice':
    'プライベートアドレスや暗号化されていない接続は、設定でそのホストを指定した場合にだけ使います。',
  'outbound.too-large.advice': '--limit などで、一度に取得する量を減らしてください。',
};
