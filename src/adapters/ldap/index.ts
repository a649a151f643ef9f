/** LDAP directories and Active Directory (P-031): the port Directory of identity, on ldapts over a wire of our own. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createLdapDirectory, type LdapDirectoryOptions } from './ldap-directory.ts';
export type { LdapSettings } from './ldap-settings.ts';
export const ldapMessages: Catalogues = { en, ja };
