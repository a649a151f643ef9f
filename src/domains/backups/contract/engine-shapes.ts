/** Copies that programs of others make: their settings, and what can be asked of them. Safe for browsers. */
import { z } from 'zod';

import { copyNameSchema, jobKeySchema } from './job-shapes.ts';

const count = z.number().int().nonnegative();
const instant = z.iso.datetime();

/** Programs that Kura runs by itself. */
export const toolNames = ['restic', 'borg', 'rclone'] as const;
export const toolNameSchema = z.enum(toolNames);

/** Variables that a tool may get from Kura's own environment: logins of storage services, nothing that runs a program. */
export const handedOnPattern =
  /^(?:(?:AWS|B2|AZURE|GOOGLE|OS|ST|WASABI|HCLOUD|SWIFT)_[A-Z0-9_]+|RESTIC_REST_(?:USERNAME|PASSWORD)|RCLONE_CONFIG(?:_PASS|_DIR)?|SSH_AUTH_SOCK|BORG_REMOTE_PATH)$/;

const number = z.number().int().min(1).max(1000).optional();
export const keepSchema = z
  .strictObject({ last: number, daily: number, weekly: number, monthly: number, yearly: number })
  .refine((keep) => Object.values(keep).some((one) => one !== undefined), { message: 'must keep something' });

export const toolSettingsSchema = z.strictObject({
  /** Names of variables of Kura's environment that the tool gets. */
  environment: z.array(z.string().regex(handedOnPattern)).max(20).default([]),
  /** What is left out, in the tool's own language of patterns. */
  exclude: z.array(z.string().min(1).max(500)).max(100).default([]),
  /** KiB per second. */
  uploadKib: z.number().int().min(1).max(10_000_000).optional(),
  downloadKib: z.number().int().min(1).max(10_000_000).optional(),
  /** What is kept after each good run; without it nothing is ever forgotten. */
  keep: keepSchema.optional(),
  /** One verification reads one part of so many; after so many, everything was read. */
  verifyParts: z.number().int().min(1).max(100).default(1),
  /** The copy is made from this copy of the same job and tool, not from the source. */
  replicaOf: copyNameSchema.optional(),
});

export const toolStateSchema = z.object({
  tool: toolNameSchema,
  /** Null when it is not installed. */
  version: z.string().nullable(),
  oldestVersion: z.string(),
  state: z.enum(['ok', 'too-old', 'absent']),
});

export const toolSnapshotSchema = z.object({
  id: z.string(),
  at: instant,
  paths: z.array(z.string()),
  tags: z.array(z.string()),
});

/** What the tool says of the copy right now. */
export const copyToolSchema = z.object({
  tool: toolNameSchema,
  version: z.string(),
  repository: z.string(),
  repositoryId: z.string(),
  encrypted: z.boolean(),
  storedBytes: count,
  snapshots: z.array(toolSnapshotSchema),
  snapshotCount: count,
  /** By when the copy has to be read back again; null before the first time. */
  nextVerification: instant.nullable(),
  /** Which part the next verification reads. */
  nextPart: z.object({ part: count, of: count }),
  settings: toolSettingsSchema,
});

export const forgottenSchema = z.object({
  job: jobKeySchema,
  copy: copyNameSchema,
  dryRun: z.boolean(),
  kept: z.array(z.string()),
  forgotten: z.array(z.string()),
});

export const runLogSchema = z.object({
  runId: z.string(),
  tool: z.string(),
  version: z.string().nullable(),
  /** The end of what the tool said, without secrets. */
  log: z.string(),
});

export type ToolName = (typeof toolNames)[number];
export type ToolSettings = z.output<typeof toolSettingsSchema>;
export type ToolState = z.output<typeof toolStateSchema>;
export type CopyTool = z.output<typeof copyToolSchema>;
export type Forgotten = z.output<typeof forgottenSchema>;
export type RunLog = z.output<typeof runLogSchema>;
