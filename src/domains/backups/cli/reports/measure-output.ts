/** How much a tool says that it backed up, where its output can be read by programs. */

import { z } from 'zod';
import { withoutUndefined } from '#kernel/without-undefined';

export interface Measured {
  readonly bytes?: number;
  readonly newBytes?: number;
  readonly files?: number;
}

const resticSchema = z.object({
  message_type: z.literal('summary'),
  total_bytes_processed: z.number().optional(),
  data_added: z.number().optional(),
  total_files_processed: z.number().optional(),
});

const borgSchema = z.object({
  archive: z.object({
    stats: z.object({
      original_size: z.number().optional(),
      deduplicated_size: z.number().optional(),
      nfiles: z.number().optional(),
    }),
  }),
});

/** Reads `restic --json` and `borg create --json`; of anything else nothing is known. */
export function measureOutput(text: string): Measured {
  return lastLineMeasured(text) ?? borgMeasured(text) ?? {};
}

function lastLineMeasured(text: string): Measured | undefined {
  for (const line of text.trimEnd().split('\n').toReversed()) {
    if (!line.startsWith('{')) continue;
    const { data } = resticSchema.safeParse(parsed(line));
    if (data !== undefined) {
      return defined({
        bytes: data.total_bytes_processed,
        newBytes: data.data_added,
        files: data.total_files_processed,
      });
    }
  }
  return undefined;
}

function borgMeasured(text: string): Measured | undefined {
  const start = text.search(/^\{/m);
  const { data } = borgSchema.safeParse(start < 0 ? undefined : parsed(text.slice(start)));
  if (data === undefined) return undefined;
  const { original_size: bytes, deduplicated_size: newBytes, nfiles: files } = data.archive.stats;
  return defined({ bytes, newBytes, files });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function defined(found: Readonly<Record<keyof Measured, number | undefined>>): Measured {
  return withoutUndefined(found);
}
