import '../drills/proof.css';

import { Button, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { type AwaitedRuns, type Expectation, readExpectation, setExpectation } from '#backups/contract';

import { ownZone } from '../../../lib/own-zone.ts';
import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

/** When runs of a job are due, and so from when on one is missed. */
export function ExpectationSection({ job }: { readonly job: string }) {
  const { t } = useTexts();
  const query = useRouteQuery(readExpectation, { params: { key: job } });
  return (
    <section className="k-card k-proof-form" aria-labelledby="run-expectation">
      <h2 id="run-expectation">{t('backups.expect.title')}</h2>
      <p>{t('backups.expect.lead')}</p>
      <QueryView query={query}>
        {(before) => (
          <>
            <Awaited runs={before.awaited} />
            <ExpectationForm job={job} before={before} />
          </>
        )}
      </QueryView>
    </section>
  );
}

function Awaited({ runs }: { readonly runs: AwaitedRuns['awaited'] }) {
  const { t } = useTexts();
  return (
    <Facts
      facts={runs.map(({ copy, by }) => ({
        term: t('backups.expect.awaited', { copy }),
        value: by === null ? t('backups.expect.awaited.none') : <Moment at={by} />,
      }))}
    />
  );
}

function ExpectationForm({ job, before }: { readonly job: string; readonly before: Expectation }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const [cron, setCron] = useState(before.cron ?? '');
  const [zone, setZone] = useState(before.cron === null ? ownZone() : before.zone);
  const [calendar, setCalendar] = useState(before.skipHolidays ?? '');
  const [grace, setGrace] = useState<number | string>(before.graceMinutes ?? '');
  const save = useRouteMutation(setExpectation, { stales: [readExpectation] });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const graceMinutes = typeof grace === 'number' ? grace : null;
    const skipHolidays = calendar.trim() === '' ? null : calendar.trim();
    const body = { cron: cron.trim() === '' ? null : cron, zone, graceMinutes, skipHolidays };
    save.mutate({ params: { key: job }, body });
  }
  return (
    <form onSubmit={submit}>
      {save.isError && <ProblemNotice error={save.error} />}
      <div className="k-board">
        <TextInput
          label={t('backups.expect.cron')}
          description={t('backups.expect.cron.hint')}
          value={cron}
          onChange={(event) => setCron(event.currentTarget.value)}
          disabled={!may}
          spellCheck={false}
        />
        <TextInput
          label={t('backups.expect.zone')}
          value={zone}
          onChange={(event) => setZone(event.currentTarget.value)}
          disabled={!may}
          spellCheck={false}
        />
        <NumberInput
          label={t('backups.expect.grace')}
          value={grace}
          onChange={setGrace}
          min={1}
          max={100_000}
          allowDecimal={false}
          disabled={!may}
          hideControls
        />
        <TextInput
          label={t('backups.expect.calendar')}
          description={t('backups.expect.calendar.hint')}
          value={calendar}
          onChange={(event) => setCalendar(event.currentTarget.value)}
          disabled={!may}
          spellCheck={false}
        />
      </div>
      {may && (
        <Button type="submit" variant="default" mt="xs" loading={save.isPending}>
          {t('backups.expect.save')}
        </Button>
      )}
      <p role="status">{save.isSuccess && t('backups.expect.saved')}</p>
    </form>
  );
}
