/** Every kind of job there is; a start-up check refuses a kind without a handler and a handler without a kind. */
import { backupsJobs } from '#backups';
import { modelsJobs } from '#models';
import { auditJobs } from '#platform/audit';
import { identityJobs } from '#platform/identity';
import type { JobKind } from '#platform/jobs';

export const jobKinds: readonly JobKind[] = [...auditJobs, ...identityJobs, ...modelsJobs, ...backupsJobs];
