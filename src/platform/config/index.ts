/** Configuration: one table of options; layers; explanation; where the data directory is. */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

export { minutesOf } from './alert-options.ts';
export { namesOf } from './comma-list.ts';
export { type Environment, processEnvironment } from './environment.ts';
export type { ExternalScannerSettings } from './external-scanner-options.ts';
export { type Explained, type LoadedConfig, loadConfig, type Origin, parseSetting } from './load-config.ts';
export { type Config, type OptionEntry, options } from './options.ts';
export { configJsonSchema } from './publish.ts';
export { resolveHome } from './resolve-home.ts';
export {
  parseStorageCredentials,
  type StorageCredentials,
  type StorageLogin,
  storageLogin,
} from './storage-credentials.ts';
export { storedSecretPath } from './stored-secret.ts';
export { nearestName } from './unknown-keys.ts';
export const configMessages: Catalogues = { en, ja };
