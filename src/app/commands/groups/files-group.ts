import { systemClock, systemRandom } from '#kernel/clock';
import { fileCommands } from '#models';
import { type Config, type Environment, loadConfig, resolveHome } from '#platform/config';
import { configuredNetwork } from '#platform/outbound';

import { configuredExternalScanners } from '../../configured-external-scanners.ts';
import { configuredVirusScanner } from '../../configured-virus-scanner.ts';
import { openKnownVerdicts } from '../../open-known-verdicts.ts';
import type { Commands } from './command-group.ts';

export function filesGroup(environment: Environment): Commands {
  function configOf(home: string | undefined): Config {
    return loadConfig({ home: resolveHome(home, environment), environment }).config;
  }
  return fileCommands({
    clock: systemClock,
    random: systemRandom,
    configuredNetwork: (home) => configuredNetwork(configOf(home).network, environment),
    configuredVirusScanner: (home) => configuredVirusScanner(configOf(home)),
    configuredExternalScanners: (home) => configuredExternalScanners(configOf(home)),
    openKnownVerdicts: async (home) => openKnownVerdicts(home, environment),
  });
}
