/** Jobs by which notices leave. */
import { type HandledJob, handleJob, type JobKind } from '#platform/jobs';

import { gatherJob, sendMessageJob } from './deliveries/delivery-jobs.ts';
import { gather } from './deliveries/gather.ts';
import { sendMessage } from './deliveries/send-message.ts';
import type { NotifyDeps } from './notify-deps.ts';

export const noticeJobs: readonly JobKind[] = [gatherJob, sendMessageJob];

export function noticeJobHandlers(deps: NotifyDeps): readonly HandledJob[] {
  return [
    handleJob(gatherJob, async ({ payload: { target } }) => gather(deps, target)),
    handleJob(sendMessageJob, async (context) => sendMessage(deps, context)),
  ];
}
