import './proof.css';

import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { listDrills, listPlannedTests, listTestPlans, listTickets, planRecommendedTests } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { DrillTable } from './drill-table.tsx';
import { PlanTable } from './plan-table.tsx';

const drillsShown = 10;

/** What proves that a job's backups come back: its plans, its newest drills, what is not settled. */
export function JobProof({ job }: { readonly job: string }) {
  const { t } = useTexts();
  const drills = useRouteQuery(listDrills, { query: { job, limit: drillsShown } });
  return (
    <section className="k-card k-proof-form" aria-labelledby="job-proof">
      <h2 id="job-proof">{t('backups.drills.title')}</h2>
      <OpenTickets job={job} />
      <QueryView query={drills}>
        {({ items }) => (items.length === 0 ? <p>{t('backups.drills.none')}</p> : <DrillTable drills={items} />)}
      </QueryView>
      <Plans job={job} />
    </section>
  );
}

function Plans({ job }: { readonly job: string }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const plans = useRouteQuery(listTestPlans, { query: { job } });
  const recommend = useRouteMutation(planRecommendedTests, { stales: [listTestPlans, listPlannedTests] });
  return (
    <>
      <h3 id="plans">{t('backups.plans.title')}</h3>
      <QueryView query={plans}>
        {({ items }) => (items.length === 0 ? <p>{t('backups.plans.none')}</p> : <PlanTable plans={items} />)}
      </QueryView>
      {recommend.isError && <ProblemNotice error={recommend.error} />}
      {may && (
        <Button
          size="compact-md"
          mt="xs"
          variant="default"
          loading={recommend.isPending}
          onClick={() => recommend.mutate({ params: { key: job } })}
        >
          {t('backups.plans.recommend')}
        </Button>
      )}
    </>
  );
}

function OpenTickets({ job }: { readonly job: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const tickets = useRouteQuery(listTickets, { query: { job, limit: 1 } });
  if (tickets.data === undefined) return null;
  const { open, inProgress } = tickets.data.statistics;
  return (
    <p>
      <Link to="/backups/tickets">{t('backups.tickets.count', { tickets: format.number(open + inProgress) })}</Link>
    </p>
  );
}
