/** Identity on this platform: its settings, and the secret that API keys are hashed with. */
import { namesOf } from '#platform/config';
import { createIdentity, type Identity, newSecret } from '#platform/identity';
import { configuredNetwork } from '#platform/outbound';

import { configuredDirectory } from './configured-directory.ts';
import { configuredMail, type MailLanguages } from './configured-mail.ts';
import { configuredProvider } from './configured-provider.ts';
import type { Platform } from './open-platform.ts';

const keySecretName = 'access.keySecret';

export function openIdentity(platform: Platform, languages: MailLanguages): Identity {
  const { database, unitOfWork, clock, random, ids, settings, secrets, storedSecrets } = platform;
  const network = configuredNetwork(settings.loaded().config.network, platform.environment);
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
    provider: configuredProvider(settings.loaded().config, network, clock),
    mail: configuredMail(platform, languages),
    keySecret: async () => settings.loaded().config.access.keySecret ?? storedKeySecret(),
  });
}
