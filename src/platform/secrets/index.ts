/** Secrets at rest: sealed under data keys, which the master key wraps (P-004, P-061, ADR 0024). */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export type { AeadKey } from './aead.ts';
export {
  finishMasterKeyChange,
  type MasterKeyChange,
  type MasterKeyHolder,
  prepareRecovery,
  renewMasterKey,
} from './change-master.ts';
export { secretsMigrations } from './key-store.ts';
export type { SecretKey, SecretKeysState, SecretsDeps } from './keyring.ts';
export { masterKeyOf, newMasterKey, parseMasterKey, readOrMakeMasterKey } from './master-key.ts';
export { openFromFile, rewrapForFile, sealForFile } from './sealed-file.ts';
export { isSealed } from './sealed-text.ts';
export { openSecrets, type Secrets } from './secrets.ts';
export { secretsProbe } from './secrets-probe.ts';
export { createStoredSecrets, type StoredSecrets } from './stored-secrets.ts';
export const secretsMessages: Catalogues = { en, ja };
