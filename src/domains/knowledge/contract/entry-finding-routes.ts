/** What an entry lacks or should not hold (K-011), as it stands now, and what people said of it. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { personalKinds, secretKinds } from './advice-routes.ts';
import { entryIdSchema, idParams, noteSchema } from './entry-shapes.ts';

/** `open`: nobody has said anything. `acknowledged`: somebody will see to it. `dismissed`: it is meant that way. */
export const findingStates = ['open', 'acknowledged', 'dismissed'] as const;
export const findingStateSchema = z.enum(findingStates);
export type FindingState = z.output<typeof findingStateSchema>;

const findingKinds = ['missing-section', 'empty-section', 'no-rollback', ...secretKinds, ...personalKinds] as const;
export type FindingKind = (typeof findingKinds)[number];

export const findingSeverities = ['info', 'warning', 'error'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

const entryFindingSchema = z.object({
  /** The same as long as the text gives the same cause. */
  id: z.string(),
  kind: z.enum(findingKinds),
  severity: z.enum(findingSeverities),
  /** Of the section. */
  heading: z.string().nullable(),
  /** What belongs into the section. */
  hint: z.string().nullable(),
  /** Where it stands. */
  line: z.number().int().nullable(),
  state: findingStateSchema,
  note: z.string().nullable(),
  markedAt: z.string().nullable(),
  markedBy: z.string().nullable(),
});
export type EntryFinding = z.output<typeof entryFindingSchema>;

const output = z.object({ items: z.array(entryFindingSchema).readonly() });

/** Found in the text as it is now, the worst first; what was mended is gone by itself. */
export const listEntryFindings = defineRoute({
  id: 'knowledge.list-findings',
  method: 'GET',
  path: '/api/v1/knowledge/entries/:id/findings',
  access: 'knowledge:write',
  params: idParams,
  output,
  errors: ['knowledge.entry-not-found'],
});

/** Says what shall become of a finding; it holds until the text gives another cause. Answers all of them. */
export const markEntryFinding = defineRoute({
  id: 'knowledge.mark-finding',
  method: 'PUT',
  path: '/api/v1/knowledge/entries/:id/findings/:finding',
  access: 'knowledge:write',
  params: z.strictObject({ id: entryIdSchema, finding: z.string().min(1).max(300) }),
  body: z.strictObject({ state: findingStateSchema, note: noteSchema.optional() }),
  output,
  errors: ['knowledge.entry-not-found', 'knowledge.finding-not-there'],
});
