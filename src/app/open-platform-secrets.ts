/** Secrets at rest in this data directory. Whatever still stands there in the clear is sealed when Kura starts (P-004). */
import { dirname } from 'node:path';

import { storedSecretPath } from '#platform/config';
import type { HomeFolder } from '#platform/files';
import type { Logger } from '#platform/log';
import {
  createStoredSecrets,
  finishMasterKeyChange,
  openSecrets,
  type Secrets,
  type SecretsDeps,
  type StoredSecrets,
} from '#platform/secrets';
import type { Actor } from '#platform/unit-of-work';

export interface PlatformSecretsDeps extends Omit<SecretsDeps, 'master'> {
  readonly home: HomeFolder;
  readonly logger: Logger;
  /** The master key as configured. */
  readonly configured: string | undefined;
}

export interface PlatformSecrets {
  /** Seals what is kept in the database. */
  readonly secrets: Secrets;
  /** Seals the files in run/secrets. */
  readonly storedSecrets: StoredSecrets;
}

export const kura: Actor = { kind: 'system', id: 'kura', name: 'Kura' };

export async function openPlatformSecrets(deps: PlatformSecretsDeps): Promise<PlatformSecrets> {
  const { home, configured, random, logger } = deps;
  const folder = dirname(storedSecretPath(home.root, 'master.key'));
  const storedSecrets = await createStoredSecrets({ folder, configured, random });
  const secrets = await openSecrets({ ...deps, master: () => storedSecrets.master() });
  const change = await finishMasterKeyChange({ secrets, storedSecrets }, kura);
  if (change !== undefined) logger.info('secrets.master-key-changed', { ...change });
  await storedSecrets.sealAll();
  await secrets.renewDue(kura);
  return { secrets, storedSecrets };
}
