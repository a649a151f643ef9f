/** The upper half of the object graph: the three domains, their adapters, and the bridges between them. */
import { join } from 'node:path';

import { createCivitaiSource } from '#adapters/civitai-source';
import { type Backups, createBackups } from '#backups';
import { createScanner } from '#engines/modelscan';
import { defaultPolicy } from '#engines/rule32110';
import { SECOND } from '#kernel/units';
import { createKnowledge, type Knowledge } from '#knowledge';
import { createModels, type Models, modelsMetrics } from '#models';
import type { ProgressSink } from '#models/ports';
import { createEgressPolicy, createOutboundClient } from '#platform/outbound';
import { protectLibrary } from './bridges/protect-library.ts';
import { protectionByBackups } from './bridges/protection-by-backups.ts';
import { repairFromBackups } from './bridges/repair-from-backups.ts';
import type { Platform } from './open-platform.ts';

export interface Domains {
  readonly models: Models;
  readonly backups: Backups;
  readonly knowledge: Knowledge;
}

/** Opens the domains; every resource is disposed of through `stack`. `progress` hears of downloads that jobs run. */
export async function openDomains(
  platform: Platform,
  progress: ProgressSink,
  stack: AsyncDisposableStack,
): Promise<Domains> {
  const { clock, random, logger, home, settings, environment } = platform;
  const { config } = settings.loaded();
  const library = config.models.library ?? home.library;

  const knowledge = createKnowledge(platform);
  const backups = createBackups({
    ...platform,
    policy: defaultPolicy,
    lockFolder: home.run,
    scratchFolder: join(home.run, 'restore-test'),
    passphrase: environment['KURA_VAULT_PASSPHRASE'],
  });
  await protectLibrary(backups, library);

  const egress = createEgressPolicy([new URL(config.civitai.url)]);
  const source = createCivitaiSource({
    url: config.civitai.url,
    token: config.civitai.token,
    paceMs: () => settings.loaded().config.civitai.paceMs,
    outbound: stack.use(createOutboundClient(egress)),
    clock,
    random,
    logger,
  });
  const models = stack.use(
    createModels({
      ...platform,
      source,
      scanner: stack.use(createScanner({ size: config.scan.workers })),
      egress,
      progress,
      repairSources: [repairFromBackups(backups)],
      protection: protectionByBackups(backups),
      measures: modelsMetrics(platform.metrics),
      folders: { library, quarantine: home.quarantine, run: home.run },
      command: platform.role,
      options: () => modelsOptions(platform),
      historyDays: () => settings.loaded().config.models.historyDays,
      featureMode: () => settings.loaded().config.civitai.features,
    }),
  );
  return { models, backups, knowledge };
}

/** Read anew for each download, so that a changed setting counts for the next file. */
function modelsOptions({ settings }: Platform) {
  const { downloads, models, lock } = settings.loaded().config;
  return {
    layout: models.layout,
    connections: downloads.connections,
    parallel: downloads.parallel,
    idleTimeoutMs: downloads.idleSeconds * SECOND,
    bytesPerSecond: downloads.bytesPerSecond,
    reserveBytes: downloads.reserveBytes,
    allowLikeness: downloads.likeness === 'allow',
    lockWaitMs: lock.waitSeconds * SECOND,
  };
}
