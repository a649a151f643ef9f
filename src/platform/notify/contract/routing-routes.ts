/** Routes of the rules that say who hears of what, and of groups. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  deepestLevel,
  hoursSchema,
  nameSchema,
  noticeEventSchema,
  severitySchema,
  targetSchema,
} from './notice-shapes.ts';

const named = z.strictObject({ name: nameSchema });
const word = z.string().min(1).max(200);
const words = z.array(word).max(50).readonly();

/** All conditions must fit; an empty list is no condition. */
export const routingRuleSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Kinds of alerts, such as `backup-failed`. */
  kinds: words.default([]),
  minSeverity: severitySchema.default('warning'),
  events: z.array(noticeEventSchema).min(1).max(3).readonly().default(['raised', 'escalated', 'resolved']),
  /** Names or ids of what it is about, such as the key of a job. */
  subjects: words.default([]),
  tags: words.default([]),
  sites: words.default([]),
  /** 0: as soon as something happens; 1 and above: when nobody took it on by that step of the escalation. */
  level: z.number().int().min(0).max(deepestLevel).default(0),
  /** Only then. */
  hours: hoursSchema.nullable().default(null),
  targets: z.array(targetSchema).min(1).max(50).readonly(),
});
export type RoutingRule = z.output<typeof routingRuleSchema>;

const listedRuleSchema = routingRuleSchema.extend({ name: z.string() });
export type NamedRule = z.output<typeof listedRuleSchema>;

export const listRules = defineRoute({
  id: 'notify.list-rules',
  method: 'GET',
  path: '/api/v1/notify/routes',
  // Its targets name people and their addresses.
  access: 'users:read',
  output: z.object({ items: z.array(listedRuleSchema).readonly() }),
});

export const saveRule = defineRoute({
  id: 'notify.save-rule',
  method: 'PUT',
  path: '/api/v1/notify/routes/:name',
  access: 'system:configure',
  params: named,
  body: routingRuleSchema,
  output: listedRuleSchema,
  errors: ['notify.target-unknown'],
});

export const removeRule = defineRoute({
  id: 'notify.remove-rule',
  method: 'DELETE',
  path: '/api/v1/notify/routes/:name',
  access: 'system:configure',
  params: named,
  output: z.object({ name: z.string() }),
  errors: ['notify.rule-not-found'],
});

const groupSchema = z.object({ name: z.string(), members: z.array(z.string()).readonly() });
export type GroupView = z.output<typeof groupSchema>;

export const listGroups = defineRoute({
  id: 'notify.list-groups',
  method: 'GET',
  path: '/api/v1/notify/groups',
  access: 'users:read',
  output: z.object({ items: z.array(groupSchema).readonly() }),
});

export const saveGroup = defineRoute({
  id: 'notify.save-group',
  method: 'PUT',
  path: '/api/v1/notify/groups/:name',
  access: 'system:configure',
  params: named,
  body: z.strictObject({
    members: z
      .array(targetSchema.refine((target) => !target.startsWith('group:'), 'a group holds no groups'))
      .min(1)
      .max(200)
      .readonly(),
  }),
  output: groupSchema,
  errors: ['notify.target-unknown'],
});

export const removeGroup = defineRoute({
  id: 'notify.remove-group',
  method: 'DELETE',
  path: '/api/v1/notify/groups/:name',
  access: 'system:configure',
  params: named,
  output: z.object({ name: z.string() }),
  errors: ['notify.group-not-found', 'notify.name-in-use'],
});
