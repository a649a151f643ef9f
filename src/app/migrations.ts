/** All migrations in the order in which modules may build on each other. */
import { backupsMigrations } from '#backups';
import { knowledgeMigrations } from '#knowledge';
import { modelsMigrations } from '#models';
import { alertMigrations } from '#platform/alerts';
import { auditTrailMigrations } from '#platform/audit';
import { availabilityMigrations } from '#platform/availability';
import type { Migration } from '#platform/db';
import { eventMigrations } from '#platform/events';
import { idempotencyMigrations } from '#platform/idempotency';
import { identityMigrations } from '#platform/identity';
import { jobMigrations } from '#platform/jobs';
import { notifyMigrations } from '#platform/notify';
import { pluginMigrations } from '#platform/plugins';
import { scheduleMigrations } from '#platform/schedule';
import { secretsMigrations } from '#platform/secrets';
import { settingsMigrations } from '#platform/settings';
import { auditMigrations } from '#platform/unit-of-work';

export const migrations: readonly Migration[] = [
  ...jobMigrations,
  ...eventMigrations,
  ...auditMigrations,
  ...auditTrailMigrations,
  ...identityMigrations,
  ...notifyMigrations,
  ...alertMigrations,
  ...availabilityMigrations,
  ...settingsMigrations,
  ...secretsMigrations,
  ...idempotencyMigrations,
  ...scheduleMigrations,
  ...pluginMigrations,
  ...modelsMigrations,
  ...backupsMigrations,
  ...knowledgeMigrations,
];
