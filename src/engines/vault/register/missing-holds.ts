/** Holds that were placed and never lifted, and whose files are gone nevertheless: somebody deleted them beside Kura. */
import type { BlobId } from '../format/blob.ts';
import { holdIds } from '../holds/hold-records.ts';
import { type RegisterHome, readRegister, type SnapshotRegister } from './snapshot-register.ts';

export interface MissingHold {
  readonly id: BlobId;
  /** What it protected. */
  readonly snapshot: BlobId;
}

/** @param register read before: a hold is there before it is registered. */
export async function missingHolds(
  home: RegisterHome,
  signal?: AbortSignal,
  register?: SnapshotRegister,
): Promise<readonly MissingHold[]> {
  const { holds } = register ?? (await readRegister(home, signal));
  if (holds.size === 0) return [];
  const present = await holdIds(home, signal);
  const gone = [...holds].filter(([id]) => !present.has(id));
  // Lifting takes a hold out of the register first: what is gone from both meanwhile was lifted.
  const stillWanted = gone.length === 0 ? holds : (await readRegister(home, signal)).holds;
  return gone.filter(([id]) => stillWanted.has(id)).map(([id, snapshot]) => ({ id, snapshot }));
}
