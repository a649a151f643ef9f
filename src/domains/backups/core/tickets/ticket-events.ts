/** What others can learn about error tickets. */
import { z } from 'zod';

import { defineEvent } from '#platform/events';

import { jobKeySchema, ticketImportanceSchema, ticketKindSchema } from '../../contract/index.ts';

const ticket = {
  ticketId: z.string(),
  number: z.number(),
  job: jobKeySchema,
  title: z.string(),
  copy: z.string().nullable(),
  kind: ticketKindSchema,
  importance: ticketImportanceSchema,
  assignee: z.string().nullable(),
  dueAt: z.string(),
};

export const ticketOpened = defineEvent({ name: 'backups.ticket-opened', schema: z.object(ticket) });

/** Nobody settled it within its time; told once. */
export const ticketOverdue = defineEvent({ name: 'backups.ticket-overdue', schema: z.object(ticket) });

/** By a later proof, or by somebody who gave a reason. */
export const ticketClosed = defineEvent({
  name: 'backups.ticket-closed',
  schema: z.object({ ...ticket, closedBy: z.enum(['proof', 'person']), reason: z.string().nullable() }),
});
