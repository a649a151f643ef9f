/** Getting files: what is asked for, each file's way to its place, live progress. Safe for browsers. */
import { z } from 'zod';

import { siteScanSchema } from './outside-scan-shapes.ts';
import { riskReasonSchema } from './risk-shapes.ts';
import { decisionSchema, downloadModeSchema } from './steering-shapes.ts';
import { layoutSchema, verdictSchema } from './vocabulary.ts';

/**
 * The way of one file. `placed`, `skipped` (it was there, size and hash agree), `quarantined`, `failed` and `cancelled`
 * are ends; a file that was damaged on disk goes the whole way again.
 */
export const downloadStatuses = [
  'planned',
  'downloading',
  'verifying',
  'scanning',
  'placed',
  'skipped',
  'quarantined',
  'failed',
  'cancelled',
] as const;
export const downloadStatusSchema = z.enum(downloadStatuses);
export type DownloadStatus = z.output<typeof downloadStatusSchema>;

export const connectionsSchema = z.coerce.number().int().min(1).max(16);

/** What a download brings: the file, what other programs read beside it, a preview picture. */
export const downloadParts = ['model', 'sidecars', 'images'] as const;
const downloadPartSchema = z.enum(downloadParts);
export type DownloadPart = z.output<typeof downloadPartSchema>;

/** Shared by requests and batches. Without `model`, only what stands beside files of the library is renewed. */
export const partChoiceShape = {
  only: z.array(downloadPartSchema).min(1).optional(),
  without: z.array(downloadPartSchema).optional(),
};

/** `refs`: model, version or download URLs, AIR/URN, `123`, `123@456`, `@456`, `sha256:…`. */
export const downloadRequestSchema = z.strictObject({
  refs: z.array(z.string().trim().min(1).max(2048)).min(1).max(1000),
  /** File id, name, type (`VAE`), format (`GGUF`), precision (`fp16`) or quantisation (`Q4_K_M`). */
  file: z.string().trim().min(1).max(255).optional(),
  layout: layoutSchema.optional(),
  ...partChoiceShape,
  /** Fetch anew what is there already; the old file is replaced only by a verified new one. */
  force: z.boolean().default(false),
  /** For each of the files, besides the limit of all downloads together. */
  bytesPerSecond: z.number().int().min(1).optional(),
  connections: connectionsSchema.optional(),
  /** How connections are used, if not as usual; kept with the download. */
  mode: downloadModeSchema.optional(),
  /** Place the file also where policy asks about it; where it blocks, a reason has to be given. */
  acceptRisk: z.boolean().default(false),
  /** With `acceptRisk`: also where policy blocks (permission models:override); kept with the file. */
  riskReason: riskReasonSchema.optional(),
  /** Yes to models that are said to show real people; kept per model, with the name of who said it. */
  acceptLikeness: z.boolean().default(false),
});
export type DownloadRequest = z.output<typeof downloadRequestSchema>;

/** Why something did not go as wished: message code, and the sentence in the caller's language. */
export const reasonSchema = z.object({ code: z.string(), message: z.string() });
export type ReasonView = z.output<typeof reasonSchema>;

export const plannedFileSchema = z.object({
  ref: z.string(),
  /** `get`: will be fetched; `skip`: is there, size and hash agree; `failed`: cannot be planned. */
  action: z.enum(['get', 'skip', 'failed']),
  modelId: z.number().int().nullable(),
  versionId: z.number().int().nullable(),
  fileId: z.number().int().nullable(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  /** Where it will stand. */
  path: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  /** Other files of the same version, best first. */
  alternatives: z
    .array(z.object({ fileId: z.number().int(), name: z.string(), type: z.string(), sizeBytes: z.number().nullable() }))
    .readonly(),
  /** What the site's own scans say; null where no file is known. */
  siteScan: siteScanSchema.nullable(),
  /** Why CivitAI will not be asked for it: the plan stands on what was known before, and only mirrors are asked. */
  siteFault: reasonSchema.optional(),
  reason: reasonSchema.optional(),
});
export type PlannedFileView = z.output<typeof plannedFileSchema>;

export const planAnswerSchema = z.object({
  items: z.array(plannedFileSchema).readonly(),
  /** Bytes still to fetch, as far as sizes are known. */
  totalBytes: z.number().int(),
  freeBytes: z.number().int(),
});

export const downloadSchema = z.object({
  id: z.string(),
  ref: z.string(),
  modelId: z.number().int().nullable(),
  versionId: z.number().int(),
  fileId: z.number().int(),
  modelName: z.string(),
  name: z.string(),
  type: z.string(),
  status: downloadStatusSchema,
  path: z.string().nullable(),
  sizeBytes: z.number().int().nullable(),
  sha256: z.string().nullable(),
  verdict: verdictSchema.nullable(),
  reason: reasonSchema.nullable(),
  /** Of the last successful run: its length, and all that came over the network, wasted bytes included. */
  seconds: z.number().nullable(),
  networkBytes: z.number().int().nullable(),
  /** Version of Kura that fetched it. */
  toolVersion: z.string().nullable(),
  /** The mirror that sent its bytes (host and port); null = CivitAI, or nothing was fetched yet. */
  mirror: z.string().nullable(),
  /** How connections are used; null = as usual. */
  mode: downloadModeSchema.nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type DownloadView = z.output<typeof downloadSchema>;

/** With what was decided last about its connections, latest first. */
export const downloadDetailSchema = downloadSchema.extend({ decisions: z.array(decisionSchema).readonly() });
export type DownloadDetailView = z.output<typeof downloadDetailSchema>;

export const startedDownloadsSchema = z.object({
  items: z.array(downloadSchema).readonly(),
  /** Refs that name nothing that could be fetched. */
  failed: z.array(z.object({ ref: z.string(), reason: reasonSchema })).readonly(),
});

/** What browsers hear on `downloadTopic` while a file is on its way (permission models:read). */
export const downloadTopic = 'models.download-progress';
export const downloadProgressSchema = z.object({
  id: z.string(),
  status: downloadStatusSchema,
  receivedBytes: z.number(),
  totalBytes: z.number().nullable(),
  bytesPerSecond: z.number(),
  etaSeconds: z.number().nullable(),
});
export type DownloadProgressView = z.output<typeof downloadProgressSchema>;
