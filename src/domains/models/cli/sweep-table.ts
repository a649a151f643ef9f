import { table, truncate } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { SweepReport } from '../contract/index.ts';

const columns = ['cell', 'status', 'pages', 'fetched', 'repeated', 'models', 'versions', 'first-seen', 'duplicates'];

/** The cells of a sweep for a terminal, and what they have together. */
export function sweepTable({ cells, models, versions }: SweepReport, translator: Translator): string {
  const head = columns.map((name) => translator.text(`cli.models.sweep.column.${name}`));
  const rows = cells.map((cell) => [
    truncate(cell.label, 40),
    translator.text(`models.sweep-status-${cell.status}`),
    ...[cell.pages, cell.fetched, cell.repeated, cell.models, cell.versions, cell.firstSeen, cell.duplicates].map(
      (number) => translator.number(number),
    ),
  ]);
  return [table([head, ...rows]), translator.text('cli.models.sweep.status.total', { models, versions })].join('\n');
}
