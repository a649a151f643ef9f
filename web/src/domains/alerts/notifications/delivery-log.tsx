import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';

import {
  type DeliveryState,
  type DeliveryView,
  deliveryStates,
  listDeliveries,
  retryDelivery,
} from '#platform/notify/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const refreshMs = 15_000;
const tones: Readonly<Record<DeliveryState, Tone>> = { waiting: 'calm', sending: 'info', sent: 'ok', failed: 'bad' };

/** What was told to whom, and what became of it. */
export function DeliveryLog() {
  const { t } = useTexts();
  const [state, setState] = useState<DeliveryState | undefined>();
  const call = { query: state === undefined ? {} : { state } };
  const query = useRouteQuery(listDeliveries, call, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card k-alerts-card" aria-labelledby="delivery-log">
      <header>
        <h2 id="delivery-log">{t('notify.log')}</h2>
        <NativeSelect
          size="xs"
          aria-label={t('alerts.filter.state')}
          data={[
            { value: '', label: t('alerts.any') },
            ...deliveryStates.map((value) => ({ value, label: t(`notify.delivery.${value}`) })),
          ]}
          value={state ?? ''}
          onChange={(event) => setState(deliveryStates.find((one) => one === event.currentTarget.value))}
        />
      </header>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('notify.log.none')} />
          ) : (
            <ul className="k-plain-list k-alerts-list">
              {items.map((delivery) => (
                <DeliveryItem key={delivery.id} delivery={delivery} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

function DeliveryItem({ delivery }: { readonly delivery: DeliveryView }) {
  const { t } = useTexts();
  const { state, title, path, target, rule, createdAt, dueAt, attempts, lastReason, lastError, ms } = delivery;
  const said = lastReason ?? lastError;
  return (
    <li>
      <div className="k-alerts-row">
        <StateBadge tone={tones[state]} label={t(`notify.delivery.${state}`)} />
        <span className="k-mono">{target}</span>
      </div>
      <p>
        <a href={path}>{title}</a>
      </p>
      <p className="k-alerts-dim">
        <Moment at={createdAt} as="exact" /> · {t('notify.by-route', { name: rule })} ·{' '}
        {t('notify.attempts', { count: attempts })}
        {ms !== null && ` · ${ms} ms`}
        {state === 'waiting' && (
          <>
            {' '}
            · {t('notify.due')} <Moment at={dueAt} as="exact" />
          </>
        )}
      </p>
      {said !== null && <p className="k-mono">{said}</p>}
      {state === 'failed' && <Retry id={delivery.id} />}
    </li>
  );
}

function Retry({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const mayOperate = useMay('system:operate');
  const retry = useRouteMutation(retryDelivery, { stales: [listDeliveries] });
  if (!mayOperate) return null;
  return (
    <div>
      <Button
        size="compact-sm"
        variant="default"
        loading={retry.isPending}
        onClick={() => retry.mutate({ params: { id } })}
      >
        {t('notify.retry')}
      </Button>
      {retry.isError && <ProblemNotice error={retry.error} />}
    </div>
  );
}
