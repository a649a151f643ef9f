/** Routes of the mails Kura sends. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

export {
  type ChannelInput,
  type ChannelKind,
  type ChannelView,
  channelInputSchema,
  channelKinds,
  listChannels,
  removeChannel,
  renewChannelSecret,
  saveChannel,
  testChannel,
} from './channel-routes.ts';
export {
  type DeliveryState,
  type DeliveryView,
  deliveryStates,
  listDeliveries,
  type Preferences,
  preferencesSchema,
  readPreferences,
  retryDelivery,
  savePreferences,
} from './delivery-routes.ts';
export {
  type Digest,
  deepestLevel,
  type Hours,
  type NoticeEvent,
  noticeEvents,
  type Rhythm,
  type Severity,
  severities,
  severitySchema,
} from './notice-shapes.ts';
export {
  type GroupView,
  listGroups,
  listRules,
  type NamedRule,
  type RoutingRule,
  removeGroup,
  removeRule,
  routingRuleSchema,
  saveGroup,
  saveRule,
} from './routing-routes.ts';

const mailStates = ['queued', 'sent', 'failed', 'expired'] as const;

/** `failed`: refused for good, or tried too often; `expired`: it would have been of no use any more. */
export type MailState = (typeof mailStates)[number];

const mailSchema = z.object({
  id: z.string(),
  kind: z.string(),
  recipient: z.string(),
  language: z.string(),
  state: z.enum(mailStates),
  attempts: z.number().int(),
  /** Code of the last failure, and what the mail server said. */
  lastError: z.string().nullable(),
  lastReason: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
export type MailView = z.output<typeof mailSchema>;

/** Newest first; never what they say. */
export const listMails = defineRoute({
  id: 'mail.list',
  method: 'GET',
  path: '/api/v1/mails',
  access: 'users:read',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
  output: z.object({ items: z.array(mailSchema).readonly() }),
});

/** Hands a test mail to the mail server at once, past the outbox, and says what came of it. */
export const sendTestMail = defineRoute({
  id: 'mail.send-test',
  method: 'POST',
  path: '/api/v1/mails/test',
  access: 'system:configure',
  limit: 'reports',
  body: z.strictObject({ to: z.email().max(100) }),
  output: z.object({ to: z.string() }),
  errors: ['notify.mail-off', 'notify.address-invalid'],
});
