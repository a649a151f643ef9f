/**
 * The audit log (P-040…P-043): every entry in a hash chain with signed heads, looked through by rules, searched, exported,
 * kept for its time. Entries are written by units of work (#platform/unit-of-work).
 */

import { chainMigrations } from './chain/audit-tables.ts';
import { detectionMigrations } from './detections/detection-tables.ts';

export { type Audit, type AuditDeps, createAudit, headEvery } from './audit.ts';
export { auditJobs } from './audit-jobs.ts';
export { type AuditKey, openAuditKey } from './chain/audit-key.ts';
export { createSealing, type Sealing } from './chain/sealing.ts';
export { auditCommands } from './cli/audit-commands.ts';
export { auditEvents } from './detections/audit-events.ts';
export type { LogReceiver } from './forwarding/forward-log.ts';
export { auditRoutes } from './http/audit-routes.ts';
export { createRefusalLog, type RefusalLog } from './refusals/refusal-log.ts';
export const auditTrailMigrations = [...chainMigrations, ...detectionMigrations];
export { auditMessages } from './messages/audit-messages.ts';
