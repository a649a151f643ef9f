/**
 * The restore test: the newest snapshot is restored into a folder of its own, and every file is read from there and
 * held against the snapshot's list, by other code than that which restored it.
 */
import { mkdir, rm, statfs } from 'node:fs/promises';

import type { Snapshot, Vault } from '#engines/vault';
import { KuraError } from '#kernel/errors';

import type { BackupsContext } from '../backups-context.ts';
import { type ComparedTree, compareTree } from './compare-tree.ts';
import type { Examination, VerificationProgress } from './examination.ts';
import { scratchOf } from './scratch.ts';

export interface RestoreTest {
  readonly vault: Vault;
  readonly copyId: string;
  readonly signal: AbortSignal;
  readonly report: ((progress: VerificationProgress) => void) | undefined;
}

/** @throws KuraError not-found `vault.no-snapshots`, unavailable `backups.no-room-for-test`. */
export async function examineRestore(context: BackupsContext, test: RestoreTest): Promise<Examination> {
  const snapshot = await test.vault.snapshot('latest', test.signal);
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
  const findings = [...lost, ...compared.differences];
  return {
    objects: compared.files,
    bytes: compared.bytes,
    snapshot: snapshot.id,
    errors: compared.differences.length,
    findings,
    verified: compared.matching,
  };
}

async function requireRoom(folder: string, { totals }: Snapshot): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free > totals.bytes) return;
  const params = { folder, free, needed: totals.bytes };
  throw new KuraError('unavailable', 'backups.no-room-for-test', { params });
}
