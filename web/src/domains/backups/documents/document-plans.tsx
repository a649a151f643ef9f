import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import { type DocumentPlan, listDocumentPlans, removeDocumentPlan, runDocumentPlan } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { plannedFormat } from './matter-fields.tsx';
import { PlanForm } from './plan-form.tsx';

/** Reports that are made and sent by themselves. */
export function DocumentPlans() {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [isMaking, setMaking] = useState(false);
  const query = useRouteQuery(listDocumentPlans);
  return (
    <section className="k-card k-documents-card" aria-labelledby="document-plans">
      <h2 id="document-plans">{t('documents.plans')}</h2>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote title={t('documents.plans-none')} />
          ) : (
            items.map((plan) => <PlanItem key={plan.name} plan={plan} />)
          )
        }
      </QueryView>
      {may && !isMaking && (
        <Button variant="default" onClick={() => setMaking(true)}>
          {t('documents.plan-new')}
        </Button>
      )}
      {isMaking && <PlanForm taken={query.data?.items.map(({ name }) => name)} onDone={() => setMaking(false)} />}
    </section>
  );
}

function PlanItem({ plan }: { readonly plan: DocumentPlan }) {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [isChanging, setChanging] = useState(false);
  const { name, kind, every, at, zone, to, nextRun, lastRun } = plan;
  return (
    <section aria-labelledby={`plan-${name}`}>
      <h3 id={`plan-${name}`}>{name}</h3>
      <Facts
        facts={[
          { term: t('documents.kind'), value: t(`documents.choice.${kind}`) },
          { term: t('documents.format'), value: t(`documents.choice.${plannedFormat(plan)}`) },
          { term: t('documents.every'), value: `${t(`documents.every.${every}`)} ${at} (${zone})` },
          {
            term: t('documents.next'),
            value: nextRun === null ? t('documents.off') : <Moment at={nextRun} as="exact" />,
          },
          { term: t('documents.last'), value: lastRun === null ? '–' : <Moment at={lastRun} as="exact" /> },
          { term: t('documents.to-people'), value: to.length === 0 ? '–' : to.join(', ') },
        ]}
      />
      {may && !isChanging && <PlanActions name={name} onChange={() => setChanging(true)} />}
      {isChanging && <PlanForm plan={plan} onDone={() => setChanging(false)} />}
    </section>
  );
}

interface PlanActionsProps {
  readonly name: string;
  readonly onChange: () => void;
}

function PlanActions({ name, onChange }: PlanActionsProps) {
  const { t } = useTexts();
  const remove = useRouteMutation(removeDocumentPlan, { stales: [listDocumentPlans] });
  const run = useRouteMutation(runDocumentPlan, {
    onSuccess: () => notifications.show({ message: t('documents.plan-queued', { name }) }),
  });
  return (
    <>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          loading={run.isPending}
          onClick={() => run.mutate({ params: { name } })}
          aria-label={`${t('documents.plan-run')}: ${name}`}
        >
          {t('documents.plan-run')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={onChange}
          aria-label={`${t('documents.plan-change')}: ${name}`}
        >
          {t('documents.plan-change')}
        </Button>
        <ConfirmAction
          label={t('documents.plan-remove')}
          name={`${t('documents.plan-remove')}: ${name}`}
          question={t('documents.plan-remove-question', { name })}
          consequence={t('documents.plan-remove-consequence')}
          mutation={remove}
          onConfirm={(done) => remove.mutate({ params: { name } }, { onSuccess: done })}
        />
      </Group>
      {run.isError && <ProblemNotice error={run.error} />}
    </>
  );
}
