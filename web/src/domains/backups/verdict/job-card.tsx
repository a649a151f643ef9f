import './protection-page.css';

import type { JobStatusView } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { CopyTable } from './copy-table.tsx';
import { DigitDetails } from './digit-details.tsx';
import { DigitRow } from './digit-row.tsx';
import { JobActions } from './job-actions.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

export function JobCard({ job }: { readonly job: JobStatusView }) {
  const { t } = useTexts();
  return (
    <article className="k-card k-job" aria-labelledby={`job-${job.key}`}>
      <header>
        <div>
          <h2 id={`job-${job.key}`}>{job.title}</h2>
          <p className="k-mono">{job.source}</p>
        </div>
        <VerdictBadge verdict={job.verdict} />
        <JobActions job={job} />
      </header>
      <DigitRow digits={job.digits} />
      <p className="k-job-meta">
        <span>
          {t('backups.evaluated')} <Moment at={job.evaluatedAt} />
        </span>
        {job.validUntil !== null && (
          <span>
            {t('backups.valid-until')} <Moment at={job.validUntil} />
          </span>
        )}
        <span>{t(job.productionCounted ? 'backups.original-counts' : 'backups.original-not-counted')}</span>
      </p>
      {job.warnings.length > 0 && (
        <ul className="k-job-warnings">
          {job.warnings.map((warning) => (
            <li key={warning.text}>{warning.text}</li>
          ))}
        </ul>
      )}
      <DigitDetails job={job} />
      <CopyTable copies={job.copies} />
    </article>
  );
}
