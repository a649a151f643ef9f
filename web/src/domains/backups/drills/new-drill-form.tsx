import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import { type DrillKind, drillKinds, listDrills, startDrill } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { JobChoice } from './job-choice.tsx';
import { KindChoice } from './kind-choice.tsx';

/** Begins a drill of every copy of a job; the list shows how it goes. */
export function NewDrillForm() {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const [kind, setKind] = useState<DrillKind>('full');
  const start = useRouteMutation(startDrill, {
    stales: [listDrills],
    onSuccess: ({ drills }) =>
      notifications.show({ message: t('backups.queued', { copies: drills.map(({ copy }) => copy).join(', ') }) }),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    start.mutate({ params: { key: job }, body: { kind } });
  }
  return (
    <form onSubmit={submit} className="k-card k-proof-form" aria-labelledby="new-drill">
      <h2 id="new-drill">{t('backups.drill.new')}</h2>
      {start.isError && <ProblemNotice error={start.error} />}
      <div className="k-proof-fields">
        <JobChoice value={job} onChange={setJob} />
        <KindChoice value={kind} kinds={drillKinds} onChange={setKind} />
      </div>
      <Button type="submit" loading={start.isPending} disabled={job === ''}>
        {t('backups.drill.start')}
      </Button>
    </form>
  );
}
