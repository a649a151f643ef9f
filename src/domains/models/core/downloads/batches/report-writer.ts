/** How one format of the report is written, file by file. */
import type { Translator } from '#platform/i18n';

import type { BatchItem } from '../../../store/batch-item-store.ts';
import type { Batch } from '../../../store/batch-store.ts';

export interface ReportedBatch {
  readonly batch: Batch;
  /** Working time of all its files together. */
  readonly ms: number;
}

export interface WrittenReport {
  readonly head: string;
  readonly line: (item: BatchItem, isFirst: boolean) => string;
  readonly end: string;
}

export type ReportWriter = (reported: ReportedBatch, translator: Translator) => WrittenReport;
