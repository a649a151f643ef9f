/** Policies: what the rule asks of jobs of a class of data (B-063, B-064). Safe for browsers. */
import { z } from 'zod';

import { dataClassSchema, mediaKindSchema, policyKeySchema } from './job-shapes.ts';

const instant = z.iso.datetime();
const digit = z.number().int().min(0).max(9);
const days = z.number().int().min(1).max(3650);

export const encryptionDemands = ['none', 'advised', 'required'] as const;

/** Kinds of media of one family are lost to the same fault, so they count once: `disk`, `flash`. */
const mediaFamilySchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** The policy with this key is that of all jobs for which no other is meant. */
export const housePolicyKey = 'house';

export const policyRulesSchema = z.strictObject({
  minCopies: digit.default(3),
  minMediaFamilies: digit.default(2),
  minOffsite: digit.default(1),
  minOffline: digit.default(1),
  maxErrors: digit.default(0),
  /** Copies that are recommended beyond what is required. */
  advisedOffsite: digit.default(0),
  advisedOffline: digit.default(0),
  /** `required`: a copy in the clear does not count. */
  encryption: z.enum(encryptionDemands).default('none'),
  /** Families of kinds of media, where they are others than the product's: disks of all kinds one, clouds another. */
  mediaFamilies: z.partialRecord(mediaKindSchema, mediaFamilySchema).default({}),
  /** Whether the original is one of the copies of the first digit. */
  productionCounts: z.boolean().default(false),
  /** Whether a run that ended with a warning leaves a copy one may rely on. */
  warningQualifies: z.boolean().default(true),
  /** Whether an object lock is as good as being offline while it lasts. */
  immutableCountsAsOffline: z.boolean().default(true),
  /** A connected copy is fresh for this many expected intervals. */
  freshnessFactor: z.number().min(1).max(10).default(1.5),
  /** Days a rotation may be late. */
  rotationGraceDays: z.number().min(0).max(365).default(7),
  /** Days within which every copy must be verified; a job may ask for less. Null: as the job says. */
  verifyEveryDays: days.nullable().default(null),
  /** Days for which backups must be kept; null for no demand. */
  retentionDays: days.nullable().default(null),
  /** Of the backups that are due, how many must come, in percent. Null: by how critical the job is. */
  keptPercent: z.number().min(1).max(100).nullable().default(null),
  /** Hours that a good backup may be old. Null: half more than the longest pause of the job's own rhythm. */
  maxAgeHours: z.number().min(1).max(87_600).nullable().default(null),
  /** Minutes that nineteen of twenty runs may take; null for no demand. */
  maxRunMinutes: z.number().min(1).max(100_000).nullable().default(null),
});

export const policySchema = z.object({
  key: policyKeySchema,
  title: z.string(),
  /** Jobs of this class that name no policy follow this one. */
  dataClass: dataClassSchema.nullable(),
  rules: policyRulesSchema,
  createdAt: instant,
  updatedAt: instant,
});

export const policyBodySchema = z.strictObject({
  title: z.string().trim().min(1).max(100),
  dataClass: dataClassSchema.nullable().default(null),
  rules: policyRulesSchema,
});

export type PolicyRules = z.output<typeof policyRulesSchema>;
export type PolicyView = z.output<typeof policySchema>;
export type PolicyBody = z.output<typeof policyBodySchema>;
