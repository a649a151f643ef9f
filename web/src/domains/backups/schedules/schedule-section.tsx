import { Button, Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import {
  type JobView,
  listBackupCalendars,
  listBackupJobs,
  previewBackupSchedule,
  putBackupSchedule,
  readBackupJob,
  readBackupSchedule,
  readJobStatus,
  removeBackupSchedule,
  type ScheduleView,
} from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { JapaneseHolidays } from './japanese-holidays.tsx';

interface JobProps {
  readonly job: JobView;
}

const stales = [readBackupSchedule, readBackupJob, listBackupJobs, readJobStatus];

/** When the copies of a job are made by themselves. */
export function ScheduleSection({ job }: JobProps) {
  const { t } = useTexts();
  const query = useRouteQuery(readBackupSchedule, { params: { key: job.key } });
  return (
    <section className="k-card k-register-card" aria-labelledby="job-schedule">
      <h2 id="job-schedule">{t('register.schedule')}</h2>
      <QueryView query={query}>{({ schedule }) => <Schedule job={job} schedule={schedule} />}</QueryView>
    </section>
  );
}

function Schedule({ job, schedule }: JobProps & { readonly schedule: ScheduleView | null }) {
  const { t } = useTexts();
  const may = useMay('backups:run') && job.archivedAt === null;
  const [editing, setEditing] = useState(false);
  const remove = useRouteMutation(removeBackupSchedule, { stales });
  if (editing) return <ScheduleForm job={job} schedule={schedule} onDone={() => setEditing(false)} />;
  return (
    <>
      {schedule === null ? <p>{t('register.schedule.none')}</p> : <ShownSchedule schedule={schedule} />}
      {may && (
        <Group gap="xs" align="start">
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {t(schedule === null ? 'register.schedule.add' : 'register.schedule.change')}
          </Button>
          {schedule !== null && (
            <ConfirmAction
              label={t('register.schedule.remove')}
              question={t('register.schedule.remove.question')}
              consequence={t('register.schedule.remove.consequence')}
              mutation={remove}
              onConfirm={(done) => remove.mutate({ params: { key: job.key } }, { onSuccess: done })}
            />
          )}
        </Group>
      )}
    </>
  );
}

function ShownSchedule({ schedule }: { readonly schedule: ScheduleView }) {
  const { t } = useTexts();
  const { cron, zone, enabled, rules, hooks, nextRuns } = schedule;
  const programs = [hooks.before, hooks.after].flatMap((hook) => (hook === null ? [] : [hook.command.join(' ')]));
  return (
    <>
      <Facts
        facts={[
          { term: t('register.schedule.cron'), value: <span className="k-mono">{cron}</span> },
          { term: t('register.schedule.zone'), value: zone },
          ...(enabled ? [] : [{ term: t('register.schedule.enabled'), value: t('register.schedule.off') }]),
          ...(rules.window === null
            ? []
            : [{ term: t('register.schedule.window'), value: `${rules.window.from} – ${rules.window.to}` }]),
          ...(rules.skipHolidays === null
            ? []
            : [{ term: t('register.schedule.holidays'), value: rules.skipHolidays }]),
          ...(rules.after === null ? [] : [{ term: t('register.schedule.after'), value: rules.after }]),
          ...(programs.length === 0 ? [] : [{ term: t('register.schedule.programs'), value: programs.join('; ') }]),
        ]}
      />
      <NextRuns times={nextRuns} />
    </>
  );
}

function NextRuns({ times }: { readonly times: readonly string[] }) {
  const { t } = useTexts();
  if (times.length === 0) return <p>{t('register.schedule.no-next')}</p>;
  return (
    <>
      <p>{t('register.schedule.next')}</p>
      <ol>
        {times.map((at) => (
          <li key={at}>
            <Moment at={at} />
          </li>
        ))}
      </ol>
    </>
  );
}

function formOf(schedule: ScheduleView | null) {
  return {
    cron: schedule?.cron ?? '0 3 * * *',
    zone: schedule?.zone ?? '',
    enabled: schedule?.enabled ?? true,
    from: schedule?.rules.window?.from ?? '',
    to: schedule?.rules.window?.to ?? '',
    skipHolidays: schedule?.rules.skipHolidays ?? null,
    after: schedule?.rules.after ?? '',
    retries: schedule?.rules.retries ?? 0,
  };
}

interface FormProps extends JobProps {
  readonly schedule: ScheduleView | null;
  readonly onDone: () => void;
}

function ScheduleForm({ job, schedule, onDone }: FormProps) {
  const { t } = useTexts();
  const [form, setForm] = useState(() => formOf(schedule));
  const preview = useRouteMutation(previewBackupSchedule);
  const save = useRouteMutation(putBackupSchedule, {
    stales,
    onSuccess: () => {
      notifications.show({ message: t('register.saved') });
      onDone();
    },
  });
  function body() {
    const { cron, zone, enabled, from, to, skipHolidays, after, retries } = form;
    return {
      cron,
      enabled,
      ...(zone === '' ? {} : { zone }),
      rules: {
        ...schedule?.rules,
        window: from === '' || to === '' ? null : { from, to },
        skipHolidays,
        after: after === '' ? null : after,
        retries,
      },
    };
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({ params: { key: job.key }, body: body() });
  }
  const error = save.error ?? preview.error;
  return (
    <form onSubmit={submit} className="k-register-form">
      {error !== null && <ProblemNotice error={error} />}
      <ScheduleFields form={form} onChange={setForm} />
      {preview.data !== undefined && <NextRuns times={preview.data.nextRuns} />}
      <Group gap="xs">
        <Button type="submit" loading={save.isPending}>
          {t('register.save')}
        </Button>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate({ body: body() })}>
          {t('register.schedule.preview')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('confirm.cancel')}
        </Button>
      </Group>
    </form>
  );
}

interface FieldsProps {
  readonly form: ReturnType<typeof formOf>;
  readonly onChange: (form: ReturnType<typeof formOf>) => void;
}

const texts = ['cron', 'zone', 'after'] as const;

function ScheduleFields({ form, onChange }: FieldsProps) {
  const { t } = useTexts();
  const calendars = useRouteQuery(listBackupCalendars);
  return (
    <>
      <div className="k-register-fields">
        {texts.map((name) => (
          <TextInput
            key={name}
            label={t(`register.schedule.${name}`)}
            description={t(`register.schedule.${name}.note`)}
            value={form[name]}
            spellCheck={false}
            required={name === 'cron'}
            onChange={(event) => onChange({ ...form, [name]: event.currentTarget.value })}
          />
        ))}
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            label={t(`register.schedule.${name}`)}
            type="time"
            value={form[name]}
            onChange={(event) => onChange({ ...form, [name]: event.currentTarget.value })}
          />
        ))}
        <Select
          label={t('register.schedule.holidays')}
          data={(calendars.data?.items ?? []).map(({ key }) => key)}
          value={form.skipHolidays}
          clearable
          onChange={(skipHolidays) => onChange({ ...form, skipHolidays })}
        />
        {calendars.data?.items.every(({ key }) => key !== 'jp') === true && (
          <JapaneseHolidays onAdded={(skipHolidays) => onChange({ ...form, skipHolidays })} />
        )}
        <NumberInput
          label={t('register.schedule.retries')}
          value={form.retries}
          min={0}
          max={10}
          allowDecimal={false}
          onChange={(retries) => onChange({ ...form, retries: Number(retries) })}
        />
      </div>
      <Checkbox
        label={t('register.schedule.enabled')}
        checked={form.enabled}
        onChange={(event) => onChange({ ...form, enabled: event.currentTarget.checked })}
      />
    </>
  );
}
