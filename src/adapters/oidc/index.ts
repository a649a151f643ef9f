/** Login providers over OpenID Connect (P-032): the port LoginProvider of identity, on openid-client. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createOidcProvider, type OidcProviderOptions } from './oidc-provider.ts';
export type { OidcSettings } from './oidc-settings.ts';
export const oidcMessages: Catalogues = { en, ja };
