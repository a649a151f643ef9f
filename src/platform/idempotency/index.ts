/** Idempotency keys (P-050, draft-ietf-httpapi-idempotency-key-header): a request sent twice is carried out once. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { createIdempotency, type Idempotency, type KeptAnswer, type KeyedRequest } from './idempotency.ts';
export { readIdempotencyKey } from './idempotency-key.ts';
export { idempotencyMigrations } from './idempotency-store.ts';
export const idempotencyMessages: Catalogues = { en, ja };
