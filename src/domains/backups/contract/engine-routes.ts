/** Routes of copies that programs of others make. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import {
  copyToolSchema,
  forgottenSchema,
  keepSchema,
  runLogSchema,
  toolNameSchema,
  toolStateSchema,
} from './engine-shapes.ts';
import { copyNameSchema, jobKeySchema } from './job-shapes.ts';

const copyParams = z.strictObject({ key: jobKeySchema, copy: copyNameSchema });
const path = z.string().min(1).max(4096);
const copyErrors = [
  'backups.job-not-found',
  'backups.copy-not-found',
  'backups.copy-no-tool',
  'backups.engine-missing',
  'backups.engine-failed',
  'backups.engine-repository-missing',
  'backups.engine-repository-locked',
  'backups.engine-passphrase-wrong',
] as const;

export const listTools = defineRoute({
  id: 'backups.list-tools',
  method: 'GET',
  path: '/api/v1/backups/tools',
  access: 'backups:read',
  output: z.object({ items: z.array(toolStateSchema) }),
});

/** Makes an empty repository for copies; names places of the server, so it takes the right to configure it. */
export const initToolRepository = defineRoute({
  id: 'backups.init-tool-repository',
  method: 'POST',
  path: '/api/v1/backups/tools/:tool/repositories',
  access: 'system:configure',
  params: z.strictObject({ tool: toolNameSchema }),
  body: z.strictObject({
    repository: path,
    passphraseFile: path.optional(),
    environment: z.array(z.string()).max(20).default([]),
  }),
  output: z.object({ tool: toolNameSchema, repository: z.string(), repositoryId: z.string(), encrypted: z.boolean() }),
  status: 201,
  errors: [
    'backups.path-not-absolute',
    'backups.engine-address',
    'backups.engine-missing',
    'backups.engine-failed',
    'backups.engine-passphrase-wrong',
    'backups.passphrase-file-unreadable',
    'vault.passphrase-missing',
  ],
});

/** Starts the tool, so it takes the right to run backups. */
export const readCopyTool = defineRoute({
  id: 'backups.read-copy-tool',
  method: 'GET',
  path: '/api/v1/backups/jobs/:key/copies/:copy/tool',
  access: 'backups:run',
  params: copyParams,
  output: copyToolSchema,
  errors: copyErrors,
});

export const forgetToolSnapshots = defineRoute({
  id: 'backups.forget-tool-snapshots',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/copies/:copy/tool/forget',
  access: 'system:configure',
  params: copyParams,
  body: z.strictObject({
    keep: keepSchema,
    /** Says what would go, and changes nothing. */
    dryRun: z.boolean().default(true),
  }),
  output: forgottenSchema,
  errors: [...copyErrors, 'backups.engine-keep-last-only', 'backups.engine-held'],
});

export const readRunLog = defineRoute({
  id: 'backups.read-run-log',
  method: 'GET',
  path: '/api/v1/backups/runs/:id/log',
  access: 'backups:read',
  params: z.strictObject({ id: z.uuid() }),
  output: runLogSchema,
  errors: ['backups.run-log-none'],
});
