/** Stands an image up in a data directory of its own, with a database of its own, and looks whether Kura works there. */
import { join } from 'node:path';

import type { RehearsedCheck } from '#backups/ports';
import { KuraError } from '#kernel/errors';
import { createScratchDatabase } from '#platform/db';
import { type ImageManifest, placeImage, readManifest } from '#platform/recovery';

import type { Platform } from '../open-platform.ts';
import { look, lookAtRestored } from './look-at-restored.ts';

export async function rehearseImage(
  platform: Platform,
  image: string,
  signal: AbortSignal,
): Promise<readonly RehearsedCheck[]> {
  const manifest = await readManifest(image);
  await using stack = new AsyncDisposableStack();
  const home = join(image, 'stood-up');
  const url = await databaseFor(platform, { manifest, home }, stack);
  const masterKey = Buffer.from(platform.storedSecrets.master().value).toString('base64url');
  const environment = { ...withoutSettings(platform.environment), KURA_DATABASE_URL: url, KURA_MASTER_KEY: masterKey };
  const placed = await look('recovery-image', signal, async () => {
    await placeImage({ image, home, masterKey, environment }, signal);
    return { passed: true, detail: `${manifest.version} ${manifest.takenAt} ${manifest.files.count}` };
  });
  if (!placed.passed) return [placed];
  return [placed, ...(await lookAtRestored({ home, environment, url, manifest }, stack, signal))];
}

/** @throws KuraError unavailable `recovery.no-scratch-database`: it cannot be tried, which says nothing of the backup. */
async function databaseFor(
  { settings }: Platform,
  { manifest, home }: { readonly manifest: ImageManifest; readonly home: string },
  stack: AsyncDisposableStack,
): Promise<string> {
  if (manifest.dialect === 'sqlite') return `sqlite:${join(home, 'kura.db')}`;
  const { url } = settings.loaded().config.database;
  if (url === undefined) throw new KuraError('unavailable', 'recovery.no-scratch-database', { params: { reason: '' } });
  try {
    return stack.use(await createScratchDatabase(url)).url;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KuraError('unavailable', 'recovery.no-scratch-database', { params: { reason }, cause });
  }
}

/** The settings of this installation are in the image; those of its environment would lead the other astray. */
function withoutSettings(environment: Platform['environment']): Platform['environment'] {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('KURA_')));
}
