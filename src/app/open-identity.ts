/** Identity on this platform: its settings, and the secret that API keys are hashed with. */
import { storedSecretPath } from '#platform/config';
import { createIdentity, type Identity, keySecretIn } from '#platform/identity';

import type { Platform } from './open-platform.ts';

export function openIdentity({ database, unitOfWork, clock, random, ids, home, settings }: Platform): Identity {
  const stored = keySecretIn(storedSecretPath(home.root, 'access.keySecret'), random);
  return createIdentity({
    database,
    unitOfWork,
    clock,
    random,
    ids,
    settings: () => settings.loaded().config.access,
    keySecret: async () => settings.loaded().config.access.keySecret ?? stored(),
  });
}
