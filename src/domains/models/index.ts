/**
 * The models domain: search CivitAI, get files verified and scanned into a library, keep that library whole.
 * `#models/contract` holds what web and command line may know of it, `#models/ports` what it needs from outside.
 */
import type { Migration } from '#platform/db';
import type { HandledJob, JobKind } from '#platform/jobs';
import { batchesEvents, batchJobs } from './batches.ts';
import { apiChanged } from './core/api-watch/api-changed-event.ts';
import { downloadFileJob, repairFileJob, verifyLibraryJob } from './core/downloads/download-job.ts';
import { libraryWorkJobs } from './core/library-work/work-jobs.ts';
import { fileDamaged, filePlaced, fileQuarantined, fileRepaired } from './core/models-events.ts';
import { longSearchEvents, longSearchJobs } from './long-searches.ts';
import { modelsMigration } from './migrations/0001-models.ts';
import { catalogueMigration } from './migrations/0002-catalogue.ts';
import { vocabularyMigration } from './migrations/0003-vocabulary.ts';
import { collectingMigration } from './migrations/0004-collecting.ts';
import { apiWatchMigration } from './migrations/0005-api-watch.ts';
import { consentsMigration } from './migrations/0006-consents.ts';
import { qualityMigration } from './migrations/0007-quality.ts';
import { libraryByModelMigration } from './migrations/0008-library-by-model.ts';
import { downloadFactsMigration } from './migrations/0009-download-facts.ts';
import { batchesMigration } from './migrations/0010-batches.ts';
import { scanningMigration } from './migrations/0011-scanning.ts';
import { fileFactsMigration } from './migrations/0012-file-facts.ts';
import { virusScansMigration } from './migrations/0013-virus-scans.ts';
import { measuredHashesMigration } from './migrations/0014-measured-hashes.ts';
import { steeringMigration } from './migrations/0015-steering.ts';
import { externalScansMigration } from './migrations/0016-external-scans.ts';
import { libraryMovesMigration } from './migrations/0017-library-moves.ts';
import { downloadMirrorsMigration } from './migrations/0018-download-mirrors.ts';
import type { Models } from './models.ts';
import { scanningEvents, scanningJobs } from './scanning.ts';

/** Commands on files and addresses alone; they open no data directory. */
export { fileCommands } from './cli/file-commands.ts';
export type { OpenKnownVerdicts } from './cli/scan-command.ts';
export { createDownloadMeasures as modelsMetrics, type DownloadMeasures } from './core/downloads/download-metrics.ts';
export { createKnownVerdicts } from './core/scanning/known-verdicts.ts';
export { readScanPolicy } from './core/scanning/scan-policy.ts';
export { modelsRoutes } from './http/models-routes.ts';
export { createModels, type Models, type ModelsDeps, type ModelsOptions } from './models.ts';
export { siteProbe } from './site-watch.ts';
export { virusScannerProbe } from './virus-probe.ts';

export const modelsMigrations: readonly Migration[] = [
  modelsMigration,
  catalogueMigration,
  vocabularyMigration,
  collectingMigration,
  apiWatchMigration,
  consentsMigration,
  qualityMigration,
  libraryByModelMigration,
  downloadFactsMigration,
  batchesMigration,
  scanningMigration,
  fileFactsMigration,
  virusScansMigration,
  measuredHashesMigration,
  steeringMigration,
  externalScansMigration,
  libraryMovesMigration,
  downloadMirrorsMigration,
];
export const modelsEvents = {
  filePlaced,
  fileRepaired,
  fileDamaged,
  fileQuarantined,
  apiChanged,
  ...longSearchEvents,
  ...batchesEvents,
  ...scanningEvents,
} as const;
export const modelsJobs: readonly JobKind[] = [
  downloadFileJob,
  verifyLibraryJob,
  repairFileJob,
  ...libraryWorkJobs,
  ...longSearchJobs,
  ...batchJobs,
  ...scanningJobs,
];

export function modelsJobHandlers(models: Models): readonly HandledJob[] {
  return models.jobHandlers;
}
export { modelsCommands } from './cli/models-commands.ts';
export { modelsMessages } from './messages/models-messages.ts';
