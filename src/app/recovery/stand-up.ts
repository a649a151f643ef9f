/** Kura on a new machine: an image out of a repository, put in place, opened, and looked at. */
import { randomBytes } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';

import { restoreImage } from '#backups';
import type { RehearsedCheck, StorageOpener } from '#backups/ports';
import { systemClock } from '#kernel/clock';
import type { Environment } from '#platform/config';
import { loadConfig } from '#platform/config';
import { homeFolder } from '#platform/files';
import { type ImageManifest, placeImage } from '#platform/recovery';

import { lookAtRestored } from './look-at-restored.ts';

export interface StandUp {
  /** Empty, or not there yet. */
  readonly home: string;
  readonly environment: Environment;
  readonly masterKey: string;
  readonly from:
    | {
        readonly repository: string;
        readonly snapshot: string | undefined;
        readonly passphraseFile: string | undefined;
      }
    /** A folder that another tool restored; it stays as it is. */
    | { readonly image: string };
  readonly storages: StorageOpener;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: {
    readonly bytes: number;
    readonly totalBytes: number;
    readonly path: string;
  }) => void;
}

export interface StoodUpKura {
  readonly manifest: ImageManifest;
  readonly checks: readonly RehearsedCheck[];
  /** Until it could be used. */
  readonly rtoSeconds: number;
  /** Age of what was restored. */
  readonly rpoSeconds: number;
}

/** @throws KuraError as `restoreImage` and `placeImage`; nothing is in place then. */
export async function standUp({ home, environment, masterKey, ...wish }: StandUp): Promise<StoodUpKura> {
  const { signal } = wish;
  const begun = systemClock.monotonic();
  // Beside the data directory, so that nothing of it is copied twice.
  const image = `${home}.restoring-${randomBytes(6).toString('hex')}`;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(image, { recursive: true, force: true }));
  await fetchImage(wish, image, environment);
  const manifest = await placeImage({ image, home, masterKey, environment }, signal);
  const { config } = loadConfig({ home, environment });
  const url = config.database.url ?? `sqlite:${homeFolder(home).database}`;
  const checks = await lookAtRestored({ home, environment, url, manifest }, stack, signal);
  const now = systemClock.now();
  return {
    manifest,
    checks,
    rtoSeconds: (systemClock.monotonic() - begun) / 1000,
    rpoSeconds: Math.max(0, (now - Date.parse(manifest.takenAt)) / 1000),
  };
}

async function fetchImage(
  { from, storages, signal, onProgress }: Omit<StandUp, 'home' | 'environment' | 'masterKey'>,
  target: string,
  environment: Environment,
): Promise<void> {
  if ('image' in from) {
    await cp(from.image, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    return;
  }
  const passphrase = environment['KURA_VAULT_PASSPHRASE'];
  await restoreImage({ ...from, passphrase, target, storages, signal, onProgress });
}
