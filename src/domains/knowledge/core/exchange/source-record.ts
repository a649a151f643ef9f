import { MIB } from '#kernel/units';

import type { ImportRecord, SkipReason } from './import-record.ts';

/** A record with where it stands. */
export interface SourceRecord {
  readonly file: string;
  /** In JSON Lines and CSV. */
  readonly line?: number;
  readonly read: ImportRecord | SkipReason;
}

/** Bytes of one line or one Markdown file; the longest body fits even if every character is escaped. */
export const longestRecord = 2 * MIB;
