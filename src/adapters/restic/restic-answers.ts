/** What restic answers, read tolerantly: versions from 0.14 to 0.19 leave out, add and rename fields. */
import { z } from 'zod';
import { parsedJson } from '#kernel/parsed-json';

const count = z.number().nonnegative().default(0);

/** Fields whose value is zero are left out. */
const lineSchema = z.discriminatedUnion('message_type', [
  z.looseObject({
    message_type: z.literal('status'),
    files_done: count,
    bytes_done: count,
    current_files: z.array(z.string()).default([]),
  }),
  z.looseObject({
    message_type: z.literal('summary'),
    files_new: count,
    files_changed: count,
    files_unmodified: count,
    data_added: count,
    /** After compression; since 0.16. */
    data_added_packed: z.number().optional(),
    total_files_processed: count,
    total_bytes_processed: count,
    /** Eight digits in 0.14, all 64 later; absent when nothing was stored. */
    snapshot_id: z.string().optional(),
  }),
]);

export type ResticStatus = Extract<z.output<typeof lineSchema>, { message_type: 'status' }>;
export type ResticSummary = Extract<z.output<typeof lineSchema>, { message_type: 'summary' }>;

/** Undefined for what is no line of status or summary: other versions say other things, too. */
export function readLine(line: string): ResticStatus | ResticSummary | undefined {
  return lineSchema.safeParse(parsedJson(line)).data;
}

const errorSchema = z.looseObject({
  message_type: z.literal('error'),
  /** Before 0.17 a system error without a sentence: `{"Op":"open","Path":"flush","Err":13}`. */
  error: z
    .looseObject({ message: z.string().optional(), Op: z.string().optional(), Err: z.number().optional() })
    .default({}),
  item: z.string().default(''),
});

/** What a line of standard error says about one file, or undefined. */
export function readComplaint(line: string): string | undefined {
  const told = errorSchema.safeParse(parsedJson(line)).data;
  if (told !== undefined) {
    const { message, Op: operation, Err: number } = told.error;
    return `${told.item}: ${message ?? `${operation ?? 'error'} ${number ?? ''}`.trim()}`;
  }
  // Plain text although JSON was asked for, and exit code 0 before 0.19 (restic/restic#4467).
  return /does not exist, skipping|^error: /i.test(line) ? line : undefined;
}

export const snapshotsSchema = z.array(
  z.looseObject({
    id: z.string(),
    short_id: z.string().optional(),
    time: z.string(),
    paths: z.array(z.string()).nullish(),
    tags: z.array(z.string()).nullish(),
  }),
);

export const entrySchema = z.looseObject({
  struct_type: z.string().optional(),
  message_type: z.string().optional(),
  type: z.string().optional(),
  path: z.string().optional(),
  size: count,
});

const shortSnapshot = z.looseObject({ id: z.string() });
/** Before 0.17 those in `keep` and `remove` have their ids; `remove` is null when there are none. */
export const forgetSchema = z.array(
  z.looseObject({ keep: z.array(shortSnapshot).nullish(), remove: z.array(shortSnapshot).nullish() }),
);
export const configSchema = z.looseObject({ id: z.string() });
export const statsSchema = z.looseObject({ total_size: count, snapshots_count: count });
export const lockSchema = z.looseObject({ hostname: z.string(), pid: z.number().int().positive() });
export const versionSchema = z.looseObject({ version: z.string() });
