/** Two records of one import with the same id: which of them is meant nobody can say, unless they say the same. */
import { createHash } from 'node:crypto';

import type { ReadableRecord } from './import-batch.ts';
import { type ImportRecord, type SkipReason, skipBecause } from './import-record.ts';

export interface DuplicateWatch {
  /** `repeated`: word for word what was seen before. A reason: the same id says something else. */
  see(record: ReadableRecord): 'new' | 'repeated' | SkipReason;
}

interface Seen {
  readonly digest: string;
  readonly where: string;
}

export function createDuplicateWatch(): DuplicateWatch {
  const seen = new Map<string, Seen>();
  return {
    see(record) {
      const digest = digestOf(record.read);
      const keys = keysOf(record.read, digest);
      const [earlier] = keys.flatMap((key) => seen.get(key) ?? []);
      if (earlier === undefined) {
        for (const key of keys) seen.set(key, { digest, where: placeOf(record) });
        return 'new';
      }
      if (earlier.digest === digest) return 'repeated';
      const id = record.read.id ?? record.read.kuraId ?? '';
      return skipBecause('knowledge.skip-duplicate', { id, other: earlier.where });
    },
  };
}

/** An id of Kura and one from elsewhere are different names, even when spelt alike; without either, content is the name. */
function keysOf({ id, kuraId }: ImportRecord, digest: string): readonly string[] {
  const named = [...(kuraId === undefined ? [] : [`kura ${kuraId}`]), ...(id === undefined ? [] : [`from ${id}`])];
  return named.length === 0 ? [digest] : named;
}

function digestOf(record: ImportRecord): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('base64url');
}

function placeOf({ file, line }: ReadableRecord): string {
  return line === undefined ? file : `${file}:${line}`;
}
