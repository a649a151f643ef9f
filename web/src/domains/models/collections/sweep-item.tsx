import { Button, Group, Progress } from '@mantine/core';
import { useState } from 'react';

import { listSweeps, removeSweep, type SweepStatus, type SweepView, startSweep, stopSweep } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { SweepCells } from './sweep-cells.tsx';

const tones: Readonly<Record<SweepStatus, Tone>> = {
  planned: 'calm',
  queued: 'calm',
  running: 'info',
  paused: 'calm',
  completed: 'ok',
  partial: 'warn',
};

export function SweepItem({ sweep }: { readonly sweep: SweepView }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const { name, status, cells, cellsDone, updatedAt } = sweep;
  const progress = t('models.sweep.cells', { done: cellsDone, cells });
  return (
    <li className="k-card k-watch">
      <header>
        <h3>{name}</h3>
        <StateBadge tone={tones[status]} label={t(`models.sweep.${status}`)} />
        <span className="k-number">{progress}</span>
        <Moment at={updatedAt} />
      </header>
      <Progress value={cells === 0 ? 0 : (cellsDone / cells) * 100} aria-label={progress} />
      <Group gap="xs">
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'models.sweep.hide' : 'models.sweep.show')}
        </Button>
        <SweepActions sweep={sweep} />
      </Group>
      {open && <SweepCells name={name} />}
    </li>
  );
}

function SweepActions({ sweep }: { readonly sweep: SweepView }) {
  const { t } = useTexts();
  const may = useMay('models:download');
  const params = { name: sweep.name };
  const start = useRouteMutation(startSweep, { stales: [listSweeps] });
  const stop = useRouteMutation(stopSweep, { stales: [listSweeps] });
  const remove = useRouteMutation(removeSweep, { stales: [listSweeps] });
  const failed = [start, stop, remove].find(({ isError }) => isError)?.error;
  const runs = sweep.status === 'running' || sweep.status === 'queued';
  if (!may) return null;
  return (
    <>
      {runs ? (
        <Button size="compact-sm" variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params })}>
          {t('models.sweep.stop')}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          loading={start.isPending}
          onClick={() => start.mutate({ params, body: { refresh: sweep.status === 'completed' } })}
        >
          {t(sweep.status === 'completed' ? 'models.sweep.again' : 'models.sweep.start')}
        </Button>
      )}
      {!runs && (
        <Button
          size="compact-sm"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
          aria-label={`${t('models.watch.remove')}: ${sweep.name}`}
        >
          {t('models.watch.remove')}
        </Button>
      )}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </>
  );
}
