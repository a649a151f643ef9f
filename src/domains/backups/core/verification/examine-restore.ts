/**
 * The restore test: the newest snapshot of the job is restored into a folder of its own, and every file is read from there and
 * held against the snapshot's list, by other code than that which restored it.
 */
import { mkdir, rm, statfs } from 'node:fs/promises';

import type { Snapshot, Vault } from '#engines/vault';
import { KuraError } from '#kernel/errors';

import type { BackupsContext } from '../backups-context.ts';
import { newestOfJob } from '../vaults/newest-of-job.ts';
import { type ComparedTree, compareTree } from './compare-tree.ts';
import type { Examination, VerificationProgress } from './examination.ts';
import { scratchOf } from './scratch.ts';

export interface RestoreTest {
  readonly vault: Vault;
  /** Key of the job; its newest snapshot is restored. */
  readonly job: string;
  readonly copyId: string;
  readonly signal: AbortSignal;
  readonly report: ((progress: VerificationProgress) => void) | undefined;
}

/** @throws KuraError not-found `vault.no-snapshots`, unavailable `backups.no-room-for-test`. */
export async function examineRestore(context: BackupsContext, test: RestoreTest): Promise<Examination> {
  const snapshot = await newestOfJob(test.vault, test.job, test.signal);
  const folder = scratchOf(context, test.copyId);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await requireRoom(folder, snapshot);
    return await restoreAndCompare(test, snapshot, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function restoreAndCompare(test: RestoreTest, snapshot: Snapshot, folder: string): Promise<Examination> {
  const { vault, signal, report } = test;
  const totalBytes = snapshot.totals.bytes;
  const restored = await vault.restore({
    snapshot: snapshot.id,
    target: folder,
    signal,
    onProgress: ({ files, bytes }) => report?.({ objects: files, bytes, totalBytes, errors: 0 }),
  });
  const lost = restored.problems.map(({ path, error }) => `${path}: ${error.message}`);
  const compared: ComparedTree = await compareTree(folder, vault.entries(snapshot.id, signal), {
    signal,
    onProgress: ({ files, bytes, differences }) =>
      report?.({ objects: files, bytes, totalBytes, errors: differences.length }),
  });
  const findings = [...lost, ...compared.differences.map(({ line }) => line)];
  return {
    objects: compared.files,
    bytes: compared.bytes,
    snapshot: snapshot.id,
    errors: compared.differences.length,
    findings,
    verified: compared.matching,
  };
}

/** @throws KuraError unavailable `backups.no-room-for-test`. */
export async function requireRoom(
  folder: string,
  { totals }: { readonly totals: Pick<Snapshot['totals'], 'bytes'> },
): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free > totals.bytes) return;
  const params = { folder, free, needed: totals.bytes };
  throw new KuraError('unavailable', 'backups.no-room-for-test', { params });
}
