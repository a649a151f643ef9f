import './batches.css';

import { Anchor, NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';

import {
  type BatchDetailView,
  type BatchProgressView,
  type BatchView,
  batchPriorities,
  changeBatch,
  listBatches,
  readBatch,
} from '#models/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { DecisionList } from '../steering/decision-list.tsx';
import { BatchActions } from './batch-actions.tsx';
import { BatchItems } from './batch-items.tsx';
import { BatchProgress } from './batch-progress.tsx';
import { BatchReason } from './batch-reason.tsx';
import { batchTones, isOpen } from './batch-status.ts';
import { ReportButtons } from './report-buttons.tsx';
import { useBatchProgress } from './use-batch-progress.ts';

const route = getRouteApi('/inside/models/downloads/$id');
const pollMs = 5000;

export function BatchPage() {
  const { t } = useTexts();
  const { id } = route.useParams();
  const live = useBatchProgress().get(id);
  const query = useRouteQuery(
    readBatch,
    { params: { id } },
    { refetchInterval: (latest) => latest !== undefined && isOpen(latest.status) && pollMs },
  );
  return (
    <>
      <Anchor component={Link} to="/models/downloads" size="sm">
        {t('models.batch.back')}
      </Anchor>
      <QueryView query={query}>{(batch) => <Batch batch={batch} live={live} />}</QueryView>
    </>
  );
}

interface BatchProps {
  readonly batch: BatchDetailView;
  readonly live: BatchProgressView | undefined;
}

function Batch({ batch, live }: BatchProps) {
  const { t } = useTexts();
  const heard = isOpen(batch.status) ? live : undefined;
  const tally = heard?.tally ?? batch.tally;
  return (
    <article className="k-batch-detail">
      <PageHeader title={batch.name} lead={batch.origin} actions={<BatchActions batch={batch} />} />
      <section className="k-card k-batch" aria-label={t('models.batch.state')}>
        <div className="k-batch-head">
          <StateBadge tone={batchTones[batch.status]} label={t(`models.batch.status.${batch.status}`)} />
          <Moment at={batch.updatedAt} />
          <PriorityChoice batch={batch} />
        </div>
        <BatchProgress name={batch.name} tally={tally} live={heard} />
        <BatchReason batch={batch} />
        <BatchFacts batch={batch} />
        <ReportButtons id={batch.id} />
        <details>
          <summary>{t('models.decisions')}</summary>
          <DecisionList decisions={batch.decisions} />
        </details>
      </section>
      <BatchItems id={batch.id} tally={tally} isOpen={isOpen(batch.status)} />
    </article>
  );
}

function BatchFacts({ batch }: { readonly batch: BatchView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { options, tally, boost, createdBy, startedAt, endedAt } = batch;
  const { priority: asked, strategy, parallel, windows, mode, batchSize, pauseSeconds } = options;
  const priority = t(`models.batch.priority.${asked}`);
  return (
    <Facts
      facts={[
        {
          term: t('models.batch.priority'),
          value: boost === 0 ? priority : t('models.batch.boosted', { priority, count: boost }),
        },
        {
          term: t('models.batch.strategy'),
          value: t(`models.batch.strategy.${strategy}`, { count: parallel }),
        },
        { term: t('models.mode'), value: t(`models.mode.${mode ?? 'usual'}`) },
        ...(batchSize === undefined
          ? []
          : [
              {
                term: t('models.batch.group'),
                value: t('models.batch.group.value', { count: batchSize, seconds: pauseSeconds }),
              },
            ]),
        {
          term: t('models.batch.windows'),
          value: windows.length === 0 ? t('models.batch.windows.always') : windows.join(', '),
        },
        { term: t('models.batch.network'), value: format.bytes(tally.networkBytes) },
        { term: t('models.batch.retries'), value: format.number(tally.retries) },
        { term: t('models.batch.created-by'), value: createdBy },
        { term: t('models.batch.started'), value: startedAt === null ? '–' : <Moment at={startedAt} as="exact" /> },
        { term: t('models.batch.ended'), value: endedAt === null ? '–' : <Moment at={endedAt} as="exact" /> },
      ]}
    />
  );
}

function PriorityChoice({ batch: { id, status, options } }: { readonly batch: BatchView }) {
  const { t } = useTexts();
  const may = useMay('models:download');
  const change = useRouteMutation(changeBatch, { stales: [readBatch, listBatches] });
  if (!may || !isOpen(status)) return null;
  return (
    <span>
      <NativeSelect
        size="xs"
        aria-label={t('models.batch.priority')}
        value={options.priority}
        data={batchPriorities.map((value) => ({ value, label: t(`models.batch.priority.${value}`) }))}
        onChange={(event) => {
          const priority = batchPriorities.find((one) => one === event.currentTarget.value);
          if (priority !== undefined) change.mutate({ params: { id }, body: { priority } });
        }}
      />
      {change.isError && <ProblemNotice error={change.error} />}
    </span>
  );
}
