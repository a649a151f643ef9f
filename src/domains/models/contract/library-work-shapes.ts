/** Work on the library by jobs: what is planned, what became of each file, the log of moves. Safe for browsers. */
import { z } from 'zod';

import { layoutSchema, verdictSchema } from './vocabulary.ts';

export const startedWorkSchema = z.object({ jobId: z.string() });

export const movePlanSchema = z.object({
  layout: layoutSchema,
  /** The first of them. */
  moves: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  /** How many there are in all. */
  count: z.number().int(),
  /** Files that stand where they belong. */
  settled: z.number().int(),
  /** Files outside of the library's folder. */
  outside: z.number().int(),
  /** Missing or damaged. */
  broken: z.number().int(),
});
export type MovePlanView = z.output<typeof movePlanSchema>;

/** `begun`, `returning`: cut off; the next run finishes it or takes it back. */
export const libraryMoveSchema = z.object({
  id: z.string(),
  runId: z.string(),
  from: z.string(),
  to: z.string(),
  status: z.enum(['begun', 'done', 'returning', 'undone']),
  movedAt: z.string(),
});
export type LibraryMoveView = z.output<typeof libraryMoveSchema>;

export const workOutcomes = ['adopted', 'already', 'refused', 'moved', 'failed'] as const;

export const libraryWorkSchema = z.object({
  status: z.enum(['queued', 'running', 'done', 'dead', 'cancelled']),
  /** Files by outcome. */
  figures: z.record(z.enum(workOutcomes), z.number().int()),
  /** The first of them; what failed or was kept out is said here. */
  items: z
    .array(
      z.object({
        outcome: z.enum(workOutcomes),
        path: z.string(),
        /** Where it was moved to. */
        to: z.string().nullable(),
        /** What the file is. */
        model: z.string().nullable(),
        type: z.string().nullable(),
        verdict: verdictSchema.nullable(),
        isPublished: z.boolean(),
        /** Why not, in the caller's language. */
        reason: z.string().nullable(),
      }),
    )
    .readonly(),
  /** Why the job as a whole could not be done, in the caller's language. */
  reason: z.string().nullable(),
});
export type LibraryWorkView = z.output<typeof libraryWorkSchema>;
export type LibraryWorkItem = LibraryWorkView['items'][number];
