import { createRcloneStorage, rclonePlace } from '#adapters/rclone-storage';
import type { RemoteStorage } from '#backups/ports';
import { systemRandom } from '#kernel/clock';

import type { StorageSources } from './storage-sources.ts';

export function openRclone(address: string, { environment }: StorageSources): RemoteStorage {
  return createRcloneStorage({ place: rclonePlace(address), random: systemRandom, environment });
}
