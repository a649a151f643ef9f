/** Repositories on servers, as the configuration allows them. */
import type { StorageOpener } from '#backups/ports';
import { type Config, type Environment, namesOf, resolveHome } from '#platform/config';
import { checkHost, configuredNetwork, createStorageEgress, openEgress } from '#platform/outbound';

import { createStorageOpener } from './open-storages.ts';

/** For what is registered: addresses that somebody entered, perhaps over the network. */
export function configuredStorages(config: Config, environment: Environment): StorageOpener {
  return createStorageOpener({
    environment,
    credentials: config.backups.credentials,
    egress: createStorageEgress(namesOf(config.backups.hosts)),
    network: configuredNetwork(config.network, environment),
    atTerminal: false,
  });
}

/** For servers that a tool is sent to, under the same rule. */
export function configuredHosts(config: Config): (host: string) => Promise<void> {
  const egress = createStorageEgress(namesOf(config.backups.hosts));
  return (host) => checkHost(egress, host);
}

/** For addresses that the person at the keyboard typed. Settings are read when the first one is opened. */
export function storagesAtTerminal(home: string | undefined, environment: Environment): StorageOpener {
  return {
    async open(address) {
      // With all options and their rules, which local repositories do not need.
      const { loadConfig } = await import('#platform/config');
      const { config } = loadConfig({ home: resolveHome(home, environment), environment });
      const network = configuredNetwork(config.network, environment);
      const { credentials } = config.backups;
      const sources = { environment, credentials, egress: openEgress, network, atTerminal: true };
      return await createStorageOpener(sources).open(address);
    },
  };
}
