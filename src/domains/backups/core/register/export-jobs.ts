/** The list of jobs as a file. The columns that can be imported have the names that an import takes. */
import { type Cell, csvLine } from '#kernel/csv';

import type { JobExportQuery, ListedJob } from '../../contract/index.ts';
import type { JobPage } from '../../store/job-list-store.ts';

export interface JobExport {
  readonly text: string;
  /** Where the next part begins; undefined after the last. */
  readonly nextOffset: number | undefined;
}

const columns: ReadonlyArray<readonly [name: string, of: (job: ListedJob) => Cell]> = [
  ['key', ({ key }) => key],
  ['title', ({ title }) => title],
  ['description', ({ description }) => description],
  ['source', ({ source }) => source],
  ['target', ({ target }) => target],
  ['site', ({ site }) => site],
  ['kind', ({ kind }) => kind],
  ['owner', ({ owner }) => owner],
  ['criticality', ({ criticality }) => criticality],
  ['dataClass', ({ dataClass }) => dataClass],
  ['tags', ({ tags }) => tags.join(';')],
  ['rpoMinutes', ({ rpoMinutes }) => rpoMinutes],
  ['rtoMinutes', ({ rtoMinutes }) => rtoMinutes],
  ['retentionDays', ({ retentionDays }) => retentionDays],
  ['policy', ({ policy }) => policy],
  ['everyHours', ({ everyHours }) => everyHours],
  ['verifyEveryDays', ({ verifyEveryDays }) => verifyEveryDays],
  ['active', ({ active }) => (active ? 'yes' : 'no')],
  ['pausedUntil', ({ pausedUntil }) => pausedUntil],
  ['pauseReason', ({ pauseReason }) => pauseReason],
  ['archivedAt', ({ archivedAt }) => archivedAt],
  ['archiveReason', ({ archiveReason }) => archiveReason],
  ['legalHold', ({ legalHold }) => legalHold],
  ['verdict', ({ verdict }) => verdict?.status ?? null],
  ['lastRunAt', ({ verdict }) => verdict?.lastRunAt ?? null],
  ['lastGoodAt', ({ verdict }) => verdict?.lastGoodAt ?? null],
  ['copies', ({ copies }) => copies.map(({ name }) => name).join(';')],
  ['schedule', ({ schedule }) => (schedule === null ? null : `${schedule.cron} ${schedule.zone}`)],
];

/** CSV begins with a header in the first part; JSON is one job a line (JSON Lines), so that parts can be joined. */
export function exportJobs({ items, total }: JobPage, { format, offset }: JobExportQuery): JobExport {
  const end = offset + items.length;
  const header = offset === 0 ? csvLine(columns.map(([name]) => name)) : '';
  const text =
    format === 'csv'
      ? header + items.map((job) => csvLine(columns.map(([, of]) => of(job)))).join('')
      : items.map((job) => `${JSON.stringify(job)}\n`).join('');
  return { text, nextOffset: items.length > 0 && end < total ? end : undefined };
}
