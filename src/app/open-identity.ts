/** Identity on this platform: its settings, and the secret that API keys are hashed with. */
import { namesOf } from '#platform/config';
import { createIdentity, type Identity, newSecret } from '#platform/identity';

import { configuredDirectory } from './configured-directory.ts';
import type { Platform } from './open-platform.ts';

const keySecretName = 'access.keySecret';

export function openIdentity(platform: Platform): Identity {
  const { database, unitOfWork, clock, random, ids, settings, secrets, storedSecrets } = platform;
  let stored: Promise<string> | undefined;
  async function storedKeySecret(): Promise<string> {
    stored ??= storedSecrets.readOrMake(keySecretName, async () => newSecret(random));
    try {
      return await stored;
    } catch (error) {
      // What could not be read may be readable the next time.
      stored = undefined;
      throw error;
    }
  }
  return createIdentity({
    database,
    unitOfWork,
    clock,
    random,
    ids,
    settings: () => {
      const { access } = settings.loaded().config;
      return { ...access, secondFactorRoles: namesOf(access.secondFactorRoles) };
    },
    sealer: secrets,
    directory: configuredDirectory(settings.loaded().config, clock),
    keySecret: async () => settings.loaded().config.access.keySecret ?? storedKeySecret(),
  });
}
