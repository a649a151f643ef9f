/** What an alert looks like outside. Safe for browsers. */
import { z } from 'zod';

import { severitySchema } from '#platform/notify/contract';

import { alertTypeNames } from './alert-types.ts';

/** `acknowledged`: somebody takes care of it. Snoozed alerts are open ones that are quiet until a time. */
export const alertStates = ['open', 'acknowledged', 'resolved'] as const;
export const alertStateSchema = z.enum(alertStates);
export type AlertState = z.output<typeof alertStateSchema>;

export const alertTypeSchema = z.enum(alertTypeNames);

export const alertSchema = z.object({
  id: z.string(),
  type: alertTypeSchema,
  severity: severitySchema,
  state: alertStateSchema,
  /** In the caller's language. */
  title: z.string(),
  /** What to do next, in the caller's language. */
  advice: z.string(),
  /** What went wrong in detail; null when nothing more is known. */
  detail: z.string().nullable(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  site: z.string().nullable(),
  tags: z.array(z.string()).readonly(),
  /** The page of what it is about; null where there is none. */
  page: z.string().nullable(),
  /** How often it happened since it was raised. */
  count: z.number().int(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** Steps of the escalation that were taken. */
  level: z.number().int(),
  snoozedUntil: z.string().nullable(),
  acknowledged: z.object({ by: z.string(), at: z.string() }).nullable(),
  /** `by` is null when it was over by itself. */
  resolved: z.object({ by: z.string().nullable(), at: z.string() }).nullable(),
  note: z.string().nullable(),
});
export type AlertView = z.output<typeof alertSchema>;

export const alertChanges = [
  'raised',
  'worsened',
  'returned',
  'escalated',
  'woken',
  'acknowledged',
  'reopened',
  'snoozed',
  'noted',
  'resolved',
  'cleared',
] as const;
export type AlertChange = (typeof alertChanges)[number];

export const historySchema = z.object({
  at: z.string(),
  change: z.enum(alertChanges),
  by: z.string().nullable(),
  note: z.string().nullable(),
});
