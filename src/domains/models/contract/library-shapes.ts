/** What stands in the library, its scans, and the quarantine. Safe for browsers. */
import { z } from 'zod';

import { modelFactsSchema } from './facts-shapes.ts';
import { externalScanSchema, virusScanSchema } from './outside-scan-shapes.ts';
import { admissionSchema, policyActionSchema } from './risk-shapes.ts';
import { publishedHashesSchema } from './search-shapes.ts';
import { verdictSchema } from './vocabulary.ts';

/** As found when last looked at. */
export const libraryStates = ['present', 'missing', 'damaged'] as const;
export const libraryStateSchema = z.enum(libraryStates);
export type LibraryState = z.output<typeof libraryStateSchema>;

export const libraryExportFormats = ['json', 'jsonl', 'csv', 'markdown', 'yaml', 'xml', 'html', 'sqlite'] as const;
export type LibraryExportFormat = (typeof libraryExportFormats)[number];

export const libraryFileSchema = z.object({
  id: z.string(),
  /** Absolute. */
  path: z.string(),
  name: z.string(),
  modelName: z.string(),
  type: z.string(),
  baseModel: z.string().nullable(),
  modelId: z.number().int().nullable(),
  versionId: z.number().int().nullable(),
  fileId: z.number().int().nullable(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  state: libraryStateSchema,
  verdict: verdictSchema,
  /** Who let it in although the scan did not call it clean; null where nobody had to. */
  admitted: admissionSchema.nullable(),
  placedAt: z.string(),
  verifiedAt: z.string().nullable(),
});
export type LibraryFileView = z.output<typeof libraryFileSchema>;

/** Verified copies elsewhere, as the backups know; null where nobody knows. */
export const protectionSchema = z
  .object({ copies: z.number().int(), verifiedCopies: z.number().int(), locations: z.array(z.string()).readonly() })
  .nullable();

export const libraryFileDetailSchema = libraryFileSchema.extend({
  hashes: publishedHashesSchema,
  trainedWords: z.array(z.string()).readonly(),
  sidecars: z.array(z.string()).readonly(),
  /** Who sent its bytes: `civitai`, or the host of a mirror; null = Kura did not fetch it. */
  sender: z.string().nullable(),
  protection: protectionSchema,
  virusScan: virusScanSchema,
  /** Of each external scanner that has seen the file. */
  externalScans: z.array(externalScanSchema),
  /** What it is by its content; null = it does not tell, or nobody has looked. */
  facts: modelFactsSchema.nullable(),
});
export type LibraryFileDetail = z.output<typeof libraryFileDetailSchema>;

/** What was seen of the site; the lists hold the largest, models counted in each. */
export const catalogueStatsSchema = z.object({
  models: z.number().int(),
  versions: z.number().int(),
  files: z.number().int(),
  images: z.number().int(),
  /** Of all files together, as far as their sizes are known. */
  bytes: z.number(),
  /** Models the site has no longer. */
  removed: z.number().int(),
  /** When the site was last seen; null while nothing was. */
  lastSeenAt: z.string().nullable(),
  byType: z.array(z.object({ value: z.string(), models: z.number().int() })).readonly(),
  byBaseModel: z.array(z.object({ value: z.string(), models: z.number().int() })).readonly(),
  byCategory: z.array(z.object({ value: z.string(), models: z.number().int() })).readonly(),
  byCreator: z.array(z.object({ value: z.string(), models: z.number().int() })).readonly(),
});
export type CatalogueStats = z.output<typeof catalogueStatsSchema>;

export const libraryStatsSchema = z.object({
  files: z.number().int(),
  bytes: z.number().int(),
  byState: z.array(z.object({ state: libraryStateSchema, files: z.number().int() })).readonly(),
  byType: z.array(z.object({ type: z.string(), files: z.number().int(), bytes: z.number().int() })).readonly(),
  byBaseModel: z
    .array(z.object({ baseModel: z.string(), files: z.number().int(), bytes: z.number().int() }))
    .readonly(),
  /** By what the files are by their content, most files first; what does not tell is in neither. */
  byContent: z.object({
    kinds: z.array(z.object({ kind: z.string(), files: z.number().int() })).readonly(),
    bases: z.array(z.object({ base: z.string(), name: z.string(), files: z.number().int() })).readonly(),
  }),
  quarantined: z.number().int(),
  catalogue: catalogueStatsSchema,
});
export type LibraryStats = z.output<typeof libraryStatsSchema>;

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['dangerous', 'invalid', 'suspicious']),
  message: z.string(),
  location: z.object({ member: z.string().optional(), offset: z.number().optional() }).optional(),
});
export type FindingView = z.output<typeof findingSchema>;

export const quarantineItemSchema = z.object({
  id: z.string(),
  /** Where it is kept now. */
  path: z.string(),
  /** Where it would stand. */
  originalPath: z.string(),
  /** `dangerous`, `hash-mismatch`, …; message code of the reason. */
  reason: z.string(),
  verdict: verdictSchema.nullable(),
  sizeBytes: z.number().int(),
  sha256: z.string().nullable(),
  /** Null when the file was not scanned. */
  format: z.string().nullable(),
  /** What policy says of it today: `block` takes the permission models:override and a reason to release. */
  action: policyActionSchema,
  findings: z.array(findingSchema).readonly(),
  createdAt: z.string(),
});
export type QuarantineItemView = z.output<typeof quarantineItemSchema>;
