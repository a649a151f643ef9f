import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { RouteOutput } from '#platform/contract';
import { changeSchedule, listScheduleRuns, listSchedules, runSchedule } from '#platform/schedule/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

type Schedule = RouteOutput<typeof listSchedules>['items'][number];
type Run = RouteOutput<typeof listScheduleRuns>['items'][number];

const HOUR = 3_600_000;
const MINUTE = 60_000;

const tones: Readonly<Record<NonNullable<Run['status']>, Tone>> = {
  queued: 'calm',
  running: 'info',
  done: 'ok',
  dead: 'bad',
  cancelled: 'warn',
};

export function ScheduleItem({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const { id, job, enabled, fault, nextRun, lastRun } = schedule;
  return (
    <li className="k-card k-schedule">
      <header>
        <h2>{id}</h2>
        {!enabled && <StateBadge tone="calm" icon="pause" label={t('schedules.paused')} />}
        {fault !== null && <StateBadge tone="bad" label={t('schedules.fault', { code: fault })} />}
      </header>
      <Facts
        facts={[
          { term: t('schedules.job'), value: job },
          { term: t('schedules.when'), value: <Timing timing={schedule.timing} /> },
          { term: t('schedules.next'), value: nextRun === null ? '–' : <Moment at={nextRun} /> },
          { term: t('schedules.last'), value: lastRun === null ? t('schedules.never') : <Moment at={lastRun} /> },
        ]}
      />
      <Group gap="xs">
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'schedules.hide' : 'schedules.show')}
        </Button>
        <Actions schedule={schedule} />
      </Group>
      {open && <Runs id={id} />}
    </li>
  );
}

function Timing({ timing }: Pick<Schedule, 'timing'>) {
  const { t } = useTexts();
  if (timing.kind === 'cron') return `${timing.cron} (${timing.zone})`;
  return timing.everyMs % HOUR === 0
    ? t('schedules.every-hours', { hours: timing.everyMs / HOUR })
    : t('schedules.every-minutes', { minutes: Math.round(timing.everyMs / MINUTE) });
}

function Actions({ schedule }: { readonly schedule: Schedule }) {
  const { t } = useTexts();
  const mayOperate = useMay('system:operate');
  const stales = [listSchedules, listScheduleRuns];
  const run = useRouteMutation(runSchedule, { stales });
  const change = useRouteMutation(changeSchedule, { stales });
  const failed = [run, change].find(({ isError }) => isError)?.error;
  if (!mayOperate) return null;
  const params = { id: schedule.id };
  return (
    <>
      <Button size="compact-sm" variant="default" loading={run.isPending} onClick={() => run.mutate({ params })}>
        {t('schedules.run')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        loading={change.isPending}
        onClick={() => change.mutate({ params, body: { enabled: !schedule.enabled } })}
      >
        {t(schedule.enabled ? 'schedules.pause' : 'schedules.resume')}
      </Button>
      {run.isSuccess && <span role="status">{t('schedules.queued')}</span>}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </>
  );
}

function Runs({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const query = useRouteQuery(listScheduleRuns, { params: { id }, query: { limit: 20 } });
  return (
    <QueryView query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p>{t('schedules.never')}</p>
        ) : (
          <ul className="k-plain-list k-schedule-runs">
            {items.map((run) => (
              <li key={`${run.jobId} ${run.enqueuedAt}`}>
                <Moment at={run.enqueuedAt} />
                <span>{t(`schedules.trigger.${run.trigger}`)}</span>
                <RunState run={run} />
              </li>
            ))}
          </ul>
        )
      }
    </QueryView>
  );
}

function RunState({ run: { skipped, status } }: { readonly run: Run }) {
  const { t } = useTexts();
  if (skipped) return <StateBadge tone="warn" label={t('schedules.skipped')} />;
  if (status === null) return <StateBadge tone="calm" label={t('schedules.forgotten')} />;
  return <StateBadge tone={tones[status]} label={t(`schedules.status.${status}`)} />;
}
