import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';

import {
  type JobStatusView,
  readBackupStatus,
  readJobStatus,
  startBackupRun,
  startVerification,
} from '#backups/contract';

import { routeKey, useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { isBusy } from './job-activity.ts';

/** The queue takes a moment to begin; looking again shortly after shows the run as soon as it exists. */
const lookAgainMs = [400, 1500, 4000];

export function JobActions({ job }: { readonly job: JobStatusView }) {
  const { t } = useTexts();
  const queries = useQueryClient();
  const may = useMay('backups:run');
  function started({ queued }: { readonly queued: readonly { readonly copy: string }[] }): void {
    notifications.show({ message: t('backups.queued', { copies: queued.map(({ copy }) => copy).join(', ') }) });
    for (const ms of lookAgainMs) {
      for (const route of [readBackupStatus, readJobStatus]) {
        setTimeout(() => void queries.invalidateQueries({ queryKey: routeKey(route) }), ms);
      }
    }
  }
  const run = useRouteMutation(startBackupRun, { onSuccess: started });
  const verify = useRouteMutation(startVerification, { onSuccess: started });
  const error = run.error ?? verify.error;
  const params = { key: job.key };
  const busy = isBusy(job);
  // What other machines do cannot be begun from here; a job without any copy says so when it is asked to run.
  const isOnlyReported = job.copies.length > 0 && job.copies.every(({ engine }) => engine === 'reported');
  if (!may || isOnlyReported) return null;
  return (
    <div className="k-job-actions">
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
      {error !== null && <ProblemNotice error={error} />}
    </div>
  );
}
