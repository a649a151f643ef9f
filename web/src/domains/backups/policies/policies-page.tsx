import '../jobs/jobs.css';

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import { listBackupPolicies, type PolicyView, removeBackupPolicy } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { PolicyForm } from './policy-form.tsx';

export function PoliciesPage() {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [making, setMaking] = useState(false);
  const query = useRouteQuery(listBackupPolicies);
  return (
    <>
      <PageHeader
        title={t('policies.title')}
        lead={t('policies.lead')}
        actions={may && !making && <Button onClick={() => setMaking(true)}>{t('policies.new')}</Button>}
      />
      <div className="k-register">
        {making && (
          <section className="k-card k-register-card" aria-labelledby="new-policy">
            <h2 id="new-policy">{t('policies.new')}</h2>
            <PolicyForm policy={null} onDone={() => setMaking(false)} />
          </section>
        )}
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('policies.none')}>{t('policies.none.advice')}</EmptyNote>
            ) : (
              items.map((policy) => <PolicyItem key={policy.key} policy={policy} />)
            )
          }
        </QueryView>
      </div>
    </>
  );
}

function PolicyItem({ policy }: { readonly policy: PolicyView }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('system:configure');
  const [editing, setEditing] = useState(false);
  const remove = useRouteMutation(removeBackupPolicy, {
    stales: [listBackupPolicies],
    onSuccess: () => notifications.show({ message: t('policies.removed', { policy: policy.title }) }),
  });
  const { key, title, dataClass, rules } = policy;
  function daysText(days: number | null): string {
    return days === null ? '–' : t('policies.days', { days: format.number(days) });
  }
  return (
    <section className="k-card k-register-card" aria-labelledby={`policy-${key}`}>
      <h2 id={`policy-${key}`}>{title}</h2>
      {editing ? (
        <PolicyForm policy={policy} onDone={() => setEditing(false)} />
      ) : (
        <Facts
          facts={[
            { term: t('register.key'), value: <span className="k-mono">{key}</span> },
            {
              term: t('register.class'),
              value: dataClass === null ? t('policies.named-only') : t(`register.class.${dataClass}`),
            },
            { term: t('policies.minCopies'), value: format.number(rules.minCopies) },
            { term: t('policies.minMediaFamilies'), value: format.number(rules.minMediaFamilies) },
            { term: t('policies.minOffsite'), value: withAdvice(rules.minOffsite, rules.advisedOffsite) },
            { term: t('policies.minOffline'), value: withAdvice(rules.minOffline, rules.advisedOffline) },
            { term: t('policies.encryption'), value: t(`policies.encryption.${rules.encryption}`) },
            { term: t('policies.verifyEveryDays'), value: daysText(rules.verifyEveryDays) },
            { term: t('policies.retentionDays'), value: daysText(rules.retentionDays) },
          ]}
        />
      )}
      {may && !editing && (
        <Group gap="xs" align="start">
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {t('register.edit')}
          </Button>
          <ConfirmAction
            label={t('policies.remove')}
            name={`${t('policies.remove')}: ${title}`}
            question={t('policies.remove.question', { policy: title })}
            consequence={t('policies.remove.consequence')}
            mutation={remove}
            onConfirm={(done) => remove.mutate({ params: { key } }, { onSuccess: done })}
          />
        </Group>
      )}
    </section>
  );

  function withAdvice(needed: number, advised: number): string {
    return advised > needed ? t('policies.with-advice', { needed, advised }) : format.number(needed);
  }
}
