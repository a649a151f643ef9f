import { Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import {
  adoptReports,
  assignReports,
  dismissReports,
  listBackupJobs,
  listBackupRuns,
  listReportNames,
  listUnclaimed,
  readBackupJob,
  readBackupStatus,
  type UnclaimedView,
} from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { JobChoice } from '../drills/job-choice.tsx';
import { reportTones } from './report-tones.ts';

interface UnclaimedItemProps {
  readonly item: UnclaimedView;
  readonly mayChange: boolean;
}

export function UnclaimedItem({ item, mayChange }: UnclaimedItemProps) {
  const { t } = useTexts();
  const format = useFormat();
  const mayConfigure = useMay('system:configure');
  const { tool, name, copy, hosts, count, firstAt, lastAt, lastResult, reason } = item;
  return (
    <li className="k-ticket k-card">
      <header>
        <h3>{copy === null ? name : `${name} / ${copy}`}</h3>
        <StateBadge tone={reportTones[lastResult]} label={t(`backups.report.result.${lastResult}`)} />
      </header>
      <p>{reason.text}</p>
      <Facts
        facts={[
          { term: t('backups.reports.tool'), value: tool },
          { term: t('backups.reports.hosts'), value: hosts.length === 0 ? '–' : hosts.join(', ') },
          { term: t('backups.reports.count'), value: format.number(count) },
          { term: t('backups.reports.first'), value: <Moment at={firstAt} /> },
          { term: t('backups.reports.last'), value: <Moment at={lastAt} /> },
        ]}
      />
      {mayConfigure && <Adopt item={item} />}
      {mayChange && <Assign item={item} />}
      {mayChange && <Dismiss item={item} />}
    </li>
  );
}

const stales = [listUnclaimed, listReportNames, listBackupRuns, readBackupStatus];

/** What the reports do not say is taken with caution, and can be put right on the job's page. */
function Adopt({ item: { tool, name, copy } }: Pick<UnclaimedItemProps, 'item'>) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const adopt = useRouteMutation(adoptReports, {
    stales: [...stales, listBackupJobs],
    onSuccess: ({ job: key }) => void navigate({ to: '/backups/jobs/$key', params: { key } }),
  });
  return (
    <div>
      {adopt.isError && <ProblemNotice error={adopt.error} />}
      <Button
        size="compact-sm"
        loading={adopt.isPending}
        onClick={() => adopt.mutate({ body: { tool, name, copy } })}
        aria-label={t('backups.reports.adopt.of', { name })}
      >
        {t('backups.reports.adopt')}
      </Button>
      <p>{t('backups.reports.adopt.note')}</p>
    </div>
  );
}

/** To a copy of a job that is reported by other programs. */
function Assign({ item: { tool, name, copy } }: Pick<UnclaimedItemProps, 'item'>) {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const [chosen, setChosen] = useState('');
  const assign = useRouteMutation(assignReports, { stales });
  function submit(event: FormEvent): void {
    event.preventDefault();
    assign.mutate({ body: { tool, name, copy, toJob: job, toCopy: chosen } });
  }
  function choose(key: string): void {
    setJob(key);
    setChosen('');
  }
  return (
    <form onSubmit={submit} aria-label={t('backups.reports.assign.of', { name })}>
      {assign.isError && <ProblemNotice error={assign.error} />}
      <div className="k-board">
        <JobChoice value={job} onChange={choose} />
        {job !== '' && <CopyChoice job={job} value={chosen} onChange={setChosen} />}
      </div>
      <Button
        type="submit"
        size="compact-sm"
        mt="xs"
        variant="default"
        loading={assign.isPending}
        disabled={job === '' || chosen === ''}
      >
        {t('backups.reports.assign')}
      </Button>
    </form>
  );
}

interface CopyChoiceProps {
  readonly job: string;
  readonly value: string;
  readonly onChange: (copy: string) => void;
}

function CopyChoice({ job, value, onChange }: CopyChoiceProps) {
  const { t } = useTexts();
  const found = useRouteQuery(readBackupJob, { params: { key: job } });
  const copies = found.data?.copies.filter(({ engine }) => engine === 'reported') ?? [];
  if (found.isError) return <ProblemNotice error={found.error} />;
  return (
    <NativeSelect
      label={t('backups.reports.copy')}
      description={found.isSuccess && copies.length === 0 ? t('backups.reports.no-copy') : undefined}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('backups.reports.choose-copy') },
        ...copies.map(({ name, tool }) => ({ value: name, label: tool === null ? name : `${name} (${tool})` })),
      ]}
      required
    />
  );
}

function Dismiss({ item: { tool, name, copy } }: Pick<UnclaimedItemProps, 'item'>) {
  const { t } = useTexts();
  const [always, setAlways] = useState(false);
  const dismiss = useRouteMutation(dismissReports, { stales });
  return (
    <Group gap="xs">
      <ConfirmAction
        label={t('backups.reports.dismiss')}
        name={t('backups.reports.dismiss.of', { name })}
        question={t('backups.reports.dismiss.question', { name })}
        consequence={t('backups.reports.dismiss.consequence')}
        tone="warn"
        mutation={dismiss}
        onConfirm={(done) => dismiss.mutate({ body: { tool, name, copy, always } }, { onSuccess: done })}
      >
        <Checkbox
          mt="xs"
          label={t('backups.reports.dismiss.always')}
          checked={always}
          onChange={(event) => setAlways(event.currentTarget.checked)}
        />
      </ConfirmAction>
    </Group>
  );
}
