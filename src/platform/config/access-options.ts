/** Settings of who gets in, and from where. */
import { z } from 'zod';

import { namesOf } from './comma-list.ts';
import { count, option } from './option.ts';

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const accessOptions = z.strictObject({
  trustedProxies: option(
    z
      .string()
      .refine(
        (text) => namesOf(text).every((one) => network.safeParse(one).success),
        'must name addresses or networks, such as 127.0.0.1,10.0.0.0/8',
      )
      .default(''),
    {
      en: 'Reverse proxies whose X-Forwarded-For, -Proto and -Host are believed, joined by commas: 127.0.0.1,10.0.0.0/8. Headers of anybody else are ignored.',
      ja: 'X-Forwarded-For・-Proto・-Host を信用するリバースプロキシ (カンマ区切り)。例: 127.0.0.1,10.0.0.0/8。それ以外からのヘッダーは無視します。',
    },
  ),
  idleMinutes: option(count(5, 1440).default(60), {
    en: 'Minutes without a request after which a browser session is over; after 12 hours it is in any case.',
    ja: 'ブラウザーのセッションが操作なしで切れるまでの分数。操作していても 12 時間で切れます。',
    runtime: true,
  }),
  riskThreshold: option(count(1, 100).default(60), {
    en: 'Risk score of a login from which it is reported. Accounts with a second factor are asked for it at every login, whatever the score.',
    ja: 'ログインのリスクスコアがこの値以上なら通知します。二要素認証を設定したアカウントには、スコアにかかわらず毎回要求します。',
    runtime: true,
  }),
  publicUrl: option(z.url({ protocol: /^https?$/ }).optional(), {
    en: 'Address under which browsers reach this server, such as https://kura.example.org. Passkeys belong to its host name; another name makes them useless. Without it they work on http://localhost only.',
    ja: 'ブラウザーからこのサーバーを開くアドレス。例: https://kura.example.org。パスキーはこのホスト名に結び付き、名前を変えると使えなくなります。未設定なら http://localhost でだけ使えます。',
  }),
  secondFactorRoles: option(
    z
      .string()
      .refine(
        (text) => namesOf(text).every((one) => /^[a-z][a-z0-9-]{1,39}$/.test(one)),
        'must name roles, such as admin,operator',
      )
      .default(''),
    {
      en: 'Roles that need a second factor, joined by commas: admin,operator. Whoever has such a role and none may do nothing but set one up; their API keys do nothing until then.',
      ja: '二要素認証を必須にするロール (カンマ区切り)。例: admin,operator。未設定の人は設定のほか何もできず、その人の API キーも設定するまで使えません。',
      runtime: true,
    },
  ),
  passwordHistory: option(count(0, 24).default(0), {
    en: 'How many of their last passwords, the present one included, people may not choose again; 0 is any. Long passwords, the list of leaked ones and second factors protect better.',
    ja: '再び使えない直近のパスワードの数 (現在のものを含む)。0 なら制限しません。長いパスワード、漏えいリストとの照合、二要素認証のほうが効果があります。',
    runtime: true,
  }),
  passwordDays: option(count(0, 3650).default(0), {
    en: 'Days after which a password must be changed; 0 is never. Whoever logs in with an older one may do nothing but choose another; API keys, passkeys and accounts of a directory or login provider go on.',
    ja: 'パスワードの変更が必要になるまでの日数。0 なら期限なし。期限を過ぎたパスワードでログインした人は、変更のほか何もできません。API キー、パスキー、ディレクトリやプロバイダーのアカウントには影響しません。',
    runtime: true,
  }),
  keySecret: option(z.string().min(24).optional(), {
    en: 'Secret with which API keys are hashed; made in the data directory when absent. Nodes that share a database need the same one. Another secret makes all keys invalid.',
    ja: 'API キーのハッシュに使う秘密情報。未設定ならデータディレクトリに生成します。データベースを共有するノードでは同じ値が必要です。変更するとすべてのキーが無効になります。',
    secret: true,
  }),
});
