/** The upper half of the object graph: the three domains, their adapters, and the bridges between them. */
import { join } from 'node:path';

import { createHttpMirrors } from '#adapters/http-mirrors';
import { pluginScanners } from '#adapters/plugin-scanner';
import type { Backups } from '#backups';
import type { HouseFigures } from '#backups/ports';
import { createScanner } from '#engines/modelscan';
import { SECOND } from '#kernel/units';
import type { Knowledge } from '#knowledge';
import { createModels, type Models, modelsMetrics, readScanPolicy } from '#models';
import type { ProgressSink, VirusScanner } from '#models/ports';
import { namesOf } from '#platform/config';
import { createScriptSandbox } from '#platform/isolation';
import { configuredNetwork, createEgressPolicy } from '#platform/outbound';
import { createPlugins, type Plugins } from '#platform/plugins';
import { protectKura } from './bridges/protect-kura.ts';
import { protectLibrary } from './bridges/protect-library.ts';
import { protectionByBackups } from './bridges/protection-by-backups.ts';
import { repairFromBackups } from './bridges/repair-from-backups.ts';
import { configuredAnswerWriter } from './configured-answer-writer.ts';
import { configuredExternalScanners } from './configured-external-scanners.ts';
import { configuredVirusScanner } from './configured-virus-scanner.ts';
import { downloadBandwidth } from './download-bandwidth.ts';
import { houseZone } from './initial-preferences.ts';
import { openBackups } from './open-backups.ts';
import { type CivitaiListeners, openCivitai } from './open-civitai.ts';
import { openKnowledge } from './open-knowledge.ts';
import type { Platform } from './open-platform.ts';
import { version } from './version.ts';

export interface Domains {
  readonly models: Models;
  readonly backups: Backups;
  readonly knowledge: Knowledge;
  /** Absent: none is configured. */
  readonly virusScanner: VirusScanner | undefined;
  readonly plugins: Plugins;
}

export interface DomainListeners extends CivitaiListeners {
  /** Hears of downloads that jobs run. */
  readonly progress: ProgressSink;
  /** For reports of backups. */
  readonly house: HouseFigures;
}

/** Opens the domains; every resource is disposed of through `stack`. */
export async function openDomains(
  platform: Platform,
  listeners: DomainListeners,
  stack: AsyncDisposableStack,
): Promise<Domains> {
  const { home, settings, environment } = platform;
  const { config } = settings.loaded();
  const library = config.models.library ?? home.library;

  const virusScanner = configuredVirusScanner(config);
  const programs = configuredExternalScanners(config, platform.isolation);
  const plugins = createPlugins({ ...platform, folder: join(home.root, 'plugins') });
  const sandbox = stack.use(createScriptSandbox());
  const answerWriter = configuredAnswerWriter(config, environment, stack);
  const knowledge = stack.use(openKnowledge(platform, virusScanner, answerWriter));
  const backups = openBackups(platform, listeners.house);
  await protectLibrary(backups, library);
  await protectKura(backups);

  const egress = createEgressPolicy([new URL(config.civitai.url)]);
  const network = configuredNetwork(config.network, environment);
  const source = await openCivitai(
    platform,
    { egress, network },
    { ...listeners, onAnswer: (answer) => models.apiWatch.observe(answer) },
    stack,
  );
  const models = stack.use(
    createModels({
      ...platform,
      source,
      mirrors: createHttpMirrors(namesOf(config.downloads.mirrors)),
      scanner: stack.use(createScanner({ size: config.scan.workers })),
      virusScanner,
      externalScanners: async () => [...programs, ...(await pluginScanners(plugins, sandbox))],
      egress,
      network,
      bandwidth: downloadBandwidth(platform),
      version,
      progress: listeners.progress,
      repairSources: [repairFromBackups(backups)],
      protection: protectionByBackups(backups),
      measures: modelsMetrics(platform.metrics),
      folders: { library, quarantine: home.quarantine, run: home.run },
      command: platform.role,
      options: () => modelsOptions(platform),
      timeZone: () => houseZone(settings.loaded().config),
      featureMode: () => settings.loaded().config.civitai.features,
      verifyDays: () => settings.loaded().config.models.verifyDays,
      historyDays: () => settings.loaded().config.models.historyDays,
      scanDays: () => settings.loaded().config.scan.libraryDays,
      scanBytesPerSecond: () => settings.loaded().config.scan.bytesPerSecond,
      scanPolicy: () => readScanPolicy(settings.loaded().config.scanPolicy),
      adoptFolders: () => namesOf(settings.loaded().config.models.adoptFolders),
      quality: () => qualitySettings(platform),
    }),
  );
  return { models, backups, knowledge, virusScanner, plugins };
}

function qualitySettings({ settings }: Platform) {
  const { qualityWeights: weights, qualityCounters: counters } = settings.loaded().config.models;
  return { weights, counters };
}

/** Read anew for each download, so that a changed setting counts for the next file. */
function modelsOptions({ settings }: Platform) {
  const { downloads, models, lock } = settings.loaded().config;
  return {
    layout: models.layout,
    connections: downloads.connections,
    mode: downloads.mode,
    parallel: downloads.parallel,
    previewPixels: downloads.previewPixels,
    idleTimeoutMs: downloads.idleSeconds * SECOND,
    maxBytes: downloads.maxBytes,
    verifyBytesPerSecond: models.verifyBytesPerSecond,
    reserveBytes: downloads.reserveBytes,
    mirrorFirst: downloads.mirrorFirst,
    allowLikeness: downloads.likeness === 'allow',
    lockWaitMs: lock.waitSeconds * SECOND,
  };
}
