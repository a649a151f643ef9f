import './media.css';

import { Button, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { type LoanView, listLoans, printLoanSlip } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { ReturnAction } from './lending.tsx';
import { MediaLinks } from './media-links.tsx';
import { savePrinted } from './save-printed.ts';

const states = ['open', 'overdue', 'all'] as const;

export function LoansPage() {
  const { t } = useTexts();
  const [state, setState] = useState<(typeof states)[number]>('open');
  const query = useRouteQuery(listLoans, { query: { state } });
  return (
    <>
      <PageHeader title={t('media.loans.title')} lead={t('media.loans.lead')} />
      <div className="k-media">
        <MediaLinks />
        <SegmentedControl
          aria-label={t('media.loans.title')}
          value={state}
          onChange={(value) => setState(states.find((one) => one === value) ?? 'open')}
          data={states.map((one) => ({ value: one, label: t(`media.loans.${one}`) }))}
        />
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('media.loans.none')} />
            ) : (
              items.map((loan) => <LoanCard key={loan.id} loan={loan} />)
            )
          }
        </QueryView>
      </div>
    </>
  );
}

function LoanCard({ loan }: { readonly loan: LoanView }) {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const print = useRouteMutation(printLoanSlip, { onSuccess: savePrinted });
  const { id, label, name, borrower, organisation, contact, purpose, dueOn, returnedAt, daysOverdue } = loan;
  return (
    <section className="k-card" aria-labelledby={`loan-${id}`}>
      <h2 id={`loan-${id}`}>
        <Link to="/backups/media/$label" params={{ label }}>
          {label}
        </Link>{' '}
        {name}
      </h2>
      <p>{[borrower, organisation, contact, purpose].filter((part) => part !== '').join(' · ')}</p>
      <p>
        <Moment at={loan.lentAt} as="exact" /> → {returnedAt === null ? dueOn : <Moment at={returnedAt} as="exact" />}{' '}
        {daysOverdue > 0 && <StateBadge tone="bad" label={t('media.loans.days', { days: daysOverdue })} />}
        {loan.condition !== null && t(`media.condition.${loan.condition}`)}
      </p>
      <div className="k-media-actions">
        {may && returnedAt === null && <ReturnAction label={label} />}
        <Button
          size="compact-sm"
          variant="default"
          loading={print.isPending}
          onClick={() => print.mutate({ params: { id } })}
          aria-label={`${t('media.loans.slip')}: ${label}`}
        >
          {t('media.loans.slip')}
        </Button>
      </div>
      {print.isError && <ProblemNotice error={print.error} />}
    </section>
  );
}
