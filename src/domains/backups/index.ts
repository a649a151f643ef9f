/**
 * backups – protects: copies in several places, their runs and verifications, and the 3-2-1-1-0 verdict over them.
 * `#backups/contract` holds what web and command line may know of it.
 */
import type { Catalogues } from '#kernel/messages';
import type { Command } from '#platform/cli';
import type { Migration } from '#platform/db';
import type { JobKind } from '#platform/jobs';

import type { Backups } from './backups.ts';
import { en as cliEn } from './cli/messages/en.ts';
import { ja as cliJa } from './cli/messages/ja.ts';
import { registerCommands } from './cli/register-commands.ts';
import { statusCommands } from './cli/status-commands.ts';
import { workCommands } from './cli/work-commands.ts';
import { runFailed, runFinished, verdictChanged, verificationFailed } from './core/backups-events.ts';
import { runCopyJob, sweepVerdictsJob, verifyCopyJob } from './core/queueing/job-kinds.ts';
import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';
import { backupsMigration } from './migrations/0001-backups.ts';

export { type Backups, type BackupsDeps, createBackups } from './backups.ts';
export { backupsMetrics } from './backups-metrics.ts';
/** `kura vault …`; they need no data directory. */
export { vaultCommands } from './cli/vault-commands.ts';
export type { ProtectedBy } from './core/repair/protection-of.ts';
export type { RecoveredFrom, RecoverRequest } from './core/repair/recover-file.ts';
export { type BackupsRoutesDeps, backupsRoutes } from './http/backups-routes.ts';
export { backupsJobHandlers } from './jobs/backup-job-handlers.ts';

export const backupsMessages: Catalogues = { en: { ...en, ...cliEn }, ja: { ...ja, ...cliJa } };
export const backupsMigrations: readonly Migration[] = [backupsMigration];
export const backupsEvents = { runFinished, runFailed, verificationFailed, verdictChanged } as const;
export const backupsJobs: readonly JobKind[] = [runCopyJob, verifyCopyJob, sweepVerdictsJob];
export const backupsCommands: ReadonlyArray<Command<Backups>> = [
  ...registerCommands,
  ...workCommands,
  ...statusCommands,
];
