/** What rclone answers, read tolerantly; the last line of a failed run is plain text although JSON was asked for. */
import { z } from 'zod';
import { parsedJson } from '#kernel/parsed-json';

const count = z.number().nonnegative().default(0);
const statsSchema = z.looseObject({ bytes: count, transfers: count });
const lineSchema = z.looseObject({
  level: z.string().default('error'),
  msg: z.string().default(''),
  object: z.string().optional(),
  stats: statsSchema.optional().catch(undefined),
});

export interface RcloneLine {
  readonly level: string;
  readonly message: string;
  /** The file it is about; undefined for what concerns the whole. */
  readonly object: string | undefined;
  readonly stats: z.output<typeof statsSchema> | undefined;
}

export function readLine(text: string): RcloneLine {
  const told = lineSchema.safeParse(parsedJson(text)).data;
  if (told === undefined) return { level: 'error', message: text, object: undefined, stats: undefined };
  const message = told.object === undefined ? told.msg : `${told.object}: ${told.msg}`;
  return { level: told.level, message: message.trim(), object: told.object, stats: told.stats };
}

const listedSchema = z.looseObject({
  Path: z.string(),
  Size: z.number(),
  ModTime: z.string().default(''),
  IsDir: z.boolean().default(false),
});

export interface ListedFile {
  readonly path: string;
  readonly size: number;
  readonly modified: string;
}

/** One line of `lsjson`, which writes one entry per line between brackets; folders are left out. */
export function readListed(line: string): ListedFile | undefined {
  const told = listedSchema.safeParse(parsedJson(line.replace(/,$/, ''))).data;
  if (told === undefined || told.IsDir) return undefined;
  return { path: told.Path, size: told.Size, modified: told.ModTime };
}

/** What tells a copy of ours from an empty disk or somebody else's folder. */
export const markerSchema = z.looseObject({
  format: z.literal('kura-rclone-copy'),
  id: z.string().min(1),
  current: z
    .looseObject({ snapshot: z.string(), at: z.string(), job: z.string(), files: count, bytes: count })
    .nullable(),
});
export type Marker = z.output<typeof markerSchema>;

export const sizeSchema = z.looseObject({ bytes: count, count });
