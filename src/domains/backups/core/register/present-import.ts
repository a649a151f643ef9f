/** What a change of many jobs did, or would do, in the words of the caller's language. */
import type { Translator } from '#platform/i18n';

import type { ImportReport, ManyJobsReport } from '../../contract/index.ts';
import { tell } from '../runs/present-record.ts';
import type { ManyJobs } from './change-many.ts';
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

export function presentMany({ applied, rows }: ManyJobs, translator: Translator): ManyJobsReport {
  function countOf(wanted: ManyJobsReport['rows'][number]['outcome']): number {
    return rows.filter(({ outcome }) => outcome === wanted).length;
  }
  return {
    applied,
    changed: countOf('changed'),
    unchanged: countOf('unchanged'),
    refused: countOf('refused'),
    rows: rows.map(({ problem, ...row }) => ({
      ...row,
      problem: problem === null ? null : tell(problem, translator),
    })),
  };
}
