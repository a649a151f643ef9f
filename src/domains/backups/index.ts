/**
 * backups – protects: copies in several places, their runs and verifications, and the 3-2-1-1-0 verdict over them.
 * `#backups/contract` holds what web and command line may know of it.
 */
import type { Migration } from '#platform/db';
import type { JobKind } from '#platform/jobs';

import {
  registerEvents,
  reportEvents,
  runFailed,
  runFinished,
  verdictChanged,
  verificationFailed,
  verificationPassed,
} from './core/backups-events.ts';
import { documentToSend, makePlannedJob, sweepDocumentsJob } from './core/documents/document-events.ts';
import { proofJobs } from './core/drills/drill-job.ts';
import { mediaEvents } from './core/media/media-events.ts';
import { proofEvents } from './core/proof-events.ts';
import { runCopyJob, sweepVerdictsJob, verifyCopyJob, watchRunsJob } from './core/queueing/job-kinds.ts';
import { recoveryJobs } from './core/recovery/recovery-jobs.ts';
import { checkProvidersJob, runScheduledJob, turnVerdictsJob } from './core/schedules/schedule-job.ts';
import { judgeTargetsJob, targetsJudged } from './core/service-levels/service-level-events.ts';
import { backupsMigration } from './migrations/0001-backups.ts';
import { reportsMigration } from './migrations/0002-reports.ts';
import { policiesMigration } from './migrations/0003-policies.ts';
import { enginesMigration } from './migrations/0004-engines.ts';
import { mediaMigration } from './migrations/0005-media.ts';
import { verificationMigration } from './migrations/0007-verification.ts';
import { removedCopiesMigration } from './migrations/0008-removed-copies.ts';
import { documentsMigration } from './migrations/0009-documents.ts';
import { rhythmMigration } from './migrations/0010-rhythm.ts';
import { providerEndingsMigration } from './migrations/0014-provider-endings.ts';

export { type Backups, type BackupsDeps, createBackups } from './backups.ts';
export { backupsMetrics } from './backups-metrics.ts';
export { type ReportCommandDeps, reportCommand } from './cli/reports/report-command.ts';
/** `kura vault …`; they need no data directory. */
export { vaultCommands } from './cli/vault-commands.ts';
export type { DocumentToSend } from './core/documents/deliver-document.ts';
export { toolsProbe as backupToolsProbe } from './core/engines/tools-probe.ts';
export type { MediaDesk } from './core/media/media-desk.ts';
export { recoveryProbe } from './core/recovery/recovery-probe.ts';
export { type RestoreImage, restoreImage } from './core/recovery/restore-image.ts';
export { locksProbe as copyLocksProbe } from './core/register/locks-probe.ts';
export type { ProtectedBy } from './core/repair/protection-of.ts';
export type { RecoveredFrom, RecoverRequest } from './core/repair/recover-file.ts';
export { backupsRoutes } from './http/backups-routes.ts';
export type { BackupsRoutesDeps } from './http/backups-routes-deps.ts';
export { backupsJobHandlers } from './jobs/backup-job-handlers.ts';

export const backupsMigrations: readonly Migration[] = [
  backupsMigration,
  reportsMigration,
  policiesMigration,
  enginesMigration,
  mediaMigration,
  verificationMigration,
  removedCopiesMigration,
  documentsMigration,
  rhythmMigration,
  providerEndingsMigration,
];
export const backupsEvents = {
  ...registerEvents,
  runFinished,
  runFailed,
  verificationFailed,
  verificationPassed,
  verdictChanged,
  ...reportEvents,
  ...proofEvents,
  ...mediaEvents,
  targetsJudged,
  documentToSend,
} as const;
export const backupsJobs: readonly JobKind[] = [
  runScheduledJob,
  turnVerdictsJob,
  checkProvidersJob,
  runCopyJob,
  verifyCopyJob,
  sweepVerdictsJob,
  watchRunsJob,
  judgeTargetsJob,
  makePlannedJob,
  sweepDocumentsJob,
  ...proofJobs,
  ...recoveryJobs,
];
export { backupsCommands } from './cli/backups-commands.ts';
export { backupsMessages } from './messages/backups-messages.ts';
