import { Button } from '@mantine/core';

import { changeMediaSet, listDueSwaps, listMediaSets, readRotationCalendar, type SetView } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { SetBinding } from './set-binding.tsx';
import { SetPosition } from './set-position.tsx';
import { SetSwaps } from './set-swaps.tsx';
import { usePositionName } from './use-position-name.ts';

export function SetCard({ set }: { readonly set: SetView }) {
  const { t } = useTexts();
  return (
    <section className="k-card" aria-labelledby={`set-${set.key}`}>
      <h2 id={`set-${set.key}`}>{set.title}</h2>
      <p>
        {t(`media.scheme.${set.scheme.kind}`)} · {t('media.set.since', { day: set.startsOn })}{' '}
        {!set.active && <StateBadge tone="calm" icon="pause" label={t('media.set.paused')} />}
      </p>
      <Switch set={set} />
      <h3>{t('media.set.positions')}</h3>
      <ul className="k-plain-list k-media-list">
        {set.positions.map(({ position, label }) => (
          <SetPosition key={position} set={set.key} position={position} label={label} />
        ))}
      </ul>
      <h3>{t('media.copies')}</h3>
      <SetBinding set={set} />
      <h3>{t('media.calendar')}</h3>
      <Calendar set={set.key} />
      <SetSwaps set={set.key} />
    </section>
  );
}

function Switch({ set: { key, active } }: { readonly set: SetView }) {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const change = useRouteMutation(changeMediaSet, { stales: [listMediaSets, listDueSwaps] });
  if (!may) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        loading={change.isPending}
        onClick={() => change.mutate({ params: { key }, body: { active: !active } })}
      >
        {t(active ? 'media.set.pause' : 'media.set.resume')}
      </Button>
      {change.isError && <ProblemNotice error={change.error} />}
    </>
  );
}

const tones: Readonly<Record<'planned' | 'done' | 'missed', Tone>> = { planned: 'calm', done: 'ok', missed: 'warn' };

function Calendar({ set }: { readonly set: string }) {
  const { t } = useTexts();
  const positionName = usePositionName();
  const query = useRouteQuery(readRotationCalendar, { params: { key: set }, query: { days: 30 } });
  return (
    <QueryView query={query}>
      {({ items }) => (
        <ol className="k-plain-list k-media-list">
          {items.length === 0 && <li>{t('media.calendar.none')}</li>}
          {items.map(({ day, position, label, obstacle, state }) => (
            <li key={day}>
              <time dateTime={day}>{day}</time>
              <strong>{label ?? '–'}</strong>
              <span>{positionName(position)}</span>
              <StateBadge tone={tones[state]} label={t(`media.swap.state.${state}`)} />
              {obstacle !== null && <StateBadge tone="bad" label={t('media.calendar.obstacle')} />}
            </li>
          ))}
        </ol>
      )}
    </QueryView>
  );
}
