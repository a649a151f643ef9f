import { type Clock, systemClock } from '#kernel/clock';
import { HOUR } from '#kernel/units';
import type { Database, Migration } from '#platform/db';
import { createScheduler } from '#platform/schedule';
import { createTestPlatform, type TestPlatform, writeMigrations } from '#platform/unit-of-work/testing';

import { type Audit, createAudit } from '../audit.ts';
import { auditJobs } from '../audit-jobs.ts';
import { type AuditKey, auditKey, newAuditKey } from '../chain/audit-key.ts';
import { chainMigrations } from '../chain/audit-tables.ts';
import { createSealing, type Sealing } from '../chain/sealing.ts';
import { detectionMigrations } from '../detections/detection-tables.ts';

/** Every table the log needs. */
export const auditTestMigrations: readonly Migration[] = [
  ...writeMigrations,
  ...chainMigrations,
  ...detectionMigrations,
];

export interface TestAudit extends TestPlatform {
  readonly audit: Audit;
  readonly key: AuditKey;
  readonly sealing: Sealing;
}

export interface TestAuditOptions {
  readonly clock?: Clock;
  readonly keepDays?: number;
  /** Hears of errors in the background, which else fail the test. */
  readonly onError?: (error: unknown) => void;
}

/** Over a database of the caller, which disposing closes; an error in the background fails the test. */
export function openTestAudit(
  database: Database,
  { clock = systemClock, keepDays = 1096, onError: reportError = fail }: TestAuditOptions = {},
): TestAudit {
  const key = auditKey(newAuditKey());
  const sealing = createSealing({ database, clock, key, headEvery: { rows: 1000, ms: HOUR }, reportError });
  const platform = createTestPlatform(database, { clock, sealing });
  const deps = { ...platform, clock, key, sealing, reportError };
  const scheduler = createScheduler({ ...deps, kinds: auditJobs });
  return {
    ...deps,
    audit: createAudit({ ...deps, scheduler, keepDays: () => keepDays }),
    async [Symbol.asyncDispose]() {
      await sealing[Symbol.asyncDispose]();
      await platform[Symbol.asyncDispose]();
    },
  };
}

function fail(error: unknown): void {
  throw error;
}
