/** Jobs for people. */
import type { Translator } from '#platform/i18n';

import type * as contract from '../../contract/index.ts';
import { copiesTable } from '../render-copies.ts';

export function renderJobs(
  { items, total }: { readonly items: readonly contract.ListedJob[]; readonly total: number },
  translator: Translator,
): string {
  if (items.length === 0) return translator.text('cli.backups.jobs.empty');
  const shown = items.map((job) => renderJob(job, translator));
  const more = total > items.length ? [translator.text('backups.and-more', { count: total - items.length })] : [];
  return [...shown, ...more].join('\n');
}

export function renderJob(job: contract.ListedJob, translator: Translator): string {
  const status = statusOf(job);
  const mark = status === undefined ? '' : ` (${translator.text(`backups.${status}`)})`;
  const facts = translator.text('cli.backups.jobs.facts', {
    source: job.target === null ? job.source : `${job.target}: ${job.source}`,
    site: job.site,
    hours: job.everyHours,
  });
  const said = [
    job.owner === null ? [] : [translator.text('cli.backups.jobs.answers', { owner: job.owner })],
    job.criticality === 'normal' ? [] : [translator.text(`backups.criticality-${job.criticality}`)],
    job.dataClass === null ? [] : [translator.text(`backups.class-${job.dataClass}`)],
    job.schedule === null ? [] : [`${job.schedule.cron} ${job.schedule.zone}`],
    job.tags.map((tag) => `#${tag}`),
  ].flat();
  const copies =
    job.copies.length === 0 ? translator.text('cli.backups.jobs.no-copies') : copiesTable(job.copies, translator);
  const head = `${job.key}${mark}  ${job.title}`;
  const lines = [facts, ...(said.length === 0 ? [] : [said.join(' · ')]), copies];
  return [head, ...lines.map((line) => line.replaceAll(/^/gm, '  '))].join('\n');
}

function statusOf(job: contract.ListedJob): string | undefined {
  if (job.archivedAt !== null) return 'archived';
  if (!job.active) return 'verdict-paused';
  return job.verdict === null ? undefined : `verdict-${job.verdict.status}`;
}

export function renderImport(report: contract.ImportReport, translator: Translator): string {
  const rows = report.rows.map(({ row, key, outcome, changes, problems }) => {
    const what = translator.text(`cli.backups.import.${outcome}`);
    const more = [...changes, ...problems.map(({ text }) => text)].join('; ');
    return `${row}  ${key ?? '–'}  ${what}${more === '' ? '' : `: ${more}`}`;
  });
  const { created, changed, unchanged, refused } = report;
  const done = report.applied ? 'cli.backups.import.done' : 'cli.backups.import.not-done';
  return [...rows, translator.text(done, { created, changed, unchanged, refused })].join('\n');
}

export function renderMany(report: contract.ManyJobsReport, translator: Translator): string {
  const rows = report.rows.map(({ key, outcome, problem }) => {
    const what = translator.text(`cli.backups.import.${outcome}`);
    return `${key}  ${what}${problem === null ? '' : `: ${problem.text}`}`;
  });
  const { changed, unchanged, refused } = report;
  const done = report.applied ? 'cli.backups.change-jobs.done' : 'cli.backups.change-jobs.not-done';
  return [...rows, translator.text(done, { changed, unchanged, refused })].join('\n');
}
