/** What an import did, or would do, in the words of the caller's language. */
import type { Translator } from '#platform/i18n';

import type { ImportReport } from '../../contract/index.ts';
import { tell } from '../runs/present-record.ts';
import { count, type Import } from './import-jobs.ts';

export function presentImport({ applied, rows }: Import, translator: Translator): ImportReport {
  return {
    applied,
    created: count(rows, 'created'),
    changed: count(rows, 'changed'),
    unchanged: count(rows, 'unchanged'),
    refused: count(rows, 'refused'),
    rows: rows.map(({ row, key, outcome, changes, problems }) => ({
      row,
      key,
      outcome,
      changes: [...changes],
      problems: problems.map((problem) => tell(problem, translator)),
    })),
  };
}
