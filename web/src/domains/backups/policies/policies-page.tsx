import '../jobs/jobs.css';

import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import {
  housePolicyKey,
  listBackupPolicies,
  type PolicyView,
  policyRulesSchema,
  removeBackupPolicy,
} from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
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
            [...items, ...usualUnlessChanged(items, t('policies.house'))].map((policy) => (
              <PolicyItem key={policy.key} policy={policy} />
            ))
          }
        </QueryView>
      </div>
    </>
  );
}

type ShownPolicy = Pick<PolicyView, 'key' | 'title' | 'dataClass' | 'rules'> & { readonly isUsual?: boolean };

/** What holds for jobs of no policy is shown as long as nobody made another rule for them. */
function usualUnlessChanged(items: readonly PolicyView[], title: string): readonly ShownPolicy[] {
  if (items.some(({ key }) => key === housePolicyKey)) return [];
  return [{ key: housePolicyKey, title, dataClass: null, rules: policyRulesSchema.parse({}), isUsual: true }];
}

function PolicyItem({ policy }: { readonly policy: ShownPolicy }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('system:configure');
  const [editing, setEditing] = useState(false);
  const remove = useRouteMutation(removeBackupPolicy, {
    stales: [listBackupPolicies],
    onSuccess: () => notifications.show({ message: t('policies.removed', { policy: policy.title }) }),
  });
  const { key, title, dataClass, rules, isUsual = false } = policy;
  const families = Object.entries(rules.mediaFamilies).map(([kind, family]) => `${kind} = ${family}`);
  const ofNoClass = key === housePolicyKey ? 'policies.all-others' : 'policies.named-only';
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
              value: dataClass === null ? t(ofNoClass) : t(`register.class.${dataClass}`),
            },
            { term: t('policies.minCopies'), value: format.number(rules.minCopies) },
            { term: t('policies.minMediaFamilies'), value: format.number(rules.minMediaFamilies) },
            { term: t('policies.minOffsite'), value: withAdvice(rules.minOffsite, rules.advisedOffsite) },
            { term: t('policies.minOffline'), value: withAdvice(rules.minOffline, rules.advisedOffline) },
            ...(families.length === 0 ? [] : [{ term: t('policies.mediaFamilies'), value: families.join(', ') }]),
            { term: t('policies.encryption'), value: t(`policies.encryption.${rules.encryption}`) },
            { term: t('policies.verifyEveryDays'), value: daysText(rules.verifyEveryDays) },
            { term: t('policies.retentionDays'), value: daysText(rules.retentionDays) },
            ...(['keptPercent', 'maxAgeHours', 'maxRunMinutes'] as const).flatMap((name) => {
              const value = rules[name];
              return value === null ? [] : [{ term: t(`policies.${name}`), value: format.number(value) }];
            }),
          ]}
        />
      )}
      {may && !editing && (
        <Group gap="xs" align="start">
          <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
            {t('register.edit')}
          </Button>
          {!isUsual && (
            <ConfirmAction
              label={t('policies.remove')}
              name={`${t('policies.remove')}: ${title}`}
              question={t('policies.remove.question', { policy: title })}
              consequence={t('policies.remove.consequence')}
              mutation={remove}
              onConfirm={(done) => remove.mutate({ params: { key } }, { onSuccess: done })}
            />
          )}
        </Group>
      )}
    </section>
  );

  function withAdvice(needed: number, advised: number): string {
    return advised > needed ? t('policies.with-advice', { needed, advised }) : format.number(needed);
  }
}
