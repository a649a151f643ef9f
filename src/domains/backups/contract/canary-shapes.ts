/** Canary files: known content in a protected folder, which nobody has a reason to touch. Safe for browsers. */
import { z } from 'zod';

import { jobKeySchema } from './job-shapes.ts';

export const canaryStates = ['intact', 'changed', 'missing', 'unreadable'] as const;

export const plantCanarySchema = z.strictObject({
  /** Below the job's folder, with slashes; must not exist yet. A name that looks worth encrypting is a good one. */
  path: z.string().trim().min(1).max(1000),
});

export const canarySchema = z.object({
  id: z.uuid(),
  job: jobKeySchema,
  path: z.string(),
  sha256: z.string(),
  state: z.enum(canaryStates),
  plantedAt: z.iso.datetime(),
  checkedAt: z.iso.datetime(),
  /** When it was first found otherwise. */
  changedAt: z.iso.datetime().nullable(),
});

export type CanaryState = (typeof canaryStates)[number];
export type CanaryView = z.output<typeof canarySchema>;
