/** Routes of what was told to whom, and of what somebody wants to hear. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { noticeEventSchema, rhythmShape, severitySchema } from './notice-shapes.ts';

/**
 * `waiting`: for the end of quiet hours, a digest or the next moment; `sending`: handed over, tried again while it fails;
 * `failed`: given up, and kept here until somebody sends it again.
 */
export const deliveryStates = ['waiting', 'sending', 'sent', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

const deliverySchema = z.object({
  id: z.string(),
  kind: z.string(),
  event: noticeEventSchema,
  severity: severitySchema,
  /** In the caller's language. */
  title: z.string(),
  /** Address of the page it is about. */
  path: z.string(),
  /** `mail:ADDRESS` or `channel:NAME`. */
  target: z.string(),
  /** The rule that chose the target. */
  rule: z.string(),
  state: z.enum(deliveryStates),
  dueAt: z.string(),
  /** What was told in one message has one of these. */
  batch: z.string().nullable(),
  attempts: z.number().int(),
  /** Code of the last failure, and what the other side said. */
  lastError: z.string().nullable(),
  lastReason: z.string().nullable(),
  ms: z.number().int().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
export type DeliveryView = z.output<typeof deliverySchema>;

/** Newest first. */
export const listDeliveries = defineRoute({
  id: 'notify.list-deliveries',
  method: 'GET',
  path: '/api/v1/notify/deliveries',
  access: 'users:read',
  query: z.strictObject({
    state: z.enum(deliveryStates).optional(),
    target: z.string().min(1).max(300).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().max(100).optional(),
  }),
  output: z.object({ items: z.array(deliverySchema).readonly(), nextCursor: z.string().optional() }),
});

/** Tries again what was given up. */
export const retryDelivery = defineRoute({
  id: 'notify.retry-delivery',
  method: 'POST',
  path: '/api/v1/notify/deliveries/:id/retry',
  access: 'system:operate',
  params: z.strictObject({ id: z.string().min(1).max(100) }),
  output: z.object({ id: z.string() }),
  errors: ['notify.delivery-not-found', 'notify.delivery-not-failed'],
});

export const preferencesSchema = z.strictObject({
  /** Whether notices come by mail at all. */
  mail: z.boolean().default(true),
  /** Kinds that are not wanted. */
  muted: z.array(z.string().min(1).max(100)).max(100).readonly().default([]),
  ...rhythmShape,
});
export type Preferences = z.output<typeof preferencesSchema>;

const ownPreferencesSchema = preferencesSchema.extend({
  /** Where mails go; null: nowhere. */
  address: z.string().nullable(),
});

/** Of the caller. */
export const readPreferences = defineRoute({
  id: 'notify.read-preferences',
  method: 'GET',
  path: '/api/v1/notify/preferences',
  access: 'account:self',
  output: ownPreferencesSchema,
  errors: ['notify.no-account'],
});

export const savePreferences = defineRoute({
  id: 'notify.save-preferences',
  method: 'PUT',
  path: '/api/v1/notify/preferences',
  access: 'account:self',
  body: preferencesSchema,
  output: ownPreferencesSchema,
  errors: ['notify.no-account'],
});
