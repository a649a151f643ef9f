import './batches.css';

import { Anchor, Button } from '@mantine/core';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { type BatchPlanView, listBatches, planBatch, startBatch } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { type BatchDraft, draftFrom, requestOf } from './batch-draft.ts';
import { BatchOptionFields } from './batch-option-fields.tsx';
import { BatchPlan } from './batch-plan.tsx';
import { BatchSourceFields } from './batch-source-fields.tsx';

const route = getRouteApi('/inside/models/downloads/new');

/** What to fetch and how; the plan is shown first, and nothing happens before somebody says so. */
export function NewBatchPage() {
  const { t } = useTexts();
  const may = useMay('models:download');
  return (
    <>
      <Anchor component={Link} to="/models/downloads" size="sm">
        {t('models.batch.back')}
      </Anchor>
      <PageHeader title={t('models.batches.new')} lead={t('models.batches.new.lead')} />
      {may ? <NewBatch /> : <Notice tone="warn" title={t('models.batches.may-not')} />}
    </>
  );
}

function NewBatch() {
  const { t } = useTexts();
  const [draft, setDraft] = useState(draftFrom(route.useSearch()));
  const [plan, setPlan] = useState<BatchPlanView>();
  const planning = useRouteMutation(planBatch, { onSuccess: setPlan });
  const request = requestOf(draft);
  /** A plan of something else must not be started. */
  function change(part: Partial<BatchDraft>): void {
    setDraft((before) => ({ ...before, ...part }));
    setPlan(undefined);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (request !== undefined) planning.mutate({ body: request });
  }
  return (
    <>
      <form className="k-batch-form" onSubmit={submit}>
        <BatchSourceFields draft={draft} onChange={change} />
        <BatchOptionFields draft={draft} onChange={change} />
        <span>
          <Button type="submit" variant="default" loading={planning.isPending} disabled={request === undefined}>
            {t('models.batch.plan')}
          </Button>
        </span>
      </form>
      {planning.isError && <ProblemNotice error={planning.error} />}
      {plan !== undefined && (
        <BatchPlan
          plan={plan}
          draft={draft}
          onConsent={(consent) => setDraft((before) => ({ ...before, ...consent }))}
          start={<StartButton draft={draft} plan={plan} />}
        />
      )}
    </>
  );
}

function StartButton({ draft, plan }: { readonly draft: BatchDraft; readonly plan: BatchPlanView }) {
  const { t } = useTexts();
  const navigate = useNavigate();
  const request = requestOf(draft);
  const start = useRouteMutation(startBatch, {
    stales: [listBatches],
    onSuccess: ({ id }) => void navigate({ to: '/models/downloads/$id', params: { id } }),
  });
  return (
    <>
      <span>
        <Button
          loading={start.isPending}
          disabled={request === undefined || plan.files === 0 || !plan.fits}
          onClick={() => request !== undefined && start.mutate({ body: request })}
        >
          {t('models.batch.start')}
        </Button>
      </span>
      {start.isError && <ProblemNotice error={start.error} />}
    </>
  );
}
