/** Settings of a company's directory (P-031). None can change while running: they decide who is let in. */
import { z } from 'zod';

import { namesOf } from './comma-list.ts';
import { fromJson } from './from-json.ts';
import { count, option } from './option.ts';

const dn = z.string().regex(/^[^=]+=/, 'must be a distinguished name, such as ou=people,dc=example,dc=org');
const address = /^ldaps?:\/\/[^\s/,]+\/?$/;
const groupRoles = z
  .preprocess(fromJson, z.array(z.strictObject({ group: dn, role: z.string().min(1) })).max(500))
  .default([]);

export const ldapOptions = z.strictObject({
  servers: option(
    z
      .string()
      .refine(
        (text) => namesOf(text).every((one) => address.test(one)),
        'must name servers, such as ldaps://dc1.example.org,ldaps://dc2.example.org',
      )
      .default(''),
    {
      en: 'Directory servers, joined by commas; the first that answers is asked. ldaps:// speaks TLS at once, ldap:// turns it on with StartTLS; without TLS nothing is sent. Empty: no directory.',
      ja: 'ディレクトリサーバー (カンマ区切り)。最初に応答したものに問い合わせます。ldaps:// は接続直後から TLS、ldap:// は StartTLS を使い、TLS なしでは何も送りません。空ならディレクトリを使いません。',
    },
  ),
  caFile: option(z.string().min(1).optional(), {
    en: 'File with the certificates (PEM) of the authorities that directory servers are believed by; without it those of the system.',
    ja: 'ディレクトリサーバーの証明書を検証する認証局の証明書ファイル (PEM)。なければシステムの認証局を使います。',
  }),
  plainLoopback: option(z.stringbool().or(z.boolean()).default(false), {
    en: 'Whether ldap:// to 127.0.0.1 or ::1 may do without TLS, for a directory on this very machine.',
    ja: '127.0.0.1 や ::1 への ldap:// で TLS を省くことを許すか。このマシン自身のディレクトリ用です。',
  }),
  bindDn: option(z.string().min(1).optional(), {
    en: 'Account that searches for people and looks again whether they are still allowed: cn=kura,ou=services,dc=example,dc=org, in Active Directory also kura@example.org. It needs to read only.',
    ja: '利用者を検索し、権限を定期的に確認するためのアカウント。例: cn=kura,ou=services,dc=example,dc=org。Active Directory では kura@example.org も使えます。読み取り権限だけで足ります。',
  }),
  bindPassword: option(z.string().min(1).optional(), {
    en: 'Password of that account.',
    ja: 'そのアカウントのパスワード。',
    secret: true,
  }),
  baseDn: option(dn.optional(), {
    en: 'Below which entry people are searched for: dc=example,dc=org.',
    ja: '利用者を検索する起点。例: dc=example,dc=org。',
  }),
  userFilter: option(
    z
      .string()
      .regex(/^\(.*\{(?:user|upn)\}.*\)$/s, 'must be a filter in brackets that holds {user} or {upn}')
      .default(
        '(&(|(objectClass=person)(objectClass=posixAccount))(|(uid={user})(sAMAccountName={user})(userPrincipalName={upn})))',
      ),
    {
      en: 'How a person is found: {user} stands for what was typed, {upn} for the same with @ and ldap.upnSuffix; both are escaped. It must fit one person only.',
      ja: '利用者を探すフィルター。{user} は入力された名前、{upn} はそれに @ と ldap.upnSuffix を付けたもので、どちらもエスケープされます。1 人だけに当てはまる必要があります。',
    },
  ),
  bindAs: option(z.enum(['dn', 'upn']).default('dn'), {
    en: 'As whom the password of a person is tried: dn, by distinguished name; upn, by userPrincipalName (Active Directory).',
    ja: '利用者のパスワードを確認するときの名前。dn は識別名、upn は userPrincipalName (Active Directory) です。',
  }),
  upnSuffix: option(z.string().min(1).optional(), {
    en: 'What follows the @ for people who type none: example.org.',
    ja: '@ 以降を入力しなかった利用者に補う部分。例: example.org。',
  }),
  groupBaseDn: option(dn.optional(), {
    en: 'Below which entry groups are; default is ldap.baseDn.',
    ja: 'グループを探す起点。既定は ldap.baseDn。',
  }),
  roles: option(groupRoles, {
    en: 'Which group gives which role: a list of group (distinguished name) and role; the first that fits decides, groups in groups count. In a variable as JSON.',
    ja: 'どのグループにどのロールを与えるか。group (識別名) と role の一覧で、最初に当てはまったものを使います。グループの中のグループも数えます。環境変数では JSON で書きます。',
  }),
  defaultRole: option(z.string().min(1).optional(), {
    en: 'Role of people in none of these groups; without it they are not let in.',
    ja: 'どのグループにも属さない利用者のロール。なければログインできません。',
  }),
  timeoutSeconds: option(count(1, 30).default(5), {
    en: 'Seconds a server may take to connect and for each answer, before the next one is asked.',
    ja: '接続と 1 回の応答を待つ秒数。過ぎると次のサーバーに問い合わせます。',
  }),
  recheckMinutes: option(count(1, 5).default(2), {
    en: 'Minutes between two looks whether everybody who is logged in may still be, and with which role.',
    ja: 'ログイン中の利用者の状態とロールをディレクトリで確認し直す間隔 (分)。',
  }),
});
