/** What is wrong at the moment, as far as the caller may see it. */
import { z } from 'zod';

import * as alerts from '#platform/alerts/contract';
import { severitySchema } from '#platform/notify/contract';

import { defineTool } from '../tool.ts';

const listAlerts = defineTool({
  name: 'list_alerts',
  permission: 'system:read',
  input: z.strictObject({
    state: z.enum(['active', 'resolved', 'all']).default('active'),
    severity: severitySchema.optional(),
    /** Name or id of what it is about. */
    subject: z.string().min(1).max(200).optional(),
    limit: z.number().int().min(1).max(50).default(20),
  }),
  output: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        severity: severitySchema,
        state: z.enum(alerts.alertStates),
        title: z.string(),
        advice: z.string(),
        detail: z.string().nullable(),
        subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
        count: z.number().int(),
        firstAt: z.string(),
        lastAt: z.string(),
        acknowledgedBy: z.string().nullable(),
        url: z.string().nullable(),
      }),
    ),
  }),
  run: async (query, { assistant, signal }) => {
    const { items } = await assistant.call(alerts.listAlerts, { query }, signal);
    return {
      items: items.map(
        ({ id, type, severity, state, title, advice, detail, subject, count, firstAt, lastAt, ...rest }) => {
          const facts = { id, type, severity, state, title, advice, detail, subject, count, firstAt, lastAt };
          const url = rest.page === null ? null : assistant.pageUrl(rest.page);
          return { ...facts, acknowledgedBy: rest.acknowledged?.by ?? null, url };
        },
      ),
    };
  },
});

export const alertTools = [listAlerts];
