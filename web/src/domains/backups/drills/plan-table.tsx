import '../../../ui/stacking-table.css';

import { Table } from '@mantine/core';

import { endTestPlan, listPlannedTests, listTestPlans, type TestPlanView } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { planTones } from './drill-tones.ts';

export function PlanTable({ plans }: { readonly plans: readonly TestPlanView[] }) {
  const { t } = useTexts();
  return (
    <Table className="k-stacking" verticalSpacing="xs" aria-labelledby="plans">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('backups.proof.what')}</Table.Th>
          <Table.Th>{t('backups.plans.due')}</Table.Th>
          <Table.Th>{t('backups.plans.frequency')}</Table.Th>
          <Table.Th>{t('backups.plans.assignee')}</Table.Th>
          <Table.Th>{t('backups.plans.passed')}</Table.Th>
          <Table.Td />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {plans.map((plan) => (
          <PlanRow key={plan.id} plan={plan} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function PlanRow({ plan }: { readonly plan: TestPlanView }) {
  const { t } = useTexts();
  const format = useFormat();
  const may = useMay('system:configure');
  const end = useRouteMutation(endTestPlan, { stales: [listTestPlans, listPlannedTests] });
  const { job, kind, dueOn, standing, frequency, assignee, automatic, passedAt, active } = plan;
  const name = `${job}: ${t(`backups.drill.kind.${kind}`)}`;
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td data-label={t('backups.plans.due')}>
        <span>
          {active && format.date(dueOn)} <StateBadge tone={planTones[standing]} label={t(`backups.plan.${standing}`)} />
        </span>
      </Table.Td>
      <Table.Td data-label={t('backups.plans.frequency')}>{t(`backups.frequency.${frequency}`)}</Table.Td>
      <Table.Td data-label={t('backups.plans.assignee')}>
        {assignee ?? t(automatic ? 'backups.plans.kura' : 'backups.plans.nobody')}
      </Table.Td>
      <Table.Td data-label={t('backups.plans.passed')}>
        {passedAt === null ? t('backups.never') : <Moment at={passedAt} />}
      </Table.Td>
      <Table.Td>
        {may && active && (
          <ConfirmAction
            label={t('backups.plans.end')}
            name={`${t('backups.plans.end')}: ${name}`}
            question={t('backups.plans.end.question', { name })}
            consequence={t('backups.plans.end.consequence')}
            mutation={end}
            onConfirm={(done) => end.mutate({ params: { key: job, kind } }, { onSuccess: done })}
          />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
