/** Access: who calls and what they may do. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { type AddressList, addressBlock, addressList, withoutMapping } from './address-list.ts';
export {
  type Authorized,
  adminCaller,
  authorizeAccess,
  type Caller,
  localCaller,
  requirePermission,
} from './caller.ts';
export { type BuiltInRole, builtInRoleNames, builtInRoles, isBuiltInRole, mayGrant, ownAccount } from './roles.ts';
export { withinScopes } from './scopes.ts';
export const accessMessages: Catalogues = { en, ja };
