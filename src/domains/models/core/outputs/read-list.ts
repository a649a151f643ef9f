/** References out of every list Kura writes, and those people keep: JSON, JSON Lines, CSV, ids, addresses, aria2 input. */
import { z } from 'zod';
import { readCsvRows } from '#kernel/csv';
import { KuraError, toKuraError } from '#kernel/errors';
import { MIB } from '#kernel/units';
import type { StoredReason } from '../../store/reason-column.ts';
import { reasonOfError } from '../collecting/reason-of-error.ts';

export interface ReadReferences {
  /** In their order. */
  readonly refs: readonly string[];
  /** By line from 1; within one JSON list by place in the list. */
  readonly badLines: ReadonlyArray<{ readonly line: number; readonly reason: StoredReason }>;
}

/** A place in a list and what it says; undefined when that is nothing Kura understands. */
interface Named {
  readonly line: number;
  readonly ref: string | undefined;
  readonly text: string;
}

const MOST_BYTES = 32 * MIB;

/**
 * Lines that are none of the formats stand for themselves: one reference per line, blank lines and what follows ` #` or
 * stands behind a leading `#` are comments.
 * @param check throws for what is no reference
 * @throws KuraError `models.bad-list` for what is no text, or too long.
 */
export function readList(text: string, check: (ref: string) => void): ReadReferences {
  if (text.includes('\0')) throw new KuraError('invalid', 'models.bad-list', { params: { reason: 'binary' } });
  if (Buffer.byteLength(text) > MOST_BYTES) {
    throw new KuraError('invalid', 'models.bad-list', { params: { reason: '> 32 MiB' } });
  }
  const refs: string[] = [];
  const badLines: { line: number; reason: StoredReason }[] = [];
  for (const named of namedIn(text)) {
    const reason = faultOf(named, check);
    if (reason !== undefined) badLines.push({ line: named.line, reason });
    else if (named.ref !== undefined) refs.push(named.ref);
  }
  return { refs, badLines };
}

/** Those of a list alone, whether or not they lead anywhere. */
export function referencesIn(text: string): readonly string[] {
  return namedIn(text).flatMap(({ ref }) => ref ?? []);
}

function namedIn(text: string): readonly Named[] {
  const content = text.replace(/^\uFEFF/, '');
  return jsonReferences(content) ?? csvReferences(content) ?? lineReferences(content);
}

const SHOWN_LETTERS = 80;

function faultOf({ ref, text }: Named, check: (ref: string) => void): StoredReason | undefined {
  if (ref === undefined) return { code: 'models.bad-line', params: { text: text.slice(0, SHOWN_LETTERS) } };
  try {
    check(ref);
    return undefined;
  } catch (error) {
    return reasonOfError(toKuraError(error));
  }
}

const id = z.coerce.number().int().min(1);
const words = z.string().trim().min(1);

/** What an item may call a file by, the most exact first. `id` alone is a model's, as in the site's own answers. */
const namings: readonly z.ZodType<string>[] = [
  words,
  id.transform(String),
  z.object({ modelId: id, versionId: id }).transform((item) => `${item.modelId}@${item.versionId}`),
  z.object({ versionId: id }).transform((item) => `@${item.versionId}`),
  z.object({ ref: words }).transform(({ ref }) => ref),
  z.object({ downloadUrl: words }).transform(({ downloadUrl }) => downloadUrl),
  z.object({ url: words }).transform(({ url }) => url),
  z.object({ modelId: id }).transform((item) => String(item.modelId)),
  z.object({ id }).transform((item) => String(item.id)),
  z.object({ sha256: words }).transform(({ sha256 }) => `sha256:${sha256}`),
];

function jsonReferences(content: string): readonly Named[] | undefined {
  if (!/^\s*[[{]/.test(content)) return undefined;
  const whole = parseJson(content);
  if (whole === undefined) return jsonLines(content);
  return itemsOf(whole).map((item, index) => ({ line: index + 1, ...namedBy(item) }));
}

function itemsOf(whole: unknown): readonly unknown[] {
  if (Array.isArray(whole)) return whole;
  const answer = z.object({ items: z.array(z.unknown()) }).safeParse(whole);
  return answer.success ? answer.data.items : [whole];
}

/** Undefined when no line is JSON. */
function jsonLines(content: string): readonly Named[] | undefined {
  const lines = content.split('\n').map((text, index) => ({ line: index + 1, text, item: parseJson(text) }));
  const told = lines.filter(({ text }) => text.trim() !== '');
  if (told.every(({ item }) => item === undefined)) return undefined;
  return told.map(({ line, text, item }) => ({ line, ref: namedBy(item).ref, text: text.trim() }));
}

function namedBy(item: unknown): Pick<Named, 'ref' | 'text'> {
  const text = JSON.stringify(item) ?? '';
  for (const naming of namings) {
    const read = naming.safeParse(item);
    if (read.success) return { ref: read.data, text };
  }
  return { ref: undefined, text };
}

/** Columns that say which file is meant, the most exact first; their case does not matter. */
const referenceColumns: ReadonlyArray<readonly [column: string, refOf: (value: string) => string]> = [
  ['download_url', (url) => url],
  ['downloadurl', (url) => url],
  ['version_id', (value) => `@${value}`],
  ['versionid', (value) => `@${value}`],
  ['model_url', (url) => url],
  ['url', (url) => url],
  ['ref', (ref) => ref],
  ['model_id', (value) => value],
  ['modelid', (value) => value],
  ['id', (value) => value],
  ['sha256', (digest) => `sha256:${digest}`],
];

function csvReferences(content: string): readonly Named[] | undefined {
  const [head, ...rows] = readCsvRows(content);
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const known = referenceColumns
    .map(([name, refFrom]) => ({ index: names.indexOf(name), refFrom }))
    .filter(({ index }) => index !== -1);
  if (known.length === 0) return undefined;
  return rows.map(({ line, cells }) => {
    const told = known.find(({ index }) => (cells[index] ?? '').trim() !== '');
    const ref = told === undefined ? undefined : told.refFrom((cells[told.index] ?? '').trim());
    return { line, ref, text: cells.join(',') };
  });
}

/** In an aria2 input file a line that begins with a blank is an option of the address above it. */
function lineReferences(content: string): readonly Named[] {
  return content.split(/\r\n|\n|\r/).flatMap((text, index) => {
    if (/^\s+[a-z][a-z-]*=/.test(text)) return [];
    const ref = text.replace(/(?:^|\s)#.*$/, '').trim();
    return ref === '' ? [] : [{ line: index + 1, ref, text }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
