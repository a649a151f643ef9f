/** Backups with everything they reach: storages, tools, and the programs that jobs may start. */
import { join } from 'node:path';

import { type Backups, createBackups } from '#backups';
import type { HouseFigures } from '#backups/ports';
import { defaultPolicy } from '#engines/rule32110';
import { namesOf } from '#platform/config';
import { checkSqliteFile, snapshotSqlite } from '#platform/db';
import { configuredEngines } from './configured-engines.ts';
import { configuredHosts, configuredStorages } from './configured-storages.ts';
import { houseZone } from './initial-preferences.ts';
import type { Platform } from './open-platform.ts';
import { openOwnImage } from './recovery/open-own-image.ts';
import { certificateEnds } from './shown-certificate.ts';

export function openBackups(platform: Platform, house: HouseFigures): Backups {
  const { home, settings, environment } = platform;
  const { config } = settings.loaded();
  const backups: Backups = createBackups({
    ...platform,
    house,
    policy: defaultPolicy,
    lockFolder: home.run,
    scratchFolder: join(home.run, 'restore-test'),
    passphrase: environment['KURA_VAULT_PASSPHRASE'],
    storages: configuredStorages(config, environment),
    certificateEnd: certificateEnds(config),
    engines: configuredEngines(home, environment),
    allowHost: configuredHosts(config),
    sources: { environment, copySqlite: snapshotSqlite },
    programs: () => namesOf(config.backups.programs),
    zone: () => houseZone(settings.loaded().config),
    signer: platform.auditKey,
    checkSqlite: checkSqliteFile,
    documentDays: () => settings.loaded().config.backups.documentDays,
    ownImage: openOwnImage(platform, () => backups.jobs()),
    recovery: () => recoveryRules(platform),
    publicUrl: () => settings.loaded().config.access.publicUrl,
  });
  return backups;
}

function recoveryRules({ settings, home }: Platform) {
  const { automatic, everyHours, vault, keepHourly, keepDaily, keepWeekly, keepMonthly } =
    settings.loaded().config.recovery;
  const keep = { hourly: keepHourly, daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly };
  return { automatic, everyHours, vault: vault ?? join(home.vaults, 'kura'), keep };
}
