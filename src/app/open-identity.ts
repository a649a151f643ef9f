/** Identity on this platform: its settings, and the secret that API keys are hashed with. */
import { namesOf, storedSecretPath } from '#platform/config';
import { createIdentity, type Identity, keySecretIn } from '#platform/identity';

import { configuredDirectory } from './configured-directory.ts';
import type { Platform } from './open-platform.ts';

const keySecretName = 'access.keySecret';

export function openIdentity(platform: Platform): Identity {
  const { database, unitOfWork, clock, random, ids, home, settings, secrets, storedSecrets } = platform;
  const stored = keySecretIn({
    path: storedSecretPath(home.root, keySecretName),
    random,
    seal: (secret) => storedSecrets.seal(keySecretName, secret),
    open: (text) => storedSecrets.open(keySecretName, text),
  });
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
    keySecret: async () => settings.loaded().config.access.keySecret ?? stored(),
  });
}
