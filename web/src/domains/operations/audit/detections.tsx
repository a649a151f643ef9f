import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { acknowledgeDetection, type DetectionView, listDetections } from '#platform/audit/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const refreshMs = 30_000;
const states = ['open', 'all'] as const;
type State = (typeof states)[number];

const tones: Readonly<Record<DetectionView['severity'], Tone>> = { warning: 'warn', error: 'bad', critical: 'bad' };

/** What the rules found, and who has looked at it. */
export function Detections() {
  const { t } = useTexts();
  const [state, setState] = useState<State>('open');
  const query = useRouteQuery(listDetections, { query: { state } }, { refetchInterval: () => refreshMs });
  return (
    <section className="k-card k-audit-card" aria-labelledby="audit-detections">
      <header>
        <h2 id="audit-detections">{t('audit.detections')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('audit.which')}
          data={states.map((value) => ({ value, label: t(`audit.which.${value}`) }))}
          value={state}
          onChange={(value) => setState(value === 'all' ? 'all' : 'open')}
        />
      </header>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('audit.nothing-detected')} />
          ) : (
            <ul className="k-plain-list k-audit-list">
              {items.map((detection) => (
                <DetectionItem key={detection.id} detection={detection} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

function DetectionItem({ detection }: { readonly detection: DetectionView }) {
  const { t } = useTexts();
  const { title, severity, about, firstAt, lastAt, acknowledged } = detection;
  return (
    <li>
      <header>
        <StateBadge tone={tones[severity]} label={t(`audit.severity.${severity}`)} />
        <h3>{title}</h3>
      </header>
      <p>
        <span className="k-mono">{about}</span> · <Moment at={firstAt} as="exact" /> – <Moment at={lastAt} as="exact" />
      </p>
      {acknowledged === null ? (
        <Acknowledge id={detection.id} />
      ) : (
        <p>{t('audit.acknowledged', { by: acknowledged.by, reason: acknowledged.reason })}</p>
      )}
    </li>
  );
}

function Acknowledge({ id }: Pick<DetectionView, 'id'>) {
  const { t } = useTexts();
  const mayReview = useMay('audit:review');
  const [reason, setReason] = useState('');
  const acknowledge = useRouteMutation(acknowledgeDetection, { stales: [listDetections] });
  if (!mayReview) return null;
  function send(event: FormEvent): void {
    event.preventDefault();
    acknowledge.mutate({ params: { id }, body: { reason } });
  }
  return (
    <form className="k-audit-acknowledge" onSubmit={send}>
      <TextInput
        size="xs"
        label={t('audit.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        minLength={3}
        maxLength={1000}
        required
      />
      <Button size="xs" type="submit" variant="default" loading={acknowledge.isPending}>
        {t('audit.acknowledge')}
      </Button>
      {acknowledge.isError && <ProblemNotice error={acknowledge.error} />}
    </form>
  );
}
