/** What identity does by itself. */
import type { HandledJob, JobKind } from '#platform/jobs';

import { directoryJobHandlers, directoryJobs } from './directory/directory-jobs.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { mailResetLinkJob, resetLinkHandler } from './mails/reset-request.ts';

export const identityJobs: readonly JobKind[] = [...directoryJobs, mailResetLinkJob];

export function identityJobHandlers(deps: IdentityDeps): readonly HandledJob[] {
  return [...directoryJobHandlers(deps), resetLinkHandler(deps)];
}
