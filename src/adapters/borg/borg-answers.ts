/** What borg answers, read tolerantly: 1.2, 1.4 and 2.0 leave out, add and rename fields. */
import { z } from 'zod';
import { parsedJson } from '#kernel/parsed-json';

const count = z.number().nonnegative().default(0);

const logSchema = z.looseObject({
  type: z.literal('log_message'),
  message: z.string().default(''),
  levelname: z.string().default(''),
  msgid: z.string().optional(),
});
const progressSchema = z.looseObject({
  type: z.literal('archive_progress'),
  nfiles: count,
  original_size: count,
  deduplicated_size: count,
  path: z.string().default(''),
});
/** `E` in the list of files: it could not be read. */
const statusSchema = z.looseObject({ type: z.literal('file_status'), status: z.string(), path: z.string() });

export interface BorgLine {
  readonly kind: 'log' | 'progress' | 'file' | 'other';
  readonly level: string;
  readonly id: string;
  readonly message: string;
  readonly progress?: z.output<typeof progressSchema>;
  readonly file?: z.output<typeof statusSchema>;
}

/** A line of standard error; what is no JSON (argument errors, tracebacks) is an error in plain text. */
export function readLine(text: string): BorgLine {
  const json = parsedJson(text);
  const none = { level: '', id: '', message: '' };
  if (json === undefined) return { kind: 'log', level: 'ERROR', id: '', message: text };
  const log = logSchema.safeParse(json).data;
  if (log !== undefined) {
    return { kind: 'log', level: log.levelname, id: log.msgid ?? '', message: log.message };
  }
  const progress = progressSchema.safeParse(json).data;
  if (progress !== undefined) return { ...none, kind: 'progress', progress };
  const file = statusSchema.safeParse(json).data;
  return file === undefined ? { ...none, kind: 'other' } : { ...none, kind: 'file', file };
}

export const createdSchema = z.looseObject({
  archive: z.looseObject({
    name: z.string(),
    stats: z.looseObject({ nfiles: count, original_size: count, deduplicated_size: count }),
  }),
});

export const repositorySchema = z.looseObject({
  repository: z.looseObject({ id: z.string() }),
  encryption: z.looseObject({ mode: z.string() }).optional(),
  /** 2.0 drops some of these. */
  cache: z
    .looseObject({ stats: z.looseObject({ unique_csize: z.number().optional(), unique_size: z.number().optional() }) })
    .optional(),
});

export const archivesSchema = z.looseObject({
  archives: z.array(z.looseObject({ name: z.string(), start: z.string().optional(), time: z.string().optional() })),
});

export const entrySchema = z.looseObject({
  type: z.string(),
  path: z.string(),
  size: count,
  sha256: z.string().default(''),
});

/** `Keeping archive (rule: daily #1): NAME  Sun, …`, `Pruning archive (1/2): NAME …`, `Would prune: NAME …`. */
export function readPruned(message: string): { readonly kept: boolean; readonly archive: string } | undefined {
  const [, verb, archive] =
    /^(Keeping|Pruning|Would prune)[^:(]*(?:\([^)]*\))?:\s+(\S+)/.exec(
      message.replace(/\(rule: [^)]*\)|\(\d+\/\d+\)/, ''),
    ) ?? [];
  return archive === undefined ? undefined : { kept: verb === 'Keeping', archive };
}
