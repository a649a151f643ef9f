/** The verdict for people: five digits, why, and what to do next. */
import { digitNames } from '#engines/rule32110';
import { table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { JobStatusView } from '../contract/index.ts';

export function renderStatus(jobs: readonly JobStatusView[], translator: Translator): string {
  if (jobs.length === 0) return translator.text('cli.backups.jobs.empty');
  return jobs.map((job) => renderJob(job, translator)).join('\n\n');
}

function renderJob(job: JobStatusView, translator: Translator): string {
  const until =
    job.validUntil === null
      ? ''
      : `  ${translator.text('backups.valid-until', { time: translator.time(job.validUntil) })}`;
  const head = `${job.title} (${job.key}): ${translator.text(`backups.verdict-${job.verdict}`)}${until}`;
  const digits = digitNames.map((name) => {
    const { verdict, found, required, evidence } = job.digits[name];
    return [
      `  ${marks[verdict]}`,
      translator.text(`backups.digit-${name}`),
      `${found}/${required}`,
      evidence.join(', '),
    ];
  });
  const said = digitNames.flatMap((name) => {
    const { reasons, remedy } = job.digits[name];
    return [...reasons.map(({ text }) => `  · ${text}`), ...(remedy === null ? [] : [`  → ${remedy.text}`])];
  });
  const missed = job.copies.flatMap(({ name, missedSince }) =>
    missedSince === null
      ? []
      : [`  ⚠ ${translator.text('backups.run-missed', { copy: name, time: translator.time(missedSince) })}`],
  );
  const warnings = job.warnings.map(({ text }) => `  ⚠ ${text}`);
  const production = translator.text(job.productionCounted ? 'backups.production-counts' : 'backups.production-not');
  return [head, table(digits), ...new Set([...said, ...missed, ...warnings]), `  ${production}`].join('\n');
}

const marks = { pass: '✔', fail: '✖', unknown: '?' } as const;
