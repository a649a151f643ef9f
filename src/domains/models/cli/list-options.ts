/** In which form a list of models is written, as options of a command. */
import { extname } from 'node:path';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';

import { findColumn, type ListColumn, listColumns } from '../core/outputs/list-columns.ts';
import { createListWriter, type ListFormat, type ListWriter, listFormats } from '../core/outputs/list-format.ts';
import { commaList } from './comma-list.ts';

export const listOptions = [
  { flags: '--format <format>' },
  { flags: '--output <file>' },
  { flags: '--columns <columns...>' },
  { flags: '--bom' },
] as const;

export const listInputShape = {
  format: z.enum(['table', ...listFormats]).optional(),
  output: z.string().min(1).optional(),
  columns: commaList,
  bom: z.boolean().default(false),
};
type ListInput = z.output<z.ZodObject<typeof listInputShape>>;

const formatOfExtension: Readonly<Record<string, ListFormat>> = {
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.csv': 'csv',
  '.aria2': 'aria2',
};

/**
 * The writer for a file or for standard output; undefined = a table for people. A file without `--format` is written as
 * its extension says, else as ids.
 * @throws KuraError invalid `models.unknown-column`
 */
export function listWriterFor({ format, output, columns, bom }: ListInput): ListWriter | undefined {
  const byName = output === undefined ? undefined : (formatOfExtension[extname(output).toLowerCase()] ?? 'ids');
  const chosen = format ?? byName ?? 'table';
  if (chosen === 'table') return undefined;
  return createListWriter(chosen, { bom, ...(columns === undefined ? {} : { columns: columns.map(readColumn) }) });
}

function readColumn(name: string): ListColumn {
  const column = findColumn(name);
  if (column !== undefined) return column;
  throw new KuraError('invalid', 'models.unknown-column', { params: { name, columns: listColumns.join(', ') } });
}
