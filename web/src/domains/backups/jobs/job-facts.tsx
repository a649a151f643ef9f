import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import {
  archiveBackupJob,
  changeBackupJob,
  holdBackupJob,
  type JobChange,
  type JobView,
  listBackupJobs,
  readBackupJob,
  readBackupSchedule,
  readBackupStatus,
  readJobStatus,
  unarchiveBackupJob,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { JobFields } from './job-fields.tsx';
import { MoveAction } from './move-action.tsx';
import { PauseAction } from './pause-action.tsx';

const stales = [readBackupJob, listBackupJobs, readBackupStatus, readJobStatus, readBackupSchedule];

interface JobProps {
  readonly job: JobView;
}

export function JobFacts({ job }: JobProps) {
  const { t } = useTexts();
  const [editing, setEditing] = useState(false);
  return (
    <section className="k-card k-register-card" aria-labelledby="job-facts">
      <h2 id="job-facts">{t('register.facts')}</h2>
      {editing ? <JobForm job={job} onDone={() => setEditing(false)} /> : <ShownFacts job={job} />}
      {!editing && <Actions job={job} onEdit={() => setEditing(true)} />}
    </section>
  );
}

function ShownFacts({ job }: JobProps) {
  const { t } = useTexts();
  const format = useFormat();
  function minutes(value: number | null): string {
    return value === null ? '–' : t('register.minutes', { minutes: format.number(value) });
  }
  return (
    <>
      <Facts
        facts={[
          { term: t('register.source'), value: <span className="k-mono">{job.source}</span> },
          { term: t('register.target'), value: job.target ?? t('register.here') },
          { term: t('register.site'), value: job.site },
          { term: t('register.owner'), value: job.owner ?? '–' },
          { term: t('register.kind'), value: t(`register.kind.${job.kind}`) },
          { term: t('register.criticality'), value: t(`register.criticality.${job.criticality}`) },
          {
            term: t('register.class'),
            value: job.dataClass === null ? t('register.class.none') : t(`register.class.${job.dataClass}`),
          },
          { term: t('register.policy'), value: job.policy ?? t('register.policy.of-class') },
          { term: t('register.tags'), value: job.tags.length === 0 ? '–' : job.tags.join(', ') },
          { term: t('register.every-hours'), value: format.number(job.everyHours) },
          { term: t('register.verify-days'), value: format.number(job.verifyEveryDays) },
          { term: t('register.rpoMinutes'), value: minutes(job.rpoMinutes) },
          { term: t('register.rtoMinutes'), value: minutes(job.rtoMinutes) },
          {
            term: t('register.retentionDays'),
            value: job.retentionDays === null ? '–' : format.number(job.retentionDays),
          },
          ...(job.pauseReason === null ? [] : [{ term: t('register.pause-reason'), value: job.pauseReason }]),
          ...(job.pausedUntil === null
            ? []
            : [{ term: t('register.paused-until'), value: <Moment at={job.pausedUntil} /> }]),
        ]}
      />
    </>
  );
}

function JobForm({ job, onDone }: JobProps & { readonly onDone: () => void }) {
  const { t } = useTexts();
  const [facts, setFacts] = useState<JobChange>({
    title: job.title,
    description: job.description,
    kind: job.kind,
    owner: job.owner,
    criticality: job.criticality,
    dataClass: job.dataClass,
    tags: job.tags,
    rpoMinutes: job.rpoMinutes,
    rtoMinutes: job.rtoMinutes,
    retentionDays: job.retentionDays,
    policy: job.policy,
    everyHours: job.everyHours,
    verifyEveryDays: job.verifyEveryDays,
  });
  const save = useRouteMutation(changeBackupJob, {
    stales,
    onSuccess: () => {
      notifications.show({ message: t('register.saved') });
      onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ params: { key: job.key }, body: facts });
  }
  return (
    <form onSubmit={submit} className="k-register-form">
      {save.isError && <ProblemNotice error={save.error} />}
      <JobFields value={facts} onChange={setFacts} />
      <FormButtons label={t('register.save')} busy={save.isPending} onCancel={onDone} />
    </form>
  );
}

function Actions({ job, onEdit }: JobProps & { readonly onEdit: () => void }) {
  const { t } = useTexts();
  const mayRun = useMay('backups:run');
  const mayConfigure = useMay('system:configure');
  const change = useRouteMutation(changeBackupJob, { stales });
  const params = { key: job.key };
  const paused = !job.active || job.pausedUntil !== null;
  if (!mayRun) return null;
  if (job.archivedAt !== null) return mayConfigure ? <Unarchive job={job} /> : null;
  return (
    <>
      {paused && change.isError && <ProblemNotice error={change.error} />}
      <Group gap="xs" align="start">
        <Button size="compact-sm" variant="default" onClick={onEdit}>
          {t('register.edit')}
        </Button>
        {paused ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={change.isPending}
            onClick={() => change.mutate({ params, body: { active: true } })}
          >
            {t('register.resume')}
          </Button>
        ) : (
          <PauseAction job={job} change={change} />
        )}
        {mayConfigure && <MoveAction job={job} />}
        {mayConfigure && <HoldAndArchive job={job} />}
      </Group>
    </>
  );
}

function Unarchive({ job }: JobProps) {
  const { t } = useTexts();
  const unarchive = useRouteMutation(unarchiveBackupJob, { stales });
  return (
    <div>
      {unarchive.isError && <ProblemNotice error={unarchive.error} />}
      <Button
        size="compact-sm"
        variant="default"
        loading={unarchive.isPending}
        onClick={() => unarchive.mutate({ params: { key: job.key } })}
      >
        {t('register.unarchive')}
      </Button>
    </div>
  );
}

function HoldAndArchive({ job }: JobProps) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const hold = useRouteMutation(holdBackupJob, { stales });
  const archive = useRouteMutation(archiveBackupJob, { stales });
  const params = { key: job.key };
  const held = job.legalHold !== null;
  const why = (
    <TextInput
      label={t('register.reason')}
      value={reason}
      maxLength={500}
      onChange={(event) => setReason(event.currentTarget.value)}
    />
  );
  return (
    <>
      <ConfirmAction
        label={t(held ? 'register.lift' : 'register.hold')}
        question={t(held ? 'register.lift.question' : 'register.hold.question')}
        consequence={t(held ? 'register.lift.consequence' : 'register.hold.consequence')}
        mutation={hold}
        tone="warn"
        onConfirm={(done) => hold.mutate({ params, body: { reason: held ? null : reason } }, { onSuccess: done })}
      >
        {!held && why}
      </ConfirmAction>
      <ConfirmAction
        label={t('register.archive')}
        question={t('register.archive.question')}
        consequence={t('register.archive.consequence')}
        mutation={archive}
        onConfirm={(done) => archive.mutate({ params, body: { reason } }, { onSuccess: done })}
      >
        {why}
      </ConfirmAction>
    </>
  );
}
