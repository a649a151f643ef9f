/** Adopting and organizing as jobs: what they are told, and what they say of each file. */
import { z } from 'zod';

import { defineJob } from '#platform/jobs';

import { layoutSchema, verdictSchema, workOutcomes } from '../../contract/index.ts';
import { actorSchema } from '../actor.ts';

export const adoptJob = defineJob({
  name: 'models.adopt-files',
  payload: z.object({
    path: z.string(),
    offline: z.boolean(),
    acceptRisk: z.boolean(),
    dryRun: z.boolean(),
    actor: actorSchema,
  }),
  maxAttempts: 3,
});

export const organizeJob = defineJob({
  name: 'models.organize-library',
  /** `undo`: the run whose moves are taken back. One that is tried again must not take back the run before as well. */
  payload: z.object({ layout: layoutSchema.optional(), undo: z.string().optional(), actor: actorSchema }),
  maxAttempts: 3,
});

export const libraryWorkJobs = [adoptJob, organizeJob];

const workItemSchema = z.object({
  outcome: z.enum(workOutcomes),
  path: z.string(),
  to: z.string().nullable(),
  model: z.string().nullable(),
  type: z.string().nullable(),
  verdict: verdictSchema.nullable(),
  isPublished: z.boolean(),
  /** Message code and parameters. */
  fault: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
});
export type WorkItem = z.output<typeof workItemSchema>;

export const workProgressSchema = z.object({
  figures: z.partialRecord(z.enum(workOutcomes), z.number().int()),
  items: z.array(workItemSchema),
});
export type WorkProgress = z.output<typeof workProgressSchema>;
