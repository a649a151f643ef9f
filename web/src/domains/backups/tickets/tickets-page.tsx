import '../drills/proof.css';

import { useState } from 'react';

import { listTickets, type TicketView, ticketStatuses } from '#backups/contract';

import type { RouteOutput } from '#platform/contract';
import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { JobChoice } from '../drills/job-choice.tsx';
import { NewTicketForm } from './new-ticket-form.tsx';
import { TicketCard } from './ticket-card.tsx';

const lookAgainMs = 30_000;

export function TicketsPage() {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const [job, setJob] = useState('');
  const query = useRouteQuery(
    listTickets,
    { query: { limit: 200, ...(job === '' ? {} : { job }) } },
    { refetchInterval: () => lookAgainMs },
  );
  return (
    <>
      <PageHeader title={t('backups.tickets.title')} lead={t('backups.tickets.lead')} />
      <div className="k-proof">
        <JobChoice value={job} onChange={setJob} all />
        <QueryView query={query}>{(page) => <Board page={page} mayChange={may} />}</QueryView>
        {may && <NewTicketForm />}
      </div>
    </>
  );
}

interface BoardProps {
  readonly page: RouteOutput<typeof listTickets>;
  readonly mayChange: boolean;
}

function Board({ page: { items, statistics }, mayChange }: BoardProps) {
  const { t } = useTexts();
  const format = useFormat();
  const { open, inProgress, overdue, closedIn30Days, meanHoursToClose: hours } = statistics;
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  function toggle(id: string): void {
    setOpened((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  }
  const byStatus = Map.groupBy(items, ({ status }: TicketView) => status);
  return (
    <>
      <Facts
        facts={[
          { term: t('backups.ticket.status.open'), value: format.number(open) },
          { term: t('backups.ticket.status.in-progress'), value: format.number(inProgress) },
          { term: t('backups.tickets.overdue'), value: format.number(overdue) },
          { term: t('backups.tickets.closed'), value: format.number(closedIn30Days) },
          {
            term: t('backups.tickets.mean'),
            value: hours === null ? '–' : t('backups.tickets.hours', { hours: format.number(Math.ceil(hours)) }),
          },
        ]}
      />
      {items.length === 0 && (
        <EmptyNote title={t('backups.tickets.none')}>{t('backups.tickets.none.advice')}</EmptyNote>
      )}
      {items.length > 0 && (
        <div className="k-board">
          {ticketStatuses.map((status) => (
            <section key={status} aria-labelledby={`tickets-${status}`}>
              <h2 id={`tickets-${status}`}>{t(`backups.ticket.status.${status}`)}</h2>
              <ul className="k-plain-list">
                {(byStatus.get(status) ?? []).map((ticket) => (
                  <TicketCard
                    key={ticket.id}
                    ticket={ticket}
                    mayChange={mayChange}
                    open={opened.has(ticket.id)}
                    onToggle={() => toggle(ticket.id)}
                  />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  );
}
