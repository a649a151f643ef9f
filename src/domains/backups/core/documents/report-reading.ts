/** What the sections of a report are written from. */

import type { ReadTables } from '#platform/db';
import type { PrintedBlock } from '#platform/documents';

import type { BackupsTables } from '../../store/backups-tables.ts';
import type { DocumentTables } from '../../store/documents/document-tables.ts';
import type { MediaTables } from '../../store/media/media-tables.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { ReportFigures } from './gather-figures.ts';
import type { ReportPeriod } from './report-period.ts';
import type { Words } from './words.ts';

export interface ReportReading {
  readonly context: BackupsContext;
  readonly reads: ReadTables<BackupsTables>;
  readonly media: ReadTables<MediaTables>;
  readonly kept: ReadTables<DocumentTables>;
  readonly period: ReportPeriod;
  /** Only of this job. */
  readonly job: string | undefined;
  readonly figures: ReportFigures;
}

export type SectionWriter = (
  reading: ReportReading,
  words: Words,
) => readonly PrintedBlock[] | Promise<readonly PrintedBlock[]>;
