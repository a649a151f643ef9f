/** Plans: which test of a job is due when. Safe for browsers. */
import { z } from 'zod';

import { contentChecksSchema, drillKindSchema } from './drill-shapes.ts';
import { jobKeySchema } from './job-shapes.ts';

/** By the calendar: a monthly test of the 31st is due on the last day of shorter months. */
export const testFrequencies = ['weekly', 'monthly', 'quarterly', 'semi-annual', 'annual'] as const;
export const testFrequencySchema = z.enum(testFrequencies);
export const planStandings = ['fine', 'due-soon', 'due', 'overdue', 'inactive'] as const;

const seconds = z.number().int().min(1).max(31_536_000);
const assignee = z.string().trim().min(1).max(200);

export const saveTestPlanSchema = z.strictObject({
  frequency: testFrequencySchema,
  /** The first day it is due; the day of the week or month stays. Default: today. */
  startsOn: z.iso.date().optional(),
  /** Kura runs it when it is due; otherwise somebody does and records it. */
  automatic: z.boolean().default(true),
  assignee: assignee.nullable().default(null),
  files: z.number().int().min(1).max(10_000).default(20),
  checks: contentChecksSchema.prefault({}),
  rtoSeconds: seconds.nullable().default(null),
  rpoSeconds: seconds.nullable().default(null),
});

export const testPlanSchema = z.object({
  id: z.uuid(),
  job: jobKeySchema,
  kind: drillKindSchema,
  frequency: testFrequencySchema,
  startsOn: z.iso.date(),
  dueOn: z.iso.date(),
  automatic: z.boolean(),
  assignee: z.string().nullable(),
  files: z.number(),
  checks: contentChecksSchema,
  rtoSeconds: z.number().nullable(),
  rpoSeconds: z.number().nullable(),
  active: z.boolean(),
  passedAt: z.iso.datetime().nullable(),
  standing: z.enum(planStandings),
  /** Negative: days left; positive: days late. */
  daysLate: z.number().int(),
});

/** One day on which a test is due. */
export const plannedTestSchema = z.object({
  on: z.iso.date(),
  planId: z.uuid(),
  job: jobKeySchema,
  kind: drillKindSchema,
  assignee: z.string().nullable(),
  automatic: z.boolean(),
  standing: z.enum(planStandings),
});

export type TestFrequency = (typeof testFrequencies)[number];
export type PlanStanding = (typeof planStandings)[number];
export type SaveTestPlan = z.output<typeof saveTestPlanSchema>;
export type TestPlanView = z.output<typeof testPlanSchema>;
export type PlannedTest = z.output<typeof plannedTestSchema>;
