/** Routes that tell how the server is, and let it be adjusted. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

const stateSchema = z.enum(['ok', 'degraded', 'failed']);

const probeSchema = z.object({ name: z.string(), state: stateSchema, detail: z.string(), ms: z.number() });

export const liveness = defineRoute({
  id: 'system.liveness',
  method: 'GET',
  path: '/healthz',
  access: { public: 'a supervisor asks without credentials; the answer says only that the process answers' },
  limit: 'none',
  output: z.object({ state: z.literal('ok') }),
});

export const readiness = defineRoute({
  id: 'system.readiness',
  method: 'GET',
  path: '/readyz',
  access: { public: 'a load balancer asks without credentials; the answer is a single word' },
  limit: 'none',
  output: z.object({ state: stateSchema }),
  errors: ['operations.not-ready'],
});

export const health = defineRoute({
  id: 'system.health',
  method: 'GET',
  path: '/health',
  access: { public: 'the summary is public, the details are given to those who may read the system' },
  limit: 'none',
  output: z.object({
    state: stateSchema,
    version: z.string(),
    uptimeSeconds: z.number(),
    probes: z.array(probeSchema).optional(),
  }),
});

export const metrics = defineRoute({
  id: 'system.metrics',
  method: 'GET',
  path: '/metrics',
  access: { public: 'Prometheus scrapes without credentials; values are counts and times without names' },
  limit: 'none',
  output: z.string(),
});

export const openApi = defineRoute({
  id: 'system.openapi',
  method: 'GET',
  path: '/api/openapi.json',
  access: { public: 'the shape of the API is no secret' },
  output: z.unknown(),
});

export const apiReference = defineRoute({
  id: 'system.api-reference',
  method: 'GET',
  path: '/api/docs',
  access: { public: 'the shape of the API is no secret' },
  output: z.string(),
});

const settingSchema = z.object({
  key: z.string(),
  value: z.unknown(),
  origin: z.enum(['command line', 'environment', 'settings', 'file', 'default']),
  source: z.string(),
  description: z.string(),
  /** Whether it can be changed now: a runtime setting that neither flag nor variable fixes. */
  changeable: z.boolean(),
});

export const listSettings = defineRoute({
  id: 'settings.list',
  method: 'GET',
  path: '/api/v1/settings',
  access: 'system:read',
  output: z.object({ items: z.array(settingSchema) }),
});

export const changeSetting = defineRoute({
  id: 'settings.change',
  method: 'PUT',
  path: '/api/v1/settings/:key',
  access: 'system:configure',
  params: z.strictObject({ key: z.string() }),
  body: z.strictObject({ value: z.unknown() }),
  output: settingSchema,
  errors: ['config.not-changeable', 'config.value-invalid', 'config.pinned'],
});

export const resetSetting = defineRoute({
  id: 'settings.reset',
  method: 'DELETE',
  path: '/api/v1/settings/:key',
  access: 'system:configure',
  params: z.strictObject({ key: z.string() }),
  output: settingSchema,
  errors: ['config.not-changeable', 'config.pinned', 'config.key-unknown'],
});

/** What was set while Kura ran, to be kept or taken along; neither secrets nor what files and variables say. */
export const settingsFileSchema = z.strictObject({
  kura: z.literal('settings'),
  version: z.literal(1),
  values: z.record(z.string().min(1).max(100), z.unknown()),
});

export const exportSettings = defineRoute({
  id: 'settings.export',
  method: 'GET',
  path: '/api/v1/settings/export',
  access: 'system:configure',
  output: settingsFileSchema,
});

export const importSettings = defineRoute({
  id: 'settings.import',
  method: 'POST',
  path: '/api/v1/settings/import',
  access: 'system:configure',
  body: z.strictObject({
    settings: settingsFileSchema,
    /** Says what would happen, and changes nothing. */
    dryRun: z.boolean().default(true),
  }),
  output: z.object({
    /** False for a dry run, and when a value was refused: all are taken or none. */
    applied: z.boolean(),
    rows: z.array(
      z.object({
        key: z.string(),
        outcome: z.enum(['changed', 'unchanged', 'refused']),
        before: z.unknown(),
        after: z.unknown(),
        /** In the caller's language; null when it can be taken. */
        problem: z.string().nullable(),
      }),
    ),
    /** The values that were replaced, as a file that brings them back. */
    undo: settingsFileSchema,
  }),
});

export type SettingsFile = z.output<typeof settingsFileSchema>;
export type ImportedSettings = z.output<typeof importSettings.output>;
export type Setting = z.output<typeof settingSchema>;
export type HealthSummary = z.output<typeof health.output>;
