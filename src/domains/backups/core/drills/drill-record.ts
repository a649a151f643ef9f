/** One test of one copy, as it is remembered. */
import { z } from 'zod';

import type { DrillView } from '../../contract/index.ts';

const reason = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** What a test found out; kept as JSON, because nothing is searched by it. */
export const drillFactsSchema = z.object({
  target: z.string().nullable().default(null),
  seconds: z.number().nullable().default(null),
  snapshot: z.string().nullable().default(null),
  snapshotAt: z.string().nullable().default(null),
  filesTotal: z.number().default(0),
  filesOk: z.number().default(0),
  filesFailed: z.number().default(0),
  bytes: z.number().default(0),
  rtoSeconds: z.number().nullable().default(null),
  rpoSeconds: z.number().nullable().default(null),
  rtoTargetSeconds: z.number().nullable().default(null),
  rpoTargetSeconds: z.number().nullable().default(null),
  seed: z.string().nullable().default(null),
  findings: z.array(reason).default([]),
  checks: z.array(z.object({ check: z.string(), passed: z.boolean(), detail: z.string() })).default([]),
  checklist: z.array(z.object({ text: z.string(), done: z.boolean() })).default([]),
  issues: z.string().nullable().default(null),
  notes: z.string().nullable().default(null),
  verificationId: z.string().nullable().default(null),
  error: reason.nullable().default(null),
});

export type DrillFacts = z.output<typeof drillFactsSchema>;
export type Finding = DrillFacts['findings'][number];

export interface Drill
  extends Pick<
    DrillView,
    'id' | 'job' | 'copy' | 'kind' | 'mode' | 'result' | 'planId' | 'tester' | 'startedAt' | 'endedAt' | 'progress'
  > {
  readonly position: number;
  readonly copyId: string | null;
  readonly runner: string;
  readonly facts: DrillFacts;
}

export const noFacts: DrillFacts = drillFactsSchema.parse({});

/** Null when there is nothing to hold the measurements against. */
export function objectivesMet(facts: DrillFacts): boolean | null {
  const { rtoSeconds, rtoTargetSeconds, rpoSeconds, rpoTargetSeconds } = facts;
  const met = [
    ...(rtoSeconds === null || rtoTargetSeconds === null ? [] : [rtoSeconds <= rtoTargetSeconds]),
    ...(rpoSeconds === null || rpoTargetSeconds === null ? [] : [rpoSeconds <= rpoTargetSeconds]),
  ];
  return met.length === 0 ? null : met.every(Boolean);
}
