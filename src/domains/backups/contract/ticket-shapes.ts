/** Error tickets: what keeps the last digit of 3-2-1-1-0 red until it is settled. Safe for browsers. */
import { z } from 'zod';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';
import { toldSchema } from './run-shapes.ts';

/** `capacity` and `connection` kept a test from being carried out; they prove no error and leave the digit alone. */
export const ticketKinds = ['corruption', 'restore', 'tampering', 'capacity', 'connection', 'other'] as const;
export const ticketKindSchema = z.enum(ticketKinds);
export const ticketImportances = ['low', 'medium', 'high', 'critical'] as const;
export const ticketImportanceSchema = z.enum(ticketImportances);
export const ticketStatuses = ['open', 'in-progress', 'done'] as const;
export const ticketStatusSchema = z.enum(ticketStatuses);
/** What found it. */
export const ticketCauses = [
  'structure',
  'data',
  'restore',
  'partial',
  'comparison',
  'tamper',
  'canary',
  'person',
] as const;
export const ticketCauseSchema = z.enum(ticketCauses);

const instant = z.iso.datetime();
const assignee = z.string().trim().min(1).max(200);

export const newTicketSchema = z.strictObject({
  job: jobKeySchema,
  copy: copyNameSchema.optional(),
  kind: ticketKindSchema,
  importance: ticketImportanceSchema,
  detail: z.string().trim().min(1).max(2000),
  assignee: assignee.optional(),
});

export const changeTicketSchema = z.strictObject({
  status: ticketStatusSchema.optional(),
  importance: ticketImportanceSchema.optional(),
  assignee: assignee.nullable().optional(),
  dueAt: instant.optional(),
  note: z.string().trim().min(1).max(2000).optional(),
  /** Needed for `done`: why it is settled. */
  reason: z.string().trim().min(1).max(2000).optional(),
});

export const ticketSchema = z.object({
  id: z.uuid(),
  number: z.number().int(),
  job: jobKeySchema,
  copy: z.string().nullable(),
  kind: ticketKindSchema,
  cause: ticketCauseSchema,
  importance: ticketImportanceSchema,
  status: ticketStatusSchema,
  /** Whether it keeps the last digit red while it is open. */
  counts: z.boolean(),
  what: toldSchema,
  findings: z.array(toldSchema),
  assignee: z.string().nullable(),
  /** How often the same check failed since. */
  times: z.number().int(),
  openedAt: instant,
  lastAt: instant,
  dueAt: instant,
  overdue: z.boolean(),
  closedAt: instant.nullable(),
  closedBy: z.enum(['proof', 'person']).nullable(),
  closingReason: z.string().nullable(),
});

export const ticketDetailSchema = ticketSchema.extend({
  changes: z.array(
    z.object({
      at: instant,
      by: z.string(),
      what: z.string(),
      detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
      note: z.string().nullable(),
    }),
  ),
});

export const ticketStatisticsSchema = z.object({
  open: z.number(),
  inProgress: z.number(),
  overdue: z.number(),
  closedIn30Days: z.number(),
  /** Of those closed in the last 30 days; null without any. */
  meanHoursToClose: z.number().nullable(),
});

export type TicketKind = (typeof ticketKinds)[number];
export type TicketImportance = (typeof ticketImportances)[number];
export type TicketStatus = (typeof ticketStatuses)[number];
export type TicketCause = (typeof ticketCauses)[number];
export type NewTicket = z.output<typeof newTicketSchema>;
export type ChangeTicket = z.output<typeof changeTicketSchema>;
export type TicketView = z.output<typeof ticketSchema>;
export type TicketDetail = z.output<typeof ticketDetailSchema>;
export type TicketStatistics = z.output<typeof ticketStatisticsSchema>;
