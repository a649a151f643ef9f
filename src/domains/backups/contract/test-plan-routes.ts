/** Routes of test plans. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { drillKindSchema } from './drill-shapes.ts';
import { jobKeySchema } from './job-shapes.ts';
import { plannedTestSchema, saveTestPlanSchema, testPlanSchema } from './test-plan-shapes.ts';

const place = z.strictObject({ key: jobKeySchema, kind: drillKindSchema });

/** One plan per job and kind: the same again changes it. */
export const saveTestPlan = defineRoute({
  id: 'backups.save-test-plan',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/test-plans/:kind',
  access: 'backups:run',
  /** A command runs a program of the caller's choice. */
  also: ['system:configure'],
  params: place,
  body: saveTestPlanSchema,
  output: testPlanSchema,
  errors: ['backups.job-not-found'],
});

/** A whole restore and a full reading, as often as the job's criticality wants; what is planned already stays. */
export const planRecommendedTests = defineRoute({
  id: 'backups.plan-recommended-tests',
  method: 'POST',
  path: '/api/v1/backups/jobs/:key/test-plans/recommended',
  access: 'backups:run',
  params: z.strictObject({ key: jobKeySchema }),
  output: z.object({ items: z.array(testPlanSchema) }),
  errors: ['backups.job-not-found'],
});

/** It is switched off, not deleted: what it caused stays explained. */
export const endTestPlan = defineRoute({
  id: 'backups.end-test-plan',
  method: 'DELETE',
  path: '/api/v1/backups/jobs/:key/test-plans/:kind',
  access: 'system:configure',
  params: place,
  output: z.undefined(),
  status: 204,
  errors: ['backups.job-not-found', 'backups.test-plan-not-found'],
});

export const listTestPlans = defineRoute({
  id: 'backups.list-test-plans',
  method: 'GET',
  path: '/api/v1/backups/test-plans',
  access: 'backups:read',
  query: z.strictObject({ job: jobKeySchema.optional() }),
  /** The most urgent first. */
  output: z.object({ items: z.array(testPlanSchema) }),
});

export const listPlannedTests = defineRoute({
  id: 'backups.list-planned-tests',
  method: 'GET',
  path: '/api/v1/backups/test-plans/calendar',
  access: 'backups:read',
  query: z.strictObject({ from: z.iso.date(), until: z.iso.date() }),
  output: z.object({ items: z.array(plannedTestSchema) }),
  errors: ['backups.calendar-too-long'],
});
