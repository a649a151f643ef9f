/** Sweeps: a matrix of searches, collected cell by cell. Safe for browsers. */
import { z } from 'zod';

import { collectionStatusSchema, collectQuerySchema } from './collecting-shapes.ts';
import { reasonSchema } from './download-shapes.ts';
import { searchConditionShape } from './search-query.ts';
import { categorySchema, periodSchema, sortSchema } from './vocabulary.ts';

const names = z.array(z.string().trim().min(1).max(200)).max(200).default([]);
export const sweepNameSchema = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,79}$/u, 'must begin with a letter or digit, 80 characters at most');

/** Every combination of one value from each list is a cell; an empty list leaves its condition out. */
export const sweepPlanSchema = z.strictObject({
  /** Version of this file format. */
  kuraSweep: z.literal(1).default(1),
  name: sweepNameSchema,
  bases: names,
  types: names,
  tags: names,
  categories: z.array(categorySchema).max(15).default([]),
  sorts: z.array(sortSchema).max(11).default([]),
  periods: z.array(periodSchema).max(5).default([]),
  creators: names,
  /** At most so many models per cell. */
  limitPerCell: z.coerce.number().int().min(1).max(1_000_000).optional(),
  /** What must hold in every cell. */
  nsfw: searchConditionShape.nsfw,
  license: searchConditionShape.license,
  since: searchConditionShape.since,
  minDownloads: searchConditionShape.minDownloads,
});
export type SweepPlan = z.output<typeof sweepPlanSchema>;

export const sweepStatuses = ['planned', 'queued', 'running', 'paused', 'completed', 'partial'] as const;
export const sweepStatusSchema = z.enum(sweepStatuses);
export type SweepStatus = (typeof sweepStatuses)[number];

export const cellStatusSchema = z.enum(['waiting', ...collectionStatusSchema.options]);

export const sweepCellSchema = z.object({
  place: z.number().int(),
  label: z.string(),
  query: collectQuerySchema,
  status: cellStatusSchema,
  pages: z.number().int(),
  /** Models the site sent. */
  fetched: z.number().int(),
  /** Of these again what it had sent before within the cell. */
  repeated: z.number().int(),
  /** Models and versions that passed every condition. */
  models: z.number().int(),
  versions: z.number().int(),
  /** Versions no earlier cell of the sweep has. */
  firstSeen: z.number().int(),
  /** Versions an earlier cell has, too. */
  duplicates: z.number().int(),
  reason: reasonSchema.nullable(),
});
export type SweepCell = z.output<typeof sweepCellSchema>;

export const sweepSchema = z.object({
  id: z.string(),
  name: z.string(),
  status: sweepStatusSchema,
  plan: sweepPlanSchema,
  cells: z.number().int(),
  cellsDone: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type SweepView = z.output<typeof sweepSchema>;

export const sweepOverlapSchema = z.object({
  /** Places of two cells. */
  a: z.number().int(),
  b: z.number().int(),
  /** Versions both have. */
  versions: z.number().int(),
});

export const sweepReportSchema = z.object({
  sweep: sweepSchema,
  cells: z.array(sweepCellSchema).readonly(),
  /** The largest ones first, 500 at most; pairs without any are left out. */
  overlaps: z.array(sweepOverlapSchema).readonly(),
  /** Different models and versions of all cells together. */
  models: z.number().int(),
  versions: z.number().int(),
});
export type SweepReport = z.output<typeof sweepReportSchema>;
