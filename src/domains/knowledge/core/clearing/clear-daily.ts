/** What is over goes once a day, whether or not anybody removes or asks something on that day. */
import { z } from 'zod';

import { DAY } from '#kernel/units';
import { defineJob, type HandledJob, handleJob } from '#platform/jobs';
import { defineSchedule, type ScheduleDefinition } from '#platform/schedule';
import type { Actor } from '#platform/unit-of-work';

import { deleteConversationsBefore } from '../../store/conversation-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { conversationDays } from '../asking/conversations.ts';
import { dropUnheld } from '../attachments/drop-unheld.ts';
import type { EntriesDeps } from '../entries/entry-changes.ts';
import { purgeOld } from '../entries/purge-old.ts';

export const clearKnowledgeJob = defineJob({ name: 'knowledge.clear-daily', payload: z.object({}), maxAttempts: 3 });

/** @param zone IANA zone of the house. */
export function clearingSchedule(zone: string): ScheduleDefinition<Readonly<Record<string, never>>> {
  const timing = { kind: 'cron', cron: '41 3 * * *', zone } as const;
  return defineSchedule({ id: 'knowledge.clear-daily', job: clearKnowledgeJob, payload: {}, timing });
}

const clearingActor: Actor = { kind: 'system', id: 'knowledge', name: 'knowledge' };

/** Removed entries whose time is over, with their files, and conversations nobody went on with. */
export async function clearDaily(deps: EntriesDeps): Promise<void> {
  const { unitOfWork, clock } = deps;
  const contents = await unitOfWork.write(clearingActor, async (tx) => {
    const ended = new Date(clock.now() - conversationDays * DAY).toISOString();
    await deleteConversationsBefore(tx.tables<KnowledgeTables>(), ended);
    return await purgeOld(tx, deps);
  });
  await dropUnheld(deps, contents);
}

export function clearingHandler(deps: EntriesDeps): HandledJob {
  return handleJob(clearKnowledgeJob, () => clearDaily(deps));
}
