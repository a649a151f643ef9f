import type { Catalogue } from '#kernel/messages';

import type { en } from './en.ts';

export const ja: Catalogue<keyof typeof en> = {
  'ldap.address': '{address} はディレクトリサーバーのアドレスではありません。',
  'ldap.address.advice':
    'ldaps://dc1.example.org、StartTLS なら ldap://dc1.example.org のように書きます。ポート番号も付けられます。',
  'ldap.empty-password': '空のパスワードはディレクトリに送りません。',
  'ldap.empty-password.advice':
    '空のパスワードは「パスワードなし」とみなされ、認証が通ってしまうためです。パスワードを入力してください。',
  'ldap.unreachable': 'ディレクトリサーバー {server} に接続できません ({reason})。',
  'ldap.unreachable.advice': '名前、ポート、ファイアウォール、サーバーが動いているかを確認してください。',
  'ldap.timeout': 'ディレクトリサーバー {server} が {seconds} 秒以内に応答しませんでした。',
  'ldap.timeout.advice': 'サーバーの負荷と経路を確認するか、ldap.timeoutSeconds を大きくしてください。',
  'ldap.connection-lost': 'ディレクトリサーバー {server} との接続が途中で切れました。',
  'ldap.connection-lost.advice':
    'サーバーのログを確認してください。ほかのサーバーが設定されていれば、そちらに問い合わせます。',
  'ldap.busy': 'ディレクトリサーバー {server} が混雑していて応答できません ({reason})。',
  'ldap.busy.advice': '時間をおいて試すか、ldap.servers にサーバーを追加してください。',
  'ldap.refused': 'ディレクトリサーバー {server} が問い合わせを拒否しました: {reason}',
  'ldap.refused.advice':
    'ldap.baseDn・ldap.groupBaseDn・ldap.userFilter と、検索用アカウントの読み取り権限を確認してください。',
  'ldap.no-server': '{count} 台のディレクトリサーバーのどれも使えませんでした: {reasons}',
  'ldap.no-server.advice':
    '`kura ldap test USER` で 1 台ずつ確認できます。その間も Kura 自身のアカウントはログインできます。',
  'ldap.tls-failed': '{server} との保護された接続を確立できませんでした ({reason})。',
  'ldap.tls-failed.advice':
    'サーバーは TLS 1.2 以降に対応している必要があります。ldaps:// では接続直後から、ldap:// では StartTLS の後に TLS を使います。',
  'ldap.start-tls-refused': 'ディレクトリサーバー {server} は StartTLS で接続を保護できません ({reason})。',
  'ldap.start-tls-refused.advice':
    'サーバーに証明書を設定するか、ldaps:// を使ってください。保護されていない接続では何も送りません。',
  'ldap.certificate-expired': '{server} の証明書は現在有効ではありません ({reason})。',
  'ldap.certificate-expired.advice': 'ディレクトリサーバーの証明書を更新し、時計も確認してください。',
  'ldap.certificate-wrong-name': '{server} の証明書は {host} という名前に対するものではありません。',
  'ldap.certificate-wrong-name.advice':
    'ldap.servers に証明書と同じ名前を書くか、この名前で証明書を発行し直してください。',
  'ldap.certificate-unknown-authority': '{server} の証明書は、Kura が信頼する認証局の署名ではありません ({reason})。',
  'ldap.certificate-unknown-authority.advice':
    '自社の認証局の証明書 (PEM) を ldap.caFile のファイルに入れてください。Windows ドメインでは AD CS のルート証明書です。',
  'ldap.service-bind-refused': '{server} は検索用アカウント {user} のパスワードを受け付けません。',
  'ldap.service-bind-refused.advice':
    'ldap.bindDn と KURA_LDAP_BIND_PASSWORD、アカウントのロックや期限切れを確認してください。',
  'ldap.unknown': 'ディレクトリに「{user}」に当たる人が見つかりません。',
  'ldap.unknown.advice': 'つづり、ldap.baseDn、ldap.userFilter、検索用アカウントの読み取り権限を確認してください。',
  'ldap.ambiguous': '「{user}」に当てはまるエントリーが複数あります。推測でログインさせることはありません。',
  'ldap.ambiguous.advice': '1 つの名前が 1 人を指すように、ldap.userFilter を絞り込んでください。',
  'ldap.no-id':
    '{dn} には、名前が変わっても変わらない識別子 (entryUUID・objectGUID・ipaUniqueID・nsUniqueId) がありません。',
  'ldap.no-id.advice': 'アカウントの対応付けに使うため、検索用アカウントが読めるようにしてください。',
  'ldap.no-upn': '{dn} にはログインに使う userPrincipalName がありません。',
  'ldap.no-upn.advice': 'アカウントに設定するか、ldap.bindAs を dn にしてください。',
  'ldap.too-many-groups': '対象のグループが {limit} を超えています。一部だけで判断することはしません。',
  'ldap.too-many-groups.advice': 'Kura 用のグループがある場所を ldap.groupBaseDn に指定してください。',
  'ldap.password-refused': 'ディレクトリがこのパスワードを受け付けません。',
  'ldap.password-refused.advice':
    'ユーザー名とパスワードを確認してください。ディレクトリ側でロックまたは無効化されている場合もあります。',
  'ldap.refused-hours': 'このアカウントは、この時間帯のログインがディレクトリで許可されていません。',
  'ldap.refused-hours.advice': 'Active Directory の「ログオン時間」を確認してください。',
  'ldap.refused-workstation': 'このアカウントは、ここからのログインがディレクトリで許可されていません。',
  'ldap.refused-workstation.advice': 'Active Directory の「ログオン先」を確認してください。',
  'ldap.refused-password-expired': 'このアカウントのパスワードは、ディレクトリで期限切れになっています。',
  'ldap.refused-password-expired.advice': 'ドメインのパソコンで変更してから、ログインし直してください。',
  'ldap.refused-disabled': 'このアカウントはディレクトリで無効になっています。',
  'ldap.refused-disabled.advice': 'ディレクトリで有効にしてもらってください。数分以内に Kura にも反映されます。',
  'ldap.refused-expired': 'このアカウントはディレクトリで有効期限が切れています。',
  'ldap.refused-expired.advice': 'ディレクトリで有効期限を変更してもらってください。',
  'ldap.refused-must-change': 'このアカウントは、先に新しいパスワードを設定する必要があります。',
  'ldap.refused-must-change.advice': 'ドメインのパソコンで変更してから、ログインし直してください。',
  'ldap.refused-locked': 'このアカウントはディレクトリでロックされています。',
  'ldap.refused-locked.advice': 'しばらく待つか、ディレクトリでロックを解除してもらってください。',
  'ldap.step.connect': '{server} に接続',
  'ldap.step.bind': '検索用アカウント {user} でログイン',
  'ldap.step.search': '{base} 以下を {filter} で検索',
  'ldap.step.user-bind': '{user} としてパスワードを確認',
  'ldap.step.groups': '{base} 以下のグループを確認',
  'ldap.fact.plain': 'TLS なし (このマシンの中だけ)',
  'ldap.fact.tls': '{protocol}、{issuer} が発行した {subject} の証明書、有効期限 {until}、対象 {names}',
  'ldap.fact.entry': '見つかったエントリー {dn}、ユーザー名 {name}、識別子 {id}',
  'ldap.fact.state.usable': 'アカウントは利用できます',
  'ldap.fact.state.disabled': 'アカウントはディレクトリで無効です',
  'ldap.fact.state.expired': 'アカウントはディレクトリで有効期限が切れています',
  'ldap.fact.state.locked': 'アカウントはディレクトリで一時的にロックされています',
  'ldap.fact.state.password-expired': 'パスワードはディレクトリで期限切れです',
  'ldap.fact.not-tried': 'パスワードが渡されなかったので、確認していません',
  'ldap.fact.group': '所属: {dn}',
  'ldap.fact.group-nested': '別のグループを通じて所属: {dn}',
  'ldap.fact.no-groups': 'どのグループにも属していません',
};
