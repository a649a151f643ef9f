/** Programs of others that make copies, each with a folder of this installation for what it remembers. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { createBorgEngine } from '#adapters/borg';
import { createRcloneEngine } from '#adapters/rclone-copy';
import { createResticEngine } from '#adapters/restic';
import type { BackupEngine, EngineName } from '#backups/ports';
import type { Environment } from '#platform/config';
import type { HomeFolder } from '#platform/files';

export function configuredEngines(
  { cache }: Pick<HomeFolder, 'cache'>,
  environment: Environment,
): Readonly<Record<EngineName, BackupEngine>> {
  return {
    restic: createResticEngine({ cacheFolder: join(cache, 'restic'), environment }),
    borg: createBorgEngine({ baseFolder: join(cache, 'borg'), environment }),
    rclone: createRcloneEngine({ cacheFolder: join(cache, 'rclone'), environment, newId: randomUUID }),
  };
}
