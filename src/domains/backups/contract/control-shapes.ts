/** What auditors hold Kura's records against: ISO/IEC 27001:2022 and, for building projects, ISO 19650. Safe for browsers. */
import { z } from 'zod';

import { defineRoute } from '#platform/contract';

import { jobKeySchema } from './job-shapes.ts';

/** Controls of ISO/IEC 27001:2022, Annex A, to which Kura's records say something. */
export const controls = [
  'A.5.9',
  'A.5.15',
  'A.5.24',
  'A.5.26',
  'A.5.28',
  'A.5.30',
  'A.5.31',
  'A.5.33',
  'A.7.10',
  'A.7.14',
  'A.8.13',
  'A.8.14',
  'A.8.15',
  'A.8.16',
  'A.8.24',
  'A.8.32',
] as const;
const controlSchema = z.enum(controls);
export type ControlId = z.output<typeof controlSchema>;

/** What an auditor says; Kura itself only shows figures. */
export const controlMarks = ['accepted', 'finding', 'not-applicable'] as const;
const markSchema = z.object({
  control: controlSchema,
  mark: z.enum(controlMarks),
  note: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type ControlMark = z.output<typeof markSchema>;

/** The last mark of each control. */
export const listControlMarks = defineRoute({
  id: 'backups.list-control-marks',
  method: 'GET',
  path: '/api/v1/backups/controls',
  access: 'audit:read',
  output: z.object({ items: z.array(z.object({ control: controlSchema, mark: markSchema.nullable() })) }),
});

/** Earlier marks stay. */
export const markControl = defineRoute({
  id: 'backups.mark-control',
  method: 'POST',
  path: '/api/v1/backups/controls/:control',
  access: 'audit:review',
  params: z.strictObject({ control: controlSchema }),
  body: z.strictObject({ mark: z.enum(controlMarks), note: z.string().trim().min(1).max(2000) }),
  output: markSchema,
});

export const containerStates = ['WIP', 'SHARED', 'PUBLISHED', 'ARCHIVED'] as const;
const field = z
  .string()
  .trim()
  .min(1)
  .max(20)
  .regex(/^[A-Za-z0-9]+$/, 'must be letters and digits');

/** ISO 19650 metadata of what a job protects; its code is made of the fields and cannot contradict them. */
export const containerBodySchema = z.strictObject({
  project: field,
  originator: field,
  volume: field,
  level: field,
  type: field,
  role: field,
  number: field,
  status: z.enum(containerStates),
  /** Suitability, such as S2 or A1. */
  suitability: field.optional(),
  revision: z
    .string()
    .trim()
    .regex(/^[PC]\d{2}(?:\.\d{2})?$/, 'must be such as P01, P01.02 or C01'),
  /** Of the project, 0 to 7. */
  stage: z.number().int().min(0).max(7),
  classification: z.string().trim().min(1).max(100).optional(),
});
export type ContainerBody = z.output<typeof containerBodySchema>;

const containerSchema = z.object({
  ...containerBodySchema.shape,
  job: jobKeySchema,
  /** `PROJECT-ORIGINATOR-VOLUME-LEVEL-TYPE-ROLE-NUMBER`. */
  code: z.string(),
  updatedAt: z.iso.datetime(),
});
export type ContainerView = z.output<typeof containerSchema>;

const jobParams = z.strictObject({ key: jobKeySchema });

export const listContainers = defineRoute({
  id: 'backups.list-containers',
  method: 'GET',
  path: '/api/v1/backups/containers',
  access: 'backups:read',
  output: z.object({ items: z.array(containerSchema) }),
});

export const putContainer = defineRoute({
  id: 'backups.put-container',
  method: 'PUT',
  path: '/api/v1/backups/jobs/:key/container',
  access: 'backups:run',
  params: jobParams,
  body: containerBodySchema,
  output: containerSchema,
  errors: ['backups.job-not-found', 'backups.container-exists'],
});

export const removeContainer = defineRoute({
  id: 'backups.remove-container',
  method: 'DELETE',
  path: '/api/v1/backups/jobs/:key/container',
  access: 'backups:run',
  params: jobParams,
  output: z.object({ job: jobKeySchema }),
  errors: ['backups.container-not-found'],
});
