/** Settings of logging in by a provider of one's organisation (OpenID Connect, P-032). They decide who is let in: none can change while running. */
import { z } from 'zod';

import { fromJson } from './from-json.ts';
import { option } from './option.ts';

const groupRoles = z
  .preprocess(fromJson, z.array(z.strictObject({ group: z.string().min(1), role: z.string().min(1) })).max(500))
  .default([]);
const loopback = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/;

export const oidcOptions = z.strictObject({
  issuer: option(
    z
      .url()
      .refine((url) => url.startsWith('https://') || loopback.test(url), 'must begin with https://')
      .optional(),
    {
      en: 'Address of the login provider (OpenID Connect issuer): https://login.example.org/realms/studio. Empty: none. Takes oidc.clientId and access.publicUrl besides; the address to register there is access.publicUrl followed by /login/oidc.',
      ja: 'ログインに使う OpenID Connect プロバイダーの issuer。例: https://login.example.org/realms/studio。空なら使いません。oidc.clientId と access.publicUrl も必要で、プロバイダーには access.publicUrl に /login/oidc を付けたアドレスを登録します。',
    },
  ),
  clientId: option(z.string().min(1).optional(), {
    en: 'Name under which Kura is registered at the provider.',
    ja: 'プロバイダーに登録した Kura のクライアント ID。',
  }),
  clientSecret: option(z.string().min(1).optional(), {
    en: 'Secret of Kura at the provider; without it Kura is a public client, protected by PKCE alone.',
    ja: 'プロバイダーでの Kura のクライアントシークレット。なければ PKCE だけで保護する公開クライアントになります。',
    secret: true,
  }),
  name: option(z.string().trim().min(1).max(50).default('OpenID Connect'), {
    en: 'What the button on the login page calls the provider.',
    ja: 'ログイン画面のボタンに表示するプロバイダーの名前。',
  }),
  scopes: option(
    z
      .string()
      .regex(/^openid(?: [\w.:/-]+)*$/, 'must begin with openid, separated by spaces')
      .default('openid profile email'),
    {
      en: 'What is asked of the provider, separated by spaces; some need a scope of their own for groups.',
      ja: 'プロバイダーに要求するスコープ (空白区切り)。グループ用のスコープが必要なプロバイダーもあります。',
    },
  ),
  algorithm: option(z.enum(['RS256', 'PS256', 'ES256', 'Ed25519']).default('RS256'), {
    en: 'The one algorithm with which the provider signs; everything else is refused.',
    ja: 'プロバイダーの署名アルゴリズム。これ以外の署名は拒否します。',
  }),
  usernameClaim: option(z.string().min(1).default('preferred_username'), {
    en: 'Claim that becomes the user name of a new account.',
    ja: '新しいアカウントのユーザー名にするクレーム。',
  }),
  groupsClaim: option(z.string().min(1).default('groups'), {
    en: 'Claim that names the groups of a person.',
    ja: '利用者のグループを示すクレーム。',
  }),
  roles: option(groupRoles, {
    en: 'Which group gives which role: a list of group and role; the first that fits decides. In a variable as JSON.',
    ja: 'どのグループにどのロールを与えるか。group と role の一覧で、最初に当てはまったものを使います。環境変数では JSON で書きます。',
  }),
  defaultRole: option(z.string().min(1).optional(), {
    en: 'Role of people in none of these groups; without it they are not let in.',
    ja: 'どのグループにも属さない利用者のロール。なければログインできません。',
  }),
  firstLogin: option(z.enum(['create', 'link', 'link-or-create']).default('create'), {
    en: 'What a first login does: create makes an account; link takes the account of Kura that has the same e-mail address, which the provider must have verified, and lets nobody else in; link-or-create does the one, else the other. A linked account keeps its password and its role.',
    ja: '初回ログイン時の動作。create はアカウントを作成し、link は (プロバイダーが確認済みの) メールアドレスが一致する既存のアカウントに結び付けて、ほかの人は入れません。link-or-create は結び付けられなければ作成します。結び付けたアカウントのパスワードとロールは変わりません。',
  }),
});
