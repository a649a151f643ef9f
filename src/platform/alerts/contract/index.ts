/** Routes of alerts. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';
import { severitySchema } from '#platform/notify/contract';

import { alertSchema, alertStateSchema, alertTypeSchema, historySchema } from './alert-shapes.ts';

export {
  type AlertChange,
  type AlertState,
  type AlertView,
  alertChanges,
  alertStates,
} from './alert-shapes.ts';
export { type AlertType, type AlertTypeName, alertTypeNames, alertTypes, responseMinutes } from './alert-types.ts';

/** Name of the live topic, and of the event. */
export const alertTopic = 'alerts.changed';
export const alertChangedSchema = z.object({
  alertId: z.string(),
  type: alertTypeSchema,
  severity: severitySchema,
  state: alertStateSchema,
});

/**
 * Most severe first, then newest. Only kinds whose subject the caller may read are shown.
 * `active` is open and acknowledged together.
 */
export const listAlerts = defineRoute({
  id: 'alerts.list',
  method: 'GET',
  path: '/api/v1/alerts',
  access: 'system:read',
  query: z.strictObject({
    state: z.enum(['active', 'open', 'acknowledged', 'snoozed', 'resolved', 'all']).default('active'),
    severity: severitySchema.optional(),
    type: alertTypeSchema.optional(),
    /** Name or id of what it is about. */
    subject: z.string().min(1).max(200).optional(),
    site: z.string().min(1).max(200).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: z.string().max(200).optional(),
  }),
  output: z.object({ items: z.array(alertSchema).readonly(), nextCursor: z.string().optional() }),
  errors: ['alerts.bad-cursor'],
});

const perSeverity = z.object({
  critical: z.number().int(),
  error: z.number().int(),
  warning: z.number().int(),
  info: z.number().int(),
});

/** For the bell: how many wait for somebody, and the newest of them. */
export const summariseAlerts = defineRoute({
  id: 'alerts.summarise',
  method: 'GET',
  path: '/api/v1/alerts/summary',
  access: 'system:read',
  output: z.object({
    /** Neither acknowledged nor snoozed. */
    open: perSeverity,
    acknowledged: z.number().int(),
    snoozed: z.number().int(),
    newest: z.array(alertSchema).readonly(),
  }),
});

/** How quickly alerts were taken on and over, measured from their own history. */
export const measureAlerts = defineRoute({
  id: 'alerts.measure',
  method: 'GET',
  path: '/api/v1/alerts/statistics',
  access: 'system:read',
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(1100).default(30) }),
  output: z.object({
    from: z.string(),
    until: z.string(),
    bySeverity: z
      .array(
        z.object({
          severity: severitySchema,
          raised: z.number().int(),
          /** Taken on, or over by themselves, within the time for their severity. */
          withinTarget: z.number().int(),
          targetMinutes: z.number().int(),
          /** Until somebody took it on; null when nobody did. */
          medianMinutesToAcknowledge: z.number().nullable(),
          medianMinutesToResolve: z.number().nullable(),
          p95MinutesToResolve: z.number().nullable(),
        }),
      )
      .readonly(),
    byType: z.array(z.object({ type: alertTypeSchema, raised: z.number().int() })).readonly(),
  }),
});

const idParams = z.strictObject({ id: z.string().min(1).max(100) });

/** One alert with what happened to it, and what is known about such things. */
export const readAlert = defineRoute({
  id: 'alerts.read',
  method: 'GET',
  path: '/api/v1/alerts/:id',
  access: 'system:read',
  params: idParams,
  output: z.object({
    alert: alertSchema,
    /** Oldest first. */
    history: z.array(historySchema).readonly(),
    /** Entries of the knowledge base that fit; none for callers who may not read it. */
    runbooks: z
      .array(z.object({ id: z.string(), title: z.string(), type: z.string(), snippet: z.string() }))
      .readonly(),
  }),
  errors: ['alerts.not-found'],
});

export const alertActions = ['acknowledge', 'reopen', 'snooze', 'resolve', 'note'] as const;

/** One thing done to one or many alerts. What does not fit the state of one is told about that one; the others change. */
export const actOnAlerts = defineRoute({
  id: 'alerts.act',
  method: 'POST',
  path: '/api/v1/alerts/actions',
  access: 'system:operate',
  body: z
    .strictObject({
      ids: z.array(z.string().min(1).max(100)).min(1).max(500).readonly(),
      action: z.enum(alertActions),
      /** Stays with the alert. */
      note: z.string().trim().min(1).max(2000).optional(),
      /** `snooze` only: how long. */
      minutes: z.number().int().min(1).max(43_200).optional(),
    })
    .refine(({ action, minutes }) => (action === 'snooze') === (minutes !== undefined), {
      path: ['minutes'],
      message: 'snooze takes minutes, nothing else does',
    })
    .refine(({ action, note }) => action !== 'note' || note !== undefined, {
      path: ['note'],
      message: 'a note takes a text',
    }),
  output: z.object({
    items: z.array(alertSchema).readonly(),
    /** In the caller's language. */
    refused: z.array(z.object({ id: z.string(), code: z.string(), text: z.string() })).readonly(),
  }),
});
export type AlertAction = (typeof alertActions)[number];
