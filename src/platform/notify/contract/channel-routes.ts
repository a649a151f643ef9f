/** Routes of the channels that notices leave by. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { nameSchema, rhythmShape } from './notice-shapes.ts';

export const channelKinds = ['slack', 'teams', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

const named = z.strictObject({ name: nameSchema });
const settingsShape = {
  enabled: z.boolean().default(true),
  language: z.enum(['ja', 'en']),
  ...rhythmShape,
};

/** Never its address or its secret: they are as good as a password. */
const channelSchema = z.object({
  name: z.string(),
  kind: z.enum(channelKinds),
  /** Host of its address. */
  host: z.string(),
  ...settingsShape,
  health: z.object({
    lastSentAt: z.string().nullable(),
    lastFailedAt: z.string().nullable(),
    lastReason: z.string().nullable(),
    /** Failures since it last worked. */
    failures: z.number().int(),
  }),
  /** Until then the secret before signs, too. */
  previousSecretUntil: z.string().nullable(),
});
export type ChannelView = z.output<typeof channelSchema>;

export const listChannels = defineRoute({
  id: 'notify.list-channels',
  method: 'GET',
  path: '/api/v1/notify/channels',
  access: 'system:read',
  output: z.object({ items: z.array(channelSchema).readonly() }),
});

export const channelInputSchema = z.strictObject({
  kind: z.enum(channelKinds),
  /** Left out on a change, it stays. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  ...settingsShape,
});
export type ChannelInput = z.output<typeof channelInputSchema>;

/** Makes or changes a channel. A webhook that is new answers with the secret it signs with, this once. */
export const saveChannel = defineRoute({
  id: 'notify.save-channel',
  method: 'PUT',
  path: '/api/v1/notify/channels/:name',
  access: 'system:configure',
  params: named,
  body: channelInputSchema,
  output: z.object({ channel: channelSchema, secret: z.string().nullable() }),
  errors: ['notify.channel-address-missing', 'notify.channel-address-foreign', 'notify.channel-kind-fixed'],
});

export const removeChannel = defineRoute({
  id: 'notify.remove-channel',
  method: 'DELETE',
  path: '/api/v1/notify/channels/:name',
  access: 'system:configure',
  params: named,
  output: z.object({ name: z.string() }),
  errors: ['notify.channel-not-found', 'notify.name-in-use'],
});

/** Sends a message at once, past the outbox, and says what the other side answered. */
export const testChannel = defineRoute({
  id: 'notify.test-channel',
  method: 'POST',
  path: '/api/v1/notify/channels/:name/test',
  access: 'system:configure',
  limit: 'reports',
  params: named,
  output: z.object({ name: z.string(), status: z.number().int(), answer: z.string(), ms: z.number().int() }),
  errors: ['notify.channel-not-found'],
});

/** A new secret signs from now on, the one before beside it for as long as the receiver needs to change over. */
export const renewChannelSecret = defineRoute({
  id: 'notify.renew-channel-secret',
  method: 'POST',
  path: '/api/v1/notify/channels/:name/secret',
  access: 'system:configure',
  params: named,
  body: z.strictObject({ overlapHours: z.number().int().min(0).max(720).default(24) }).optional(),
  output: z.object({ secret: z.string(), previousUntil: z.string() }),
  errors: ['notify.channel-not-found', 'notify.channel-unsigned'],
});
