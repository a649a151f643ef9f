/**
 * One run and one verification per copy at a time within a data directory. The same lock tells later whether a record
 * without an end belongs to a program that is still at work or to one that died.
 */
import { hostname } from 'node:os';

import { SECOND } from '#kernel/units';
import { acquireLock, lockOwner } from '#platform/files';

import type { BackupsContext } from '../backups-context.ts';

export type Activity = 'run' | 'verification' | 'drill';
type LockContext = Pick<BackupsContext, 'lockFolder' | 'clock'>;

/** @throws KuraError conflict `files.locked` when another process of this data directory is at it. */
export function lockCopy(
  { lockFolder, clock }: LockContext,
  copyId: string,
  activity: Activity,
  signal: AbortSignal,
): Promise<AsyncDisposable> {
  const command = `backup ${activity}`;
  const name = lockName(copyId, activity);
  return acquireLock({ folder: lockFolder, name, command, clock, waitMs: 5 * SECOND, signal });
}

export async function isAtWork(
  { lockFolder, clock }: LockContext,
  copyId: string,
  activity: Activity,
): Promise<boolean> {
  return (await lockOwner(lockFolder, lockName(copyId, activity), clock)) !== undefined;
}

/** Whose locks these are: with a shared database every data directory can only judge its own. */
export function runnerName({ lockFolder }: LockContext): string {
  return `${hostname()}:${lockFolder}`;
}

function lockName(copyId: string, activity: Activity): string {
  return `backup-${activity}-${copyId}`;
}
