/** Every kind of job there is; a start-up check refuses a kind without a handler and a handler without a kind. */
import { backupsJobs } from '#backups';
import { knowledgeJobs } from '#knowledge';
import { modelsJobs } from '#models';
import { alertsJobs } from '#platform/alerts';
import { auditJobs } from '#platform/audit';
import { identityJobs } from '#platform/identity';
import type { JobKind } from '#platform/jobs';
import { noticeJobs, notifyJobs } from '#platform/notify';

import { watchHealthJob } from './bridges/alerts-from-health.ts';
import { renewDataKeyJob } from './bridges/renew-data-key.ts';

export const jobKinds: readonly JobKind[] = [
  ...auditJobs,
  renewDataKeyJob,
  ...identityJobs,
  ...notifyJobs,
  ...noticeJobs,
  ...alertsJobs,
  watchHealthJob,
  ...modelsJobs,
  ...backupsJobs,
  ...knowledgeJobs,
];
