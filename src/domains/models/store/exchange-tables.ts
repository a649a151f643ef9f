/**
 * What a bundle of history holds, row by row (models.md M-183): columns as the database has them, JSON in them spelled
 * out. Jobs stay behind: they belong to the machine that queued them.
 */
import { z } from 'zod';

import { storableText } from '#platform/contract';

import {
  admissionSchema,
  collectQuerySchema,
  downloadModeSchema,
  downloadParts,
  downloadStatusSchema,
  keptDecisionSchema,
  layoutSchema,
  libraryStateSchema,
  publishedHashesSchema,
  runKindSchema,
  stageSchema,
  verdictSchema,
} from '../contract/index.ts';

const text = storableText;
const id = text.min(1).max(200);
const at = z.iso.datetime({ precision: 3 });
const whole = z.number().int();
const bytes = whole.min(0);
const flag = z.union([z.literal(0), z.literal(1)]);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const parts = text.refine((value) => value.split(',').every((part) => downloadParts.some((one) => one === part)));

const downloads = z.strictObject({
  id,
  ref: text,
  model_id: whole.nullable(),
  version_id: whole,
  file_id: whole,
  model_name: text,
  name: text,
  type: text,
  status: downloadStatusSchema,
  path: text.nullable(),
  size_bytes: bytes.nullable(),
  sha256: text.nullable(),
  verdict: verdictSchema.nullable(),
  reason_code: text.nullable(),
  reason_params: params.nullable(),
  layout: layoutSchema,
  connections: whole.nullable(),
  accept_risk: flag,
  risk_reason: text.nullable(),
  seconds: z.number().min(0).nullable(),
  network_bytes: bytes.nullable(),
  tool_version: text.nullable(),
  bytes_per_second: bytes.nullable(),
  parts: parts.nullable(),
  force: flag,
  /** Not in bundles of before it was kept. */
  mode: downloadModeSchema.nullable().default(null),
  decisions: z.array(keptDecisionSchema).nullable().default(null),
  mirror: text.nullable().default(null),
  created_at: at,
  updated_at: at,
});

const libraryFiles = z.strictObject({
  id,
  path: text,
  name: text,
  model_name: text,
  type: text,
  base_model: text.nullable(),
  model_id: whole.nullable(),
  version_id: whole.nullable(),
  file_id: whole.nullable(),
  size_bytes: bytes,
  sha256: digest,
  hashes: publishedHashesSchema,
  trained_words: z.array(text),
  sidecars: z.array(text),
  state: libraryStateSchema,
  verdict: verdictSchema,
  admitted: admissionSchema.nullable(),
  placed_at: at,
  verified_at: at.nullable(),
});

const searchRuns = z.strictObject({
  id,
  kind: runKindSchema,
  query: collectQuerySchema,
  found: bytes,
  stages: z.array(stageSchema),
  stopped: text,
  reason_code: text.nullable(),
  reason_params: params.nullable(),
  result_hash: text,
  started_at: at,
  ms: bytes,
});

/** A row as a line of a bundle has it. */
export type ExchangeRow = Readonly<Record<string, unknown>>;

export interface ExchangeTable {
  readonly schema: z.ZodObject;
  /** Columns that hold JSON as text in the database. */
  readonly json: readonly string[];
  /** Columns that must differ together, besides the id. */
  readonly key: readonly string[];
}

/** In the order in which they are written and read. */
export const exchangeTables = {
  downloads: { schema: downloads, json: ['reason_params', 'decisions'], key: ['version_id', 'file_id'] },
  library_files: { schema: libraryFiles, json: ['hashes', 'trained_words', 'sidecars', 'admitted'], key: ['path'] },
  search_runs: { schema: searchRuns, json: ['query', 'stages', 'reason_params'], key: ['id'] },
} as const satisfies Readonly<Record<string, ExchangeTable>>;

export type ExchangeTableName = keyof typeof exchangeTables;
export const exchangeTableNames = ['downloads', 'library_files', 'search_runs'] as const;

/** Raised when lines of an older bundle can no longer be read as they are. */
export const SCHEMA_VERSION = 1;
const FORMAT = 'kura-history';

const tableFacts = z.strictObject({ rows: bytes, sha256: digest });
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  schemaVersion: whole,
  exportedAt: at,
  toolVersion: z.string().nullable(),
  tables: z.strictObject({ downloads: tableFacts, library_files: tableFacts, search_runs: tableFacts }),
});
export type Manifest = z.output<typeof manifestSchema>;
export const bundleFormat: typeof FORMAT = FORMAT;

export interface Bundle {
  readonly manifest: unknown;
  /** Lines of JSON without their ends. */
  readonly lines: Readonly<Record<ExchangeTableName, readonly string[]>>;
}
