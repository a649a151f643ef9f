import type { Clock, Random } from '#kernel/clock';
import { KIB } from '#kernel/units';

import type { BlobCodec } from './blob.ts';
import { type BlobSession, createInlineSession } from './blob-session.ts';
import type { BlobWorkers } from './blob-workers.ts';
import type { VaultStorage } from './storage.ts';
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
}

/** Below this, a trip to another thread costs more than the work. */
const INLINE_BELOW = 256 * KIB;

export function sessionFor(context: Pick<VaultContext, 'codec' | 'workers'>, size: number): BlobSession {
  return size < INLINE_BELOW ? createInlineSession(context.codec) : context.workers.session();
}
