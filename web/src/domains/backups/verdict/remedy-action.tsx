import { Button } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';

import {
  type CopyStatus,
  type DigitView,
  type JobStatusView,
  readBackupStatus,
  readJobStatus,
  recordMedium,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { isBusy } from './job-activity.ts';
import { useJobWork } from './use-job-work.ts';

interface RemedyActionProps {
  readonly job: JobStatusView;
  readonly digit: keyof JobStatusView['digits'];
  readonly remedy: NonNullable<DigitView['remedy']>;
}

/** What a remedy asks for, one click away: done at once where Kura can do it, else the page on which it is done. */
export function RemedyAction({ job, digit, remedy }: RemedyActionProps) {
  const copy = job.copies.find(({ name }) => name === remedy.params['copy']);
  switch (remedy.code) {
    case 'rule32110.remedy-run':
    case 'rule32110.remedy-repair':
      return copy?.engine === 'reported' ? <Runs job={job} /> : <Work job={job} digit={digit} what="run" />;
    case 'rule32110.remedy-verify':
      return copy?.engine === 'reported' ? (
        <There to="/backups/drills" label="drill" />
      ) : (
        <Work job={job} digit={digit} what="verify" />
      );
    case 'rule32110.remedy-prove':
      return <There to="/backups/drills" label="drill" />;
    case 'rule32110.remedy-tickets':
      return <There to="/backups/tickets" label="tickets" />;
    case 'rule32110.remedy-clock':
      return <Runs job={job} />;
    case 'rule32110.remedy-disconnect':
    case 'rule32110.remedy-locate':
      return copy === undefined ? null : <Whereabouts job={job} copy={copy} />;
    default:
      return <AddCopy job={job} />;
  }
}

interface WorkProps extends Pick<RemedyActionProps, 'job' | 'digit'> {
  readonly what: 'run' | 'verify';
}

function Work({ job, digit, what }: WorkProps) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const { run, verify, error } = useJobWork();
  if (!may) return null;
  const params = { key: job.key };
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        disabled={isBusy(job)}
        loading={run.isPending || verify.isPending}
        onClick={() => (what === 'run' ? run.mutate({ params }) : verify.mutate({ params, body: { kind: 'data' } }))}
        aria-label={`${t('backups.remedy.do')}: ${t(`backups.digit.${digit}`)}`}
      >
        {t('backups.remedy.do')}
      </Button>
      {error !== null && <ProblemNotice error={error} />}
    </>
  );
}

/** A medium of the inventory is moved there; of any other one it is said here that it was put away. */
function Whereabouts({ job, copy }: { readonly job: JobStatusView; readonly copy: CopyStatus }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const record = useRouteMutation(recordMedium, { stales: [readBackupStatus, readJobStatus] });
  if (copy.medium !== null) {
    return (
      <Link to="/backups/media/$label" params={{ label: copy.medium.label }}>
        {t('backups.remedy.medium', { label: copy.medium.label })}
      </Link>
    );
  }
  if (!may) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={record.isPending}
        onClick={() => record.mutate({ params: { key: job.key, copy: copy.name }, body: { state: 'stored' } })}
      >
        {t('backups.remedy.stored', { copy: copy.name })}
      </Button>
      {record.isError && <ProblemNotice error={record.error} />}
    </>
  );
}

function AddCopy({ job }: { readonly job: JobStatusView }) {
  const { t } = useTexts();
  if (!useMay('system:configure')) return null;
  return (
    <Link to="/backups/jobs/$key" params={{ key: job.key }} hash="add-copy">
      {t('register.copy.add')}
    </Link>
  );
}

function Runs({ job }: { readonly job: JobStatusView }) {
  const { t } = useTexts();
  return (
    <Link to="/backups/runs" search={{ job: job.key }}>
      {t('backups.job-runs.all')}
    </Link>
  );
}

interface ThereProps {
  readonly to: NonNullable<LinkProps['to']>;
  readonly label: 'drill' | 'tickets';
}

function There({ to, label }: ThereProps) {
  const { t } = useTexts();
  return <Link to={to}>{t(`backups.remedy.${label}`)}</Link>;
}
