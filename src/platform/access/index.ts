/** Access: who calls, what they may do, and the local admin token. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { adminToken, sameSecret } from './admin-token.ts';
export { adminCaller, authorizeAccess, type Caller, localCaller } from './caller.ts';
export const accessMessages: Catalogues = { en, ja };
