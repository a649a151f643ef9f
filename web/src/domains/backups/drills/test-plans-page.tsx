import './proof.css';

import { Link } from '@tanstack/react-router';

import { listPlannedTests, listTestPlans, type PlannedTest } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { Canaries } from './canaries.tsx';
import { planTones } from './drill-tones.ts';
import { PlanTable } from './plan-table.tsx';
import { TestPlanForm } from './test-plan-form.tsx';

const calendarDays = 92;
const dayMs = 86_400_000;

export function TestPlansPage() {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const plans = useRouteQuery(listTestPlans);
  return (
    <>
      <PageHeader
        title={t('backups.plans.title')}
        lead={t('backups.plans.lead')}
        actions={<Link to="/backups/drills">{t('backups.drills.title')}</Link>}
      />
      <div className="k-proof">
        <section className="k-card" aria-labelledby="plans">
          <h2 id="plans">{t('backups.plans.all')}</h2>
          <QueryView query={plans}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyNote title={t('backups.plans.none')}>{t('backups.plans.none.advice')}</EmptyNote>
              ) : (
                <PlanTable plans={items} />
              )
            }
          </QueryView>
        </section>
        <Calendar />
        {may && <TestPlanForm />}
        <Canaries />
      </div>
    </>
  );
}

/** The days of the next three months on which something is due. */
function Calendar() {
  const { t } = useTexts();
  const from = new Date().toISOString().slice(0, 10);
  const until = new Date(Date.now() + calendarDays * dayMs).toISOString().slice(0, 10);
  const planned = useRouteQuery(listPlannedTests, { query: { from, until } });
  return (
    <section className="k-card" aria-labelledby="planned">
      <h2 id="planned">{t('backups.plans.calendar')}</h2>
      <QueryView query={planned}>
        {({ items }) => (items.length === 0 ? <p>{t('backups.plans.calendar.none')}</p> : <Days items={items} />)}
      </QueryView>
    </section>
  );
}

function Days({ items }: { readonly items: readonly PlannedTest[] }) {
  const { t } = useTexts();
  const format = useFormat();
  const byMonth = [...Map.groupBy(items, ({ on }) => on.slice(0, 7))];
  return (
    <div className="k-board">
      {byMonth.map(([month, tests]) => (
        <div key={month}>
          <h3>{month}</h3>
          <ul className="k-plain-list k-proof-findings">
            {tests.map(({ on, planId, job, kind, standing, assignee }) => (
              <li key={`${planId} ${on}`}>
                {format.date(on)} {job}: {t(`backups.drill.kind.${kind}`)}
                {assignee === null ? '' : ` (${assignee})`}{' '}
                {standing !== 'fine' && <StateBadge tone={planTones[standing]} label={t(`backups.plan.${standing}`)} />}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
