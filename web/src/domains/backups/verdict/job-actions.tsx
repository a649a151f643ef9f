import { Button } from '@mantine/core';

import {
  type JobStatusView,
  readBackupStatus,
  readBackupSummary,
  readJobStatus,
  readJobTrend,
  recheckBackupJob,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { isBusy } from './job-activity.ts';
import { useJobWork } from './use-job-work.ts';

export function JobActions({ job }: { readonly job: JobStatusView }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const { run, verify, error: refused } = useJobWork();
  const recheck = useRouteMutation(recheckBackupJob, {
    stales: [readBackupStatus, readJobStatus, readBackupSummary, readJobTrend],
  });
  const error = refused ?? recheck.error;
  const params = { key: job.key };
  const busy = isBusy(job);
  // What other machines do cannot be begun from here; a job without any copy says so when it is asked to run.
  const isOnlyReported = job.copies.length > 0 && job.copies.every(({ engine }) => engine === 'reported');
  if (!may) return null;
  return (
    <div className="k-job-actions">
      {!isOnlyReported && (
        <>
          <Button
            size="compact-md"
            loading={run.isPending}
            disabled={busy}
            onClick={() => run.mutate({ params })}
            aria-label={`${t('backups.run')}: ${job.title}`}
          >
            {t('backups.run')}
          </Button>
          <Button
            size="compact-md"
            variant="default"
            loading={verify.isPending}
            disabled={busy}
            onClick={() => verify.mutate({ params, body: { kind: 'data' } })}
            aria-label={`${t('backups.verify')}: ${job.title}`}
          >
            {t('backups.verify')}
          </Button>
        </>
      )}
      <Button
        size="compact-md"
        variant="default"
        loading={recheck.isPending}
        onClick={() => recheck.mutate({ params })}
        aria-label={`${t('backups.recheck')}: ${job.title}`}
      >
        {t('backups.recheck')}
      </Button>
      {error !== null && <ProblemNotice error={error} />}
    </div>
  );
}
