import './proof.css';

import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { listDrills } from '#backups/contract';

import { api } from '../../../lib/api.ts';
import { routeKey } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Waiting } from '../../../ui/query-view.tsx';
import { CoverageTable } from './coverage-table.tsx';
import { DrillTable } from './drill-table.tsx';
import { JobChoice } from './job-choice.tsx';
import { ManualDrillForm } from './manual-drill-form.tsx';
import { NewDrillForm } from './new-drill-form.tsx';

export function DrillsPage() {
  const { t } = useTexts();
  const may = useMay('backups:run');
  return (
    <>
      <PageHeader
        title={t('backups.drills.title')}
        lead={t('backups.drills.lead')}
        actions={<Link to="/backups/test-plans">{t('backups.plans.title')}</Link>}
      />
      <div className="k-proof">
        {may && <NewDrillForm />}
        <Records />
        <CoverageTable />
        {may && <ManualDrillForm />}
      </div>
    </>
  );
}

const busyMs = 1000;
const quietMs = 30_000;

function Records() {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const records = useInfiniteQuery({
    queryKey: routeKey(listDrills, { job }),
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: 50, cursor: pageParam, ...(job === '' ? {} : { job }) };
      return api.call(listDrills, { query }, signal);
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) => ((state.data?.pages[0]?.totals.running ?? 0) > 0 ? busyMs : quietMs),
  });
  const pages = records.data?.pages;
  const items = pages?.flatMap((page) => page.items) ?? [];
  return (
    <section className="k-card" aria-labelledby="drill-records">
      <h2 id="drill-records">{t('backups.drills.records')}</h2>
      <JobChoice value={job} onChange={setJob} all />
      {records.isError && <ProblemNotice error={records.error} onRetry={() => void records.refetch()} />}
      {pages === undefined && !records.isError && <Waiting />}
      {pages?.[0] !== undefined && <Totals totals={pages[0].totals} />}
      {pages !== undefined && items.length === 0 && (
        <EmptyNote title={t('backups.drills.none')}>{t('backups.drills.none.advice')}</EmptyNote>
      )}
      {items.length > 0 && <DrillTable drills={items} />}
      {records.hasNextPage && (
        <Button size="compact-sm" variant="default" onClick={() => void records.fetchNextPage()}>
          {t('backups.proof.more')}
        </Button>
      )}
    </section>
  );
}

interface TotalsProps {
  readonly totals: { readonly passed: number; readonly failed: number; readonly interrupted: number };
}

function Totals({ totals }: TotalsProps) {
  const { t } = useTexts();
  const format = useFormat();
  const { passed, failed } = totals;
  const ended = passed + failed;
  return (
    <Facts
      facts={[
        ...(['passed', 'failed', 'interrupted'] as const).map((result) => ({
          term: t(`backups.drill.${result}`),
          value: format.number(totals[result]),
        })),
        { term: t('backups.drills.rate'), value: ended === 0 ? '–' : format.percent(passed / ended) },
      ]}
    />
  );
}
