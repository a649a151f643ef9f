/** References out of every list Kura writes: JSON answer, JSON Lines, CSV, ids, addresses and aria2 input. */
import { z } from 'zod';

import { readCsv } from './csv.ts';

const itemSchema = z.object({ modelId: z.number().int(), versionId: z.number().int() });
const answerSchema = z.object({ items: z.array(itemSchema) });

/**
 * References in their order. Lines that are none of the formats stand for themselves: one reference per line, blank lines
 * and what follows ` #` or stands behind a leading `#` are comments.
 */
export function referencesIn(text: string): readonly string[] {
  const content = text.replace(/^\uFEFF/, '');
  return jsonReferences(content) ?? csvReferences(content) ?? lineReferences(content);
}

function jsonReferences(content: string): readonly string[] | undefined {
  if (!/^\s*[[{]/.test(content)) return undefined;
  const whole = parseJson(content);
  const parsed =
    whole === undefined
      ? content
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(parseJson)
      : whole;
  const items = z.union([
    answerSchema.transform(({ items: inner }) => inner),
    z.array(itemSchema),
    itemSchema.transform((item) => [item]),
  ]);
  const read = items.safeParse(parsed);
  return read.success ? read.data.map(refOf) : undefined;
}

/** Columns that say which file is meant, the most exact first. */
const referenceColumns: readonly (readonly [column: string, refOf: (value: string) => string])[] = [
  ['Download_URL', (url) => url],
  ['Version_ID', (id) => `@${id}`],
  ['Model_URL', (url) => url],
  ['ID', (id) => id],
  ['SHA256', (digest) => `sha256:${digest}`],
];

function csvReferences(content: string): readonly string[] | undefined {
  const [head, ...rows] = readCsv(content);
  const known = referenceColumns
    .map(([name, refFrom]) => ({ index: head?.indexOf(name) ?? -1, refFrom }))
    .filter(({ index }) => index !== -1);
  if (known.length === 0) return undefined;
  return rows.flatMap((row) => {
    const told = known.find(({ index }) => (row[index] ?? '') !== '');
    return told === undefined ? [] : [told.refFrom(row[told.index] ?? '')];
  });
}

/** In an aria2 input file a line that begins with a blank is an option of the address above it. */
function lineReferences(content: string): readonly string[] {
  return content
    .split(/\r?\n/)
    .filter((line) => !/^\s+[a-z][a-z-]*=/.test(line))
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refOf({ modelId, versionId }: z.output<typeof itemSchema>): string {
  return `${modelId}@${versionId}`;
}
