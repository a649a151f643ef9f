import { Button, Group } from '@mantine/core';
import { useState } from 'react';

import { changeWatch, listWatches, removeWatch, runWatch, type WatchOutcome, type WatchView } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { useWatchedJob } from '../library/use-watched-job.ts';
import { Findings } from './findings.tsx';
import { timingText } from './timing-text.ts';

const tones: Readonly<Record<WatchOutcome, Tone>> = {
  baseline: 'info',
  found: 'ok',
  nothing: 'ok',
  failed: 'bad',
  interrupted: 'warn',
};

export function WatchItem({ watch }: { readonly watch: WatchView }) {
  const { t } = useTexts();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { name, lastOutcome, nextRun, lastRunAt, unseen, known, enabled, reason } = watch;
  return (
    <li className="k-card k-watch">
      <header>
        <h3>{name}</h3>
        {lastOutcome !== null && <StateBadge tone={tones[lastOutcome]} label={t(`models.watch.${lastOutcome}`)} />}
        {!enabled && <StateBadge tone="calm" icon="pause" label={t('models.watch.paused')} />}
        {unseen > 0 && <span className="k-tag">{t('models.watch.unseen', { versions: format.number(unseen) })}</span>}
      </header>
      {reason !== null && <p className="k-watch-reason">{reason.message}</p>}
      <Facts
        facts={[
          { term: t('models.watch.search'), value: watch.search },
          { term: t('models.watch.when'), value: timingText(watch.timing, t) },
          { term: t('models.watch.next'), value: nextRun === null ? '–' : <Moment at={nextRun} /> },
          { term: t('models.watch.last'), value: lastRunAt === null ? t('models.never') : <Moment at={lastRunAt} /> },
          { term: t('models.watch.known'), value: format.number(known) },
        ]}
      />
      <Group gap="xs">
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'models.watch.hide' : 'models.watch.show')}
        </Button>
        <WatchActions watch={watch} />
      </Group>
      {open && <Findings watch={name} />}
    </li>
  );
}

function WatchActions({ watch }: { readonly watch: WatchView }) {
  const { t } = useTexts();
  const params = { name: watch.name };
  const mayRun = useMay('models:download');
  const mayChange = useMay('models:write');
  const job = useWatchedJob([listWatches]);
  const run = useRouteMutation(runWatch, { onSuccess: () => job.start() });
  const change = useRouteMutation(changeWatch, { stales: [listWatches] });
  const remove = useRouteMutation(removeWatch, { stales: [listWatches] });
  const failed = [run, change, remove].find(({ isError }) => isError)?.error;
  return (
    <>
      {mayRun && (
        <Button size="compact-sm" variant="default" loading={run.isPending} onClick={() => run.mutate({ params })}>
          {t('models.watch.run')}
        </Button>
      )}
      {mayChange && (
        <Button
          size="compact-sm"
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ params, body: { enabled: !watch.enabled } })}
        >
          {t(watch.enabled ? 'models.watch.pause' : 'models.watch.resume')}
        </Button>
      )}
      {mayChange && (
        <Button
          size="compact-sm"
          variant="default"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
          aria-label={`${t('models.watch.remove')}: ${watch.name}`}
        >
          {t('models.watch.remove')}
        </Button>
      )}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </>
  );
}
