/**
 * The canonical encoding of an audit row (ADR 0023): the line `kura-audit-row-1`, then `seq`, `prev_hash` and the columns
 * of `entryColumns`, each as `<bytes of UTF-8>:<text>\n`, or `-\n` for NULL. Nothing in it depends on a database, a
 * locale or a JSON library, and no two different rows share an encoding. The hash is SHA-256 in hex.
 */
import { hash } from 'node:crypto';

import type { Selectable } from 'kysely';

import { type ChainTables, entryColumns } from './audit-tables.ts';

export type LogRow = Selectable<ChainTables['audit_log']>;

/** What the first row has for the row before it. */
export const genesisHash = '0'.repeat(64);

export function rowHash(row: Omit<LogRow, keyof { seq: 1; prev_hash: 1; hash: 1 }>, seq: number, previous: string) {
  let text = 'kura-audit-row-1\n';
  text += encoded(seq) + encoded(previous);
  for (const column of entryColumns) text += encoded(row[column]);
  return hash('sha256', text, 'hex');
}

function encoded(value: string | number | null): string {
  if (value === null) return '-\n';
  const text = String(value);
  return `${Buffer.byteLength(text)}:${text}\n`;
}
