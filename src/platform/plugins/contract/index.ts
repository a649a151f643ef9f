/** Routes of plugins (P-090). Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

export const pluginKinds = ['security-scanner'] as const;
export type PluginKind = (typeof pluginKinds)[number];

/** What a plugin is told; without any it knows size and format of a file. */
export const pluginPermissions = [
  /** The file's name, without its folder. */
  'name',
  /** Its first and last bytes. */
  'ends',
  /** What Kura's own scan found, and its verdict. */
  'findings',
] as const;
export type PluginPermission = (typeof pluginPermissions)[number];

/**
 * `on`: asked about each file. `off`: nobody has allowed it. `changed`: other bytes than those that were allowed.
 * `tripped`: it failed too often in a row. `broken`: it cannot be read. `missing`: allowed, but not there any more.
 */
export const pluginStates = ['on', 'off', 'changed', 'tripped', 'broken', 'missing'] as const;
export type PluginState = (typeof pluginStates)[number];

const pluginSchema = z.object({
  /** Name of its folder. */
  id: z.string(),
  /** In the reader's language; null where it cannot be read. */
  name: z.string().nullable(),
  version: z.string().nullable(),
  kind: z.enum(pluginKinds).nullable(),
  permissions: z.array(z.object({ permission: z.enum(pluginPermissions), text: z.string() })).readonly(),
  /** Formats it is asked about; null: all. */
  formats: z.array(z.string()).readonly().nullable(),
  state: z.enum(pluginStates),
  /** What that means, and what to do. */
  stateText: z.string(),
  /** SHA-256 over manifest and program: what is allowed when somebody allows it. Null where it cannot be read. */
  digest: z.string().nullable(),
  /** Failed runs in a row. */
  failures: z.number().int(),
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable(),
});
export type PluginView = z.output<typeof pluginSchema>;

export const listPlugins = defineRoute({
  id: 'plugins.list',
  method: 'GET',
  path: '/api/v1/plugins',
  access: 'system:read',
  output: z.object({
    /** Where they lie. */
    folder: z.string(),
    items: z.array(pluginSchema).readonly(),
  }),
});

const params = z.strictObject({ id: z.string().min(1).max(64) });

/** Allows exactly these bytes: another digest than that of what lies there is refused. */
export const enablePlugin = defineRoute({
  id: 'plugins.enable',
  method: 'POST',
  path: '/api/v1/plugins/:id/enable',
  access: 'system:configure',
  params,
  body: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  output: pluginSchema,
  errors: ['plugins.not-found', 'plugins.unreadable', 'plugins.other-bytes'],
});

export const disablePlugin = defineRoute({
  id: 'plugins.disable',
  method: 'POST',
  path: '/api/v1/plugins/:id/disable',
  access: 'system:configure',
  params,
  output: pluginSchema,
  errors: ['plugins.not-found'],
});
