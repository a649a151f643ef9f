/** backups ← Kura itself: how an image of this installation is made, and tried out. */
import { isAbsolute, join } from 'node:path';

import type { Backups } from '#backups';
import type { OwnImage } from '#backups/ports';
import { MINUTE } from '#kernel/units';
import { acquireLock } from '#platform/files';
import { kitIsPrinted } from '#platform/protection';
import { clearParts, stageImage } from '#platform/recovery';

import type { Platform } from '../open-platform.ts';
import { version } from '../version.ts';

/** @param jobs Their copies may lie in the data directory, and a backup of backups would grow for ever. */
export function openOwnImage(platform: Platform, jobs: Backups['jobs']): OwnImage {
  const { home, settings, clock, storedSecrets } = platform;
  const folder = join(home.run, 'own-image');
  return {
    home: home.root,
    async stage(signal) {
      const waiting = { clock, waitMs: 30 * MINUTE, signal };
      const lock = await acquireLock({ folder: home.run, name: 'own-image', command: 'kura dr backup', ...waiting });
      await using stack = new AsyncDisposableStack();
      stack.use(lock);
      stack.defer(() => clearParts(folder));
      const { config } = settings.loaded();
      const places = (await jobs()).flatMap(({ copies }) => copies.map(({ repository }) => repository));
      await stageImage(
        {
          ...platform,
          databaseUrl: config.database.url,
          master: storedSecrets.master(),
          version,
          leaveOut: [config.models.library ?? home.library, config.recovery.vault ?? '', ...places].filter(isAbsolute),
        },
        folder,
        signal,
      );
      const held = stack.move();
      return { folder, [Symbol.asyncDispose]: () => held.disposeAsync() };
    },
    async rehearse(image, signal) {
      // Loaded only for a drill: it opens a second Kura.
      const { rehearseImage } = await import('./rehearse-image.ts');
      return await rehearseImage(platform, image, signal);
    },
    hasRecoveryKit: () => kitIsPrinted(storedSecrets),
  };
}
