import type { Clock, Random } from '#kernel/clock';
import { KIB } from '#kernel/units';

import type { BlobCodec } from '../format/blob.ts';
import { type BlobSession, createInlineSession, type SessionOptions } from '../objects/blob-session.ts';
import type { BlobWorkers } from '../objects/blob-workers.ts';
import type { SnapshotSigner } from '../signing/snapshot-signature.ts';
import type { VaultStorage } from '../storage/storage.ts';
import type { VaultConfig } from './vault-config.ts';

/** An opened repository, as its operations see it. */
export interface VaultContext {
  readonly storage: VaultStorage;
  readonly config: VaultConfig;
  readonly codec: BlobCodec;
  readonly workers: BlobWorkers;
  readonly clock: Clock;
  readonly random: Random;
  readonly host: string;
  /** Signs the snapshots that are made. */
  readonly signer?: SnapshotSigner | undefined;
}

/** Below this, a trip to another thread costs more than the work. */
const INLINE_BELOW = 128 * KIB;

export function worksInline(size: number): boolean {
  return size < INLINE_BELOW;
}

export function sessionFor(
  context: Pick<VaultContext, 'codec' | 'workers'>,
  size: number,
  options: Pick<SessionOptions, 'digest'> = {},
): BlobSession {
  return worksInline(size) ? createInlineSession(context.codec, options) : context.workers.session(options);
}
