import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';

import {
  type ChangeTicket,
  changeTicket,
  listTickets,
  readTicket,
  type TicketView,
  ticketImportances,
} from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<TicketView['importance'], Tone>> = {
  low: 'calm',
  medium: 'info',
  high: 'warn',
  critical: 'bad',
};

interface TicketCardProps {
  readonly ticket: TicketView;
  readonly mayChange: boolean;
  /** Whether details are shown; kept by the board, since a card that changes its column is made anew. */
  readonly open: boolean;
  readonly onToggle: () => void;
}

export function TicketCard({ ticket, mayChange, open, onToggle }: TicketCardProps) {
  const { t } = useTexts();
  const { number, job, copy, kind, importance, what, findings, assignee, overdue, dueAt, status, times } = ticket;
  const name = `#${number}`;
  return (
    <li className="k-card k-ticket">
      <header>
        <h3>
          {name} {job}
          {copy === null ? '' : `/${copy}`}
        </h3>
        <StateBadge tone={tones[importance]} label={t(`backups.importance.${importance}`)} />
        <span className="k-tag">{t(`backups.ticket.kind.${kind}`)}</span>
        {status !== 'done' && overdue && <StateBadge tone="bad" label={t('backups.ticket.overdue')} />}
      </header>
      <p>{what.text}</p>
      <p>
        {assignee ?? t('backups.plans.nobody')} · {t('backups.ticket.due')} <Moment at={dueAt} />
        {times > 1 && ` · ${t('backups.ticket.times', { times })}`}
      </p>
      {ticket.closingReason !== null && <p>{ticket.closingReason}</p>}
      {ticket.closedBy === 'proof' && <p>{t('backups.ticket.closed-by-proof')}</p>}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          aria-label={`${t('backups.ticket.details')}: ${name}`}
          onClick={onToggle}
        >
          {t('backups.ticket.details')}
        </Button>
      </Group>
      {open && (
        <>
          <ul className="k-plain-list k-proof-findings">
            {findings.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <History ticket={ticket} />
          {mayChange && status !== 'done' && <Work ticket={ticket} />}
        </>
      )}
    </li>
  );
}

function History({ ticket }: { readonly ticket: TicketView }) {
  const { t } = useTexts();
  const query = useRouteQuery(readTicket, { params: { ticket: ticket.id } });
  return (
    <QueryView query={query}>
      {({ changes }) => (
        <ul className="k-plain-list k-ticket-history">
          {changes.map(({ at, by, what, note }) => (
            <li key={`${at} ${what}`}>
              <Moment at={at} /> {t(`backups.ticket.change.${wordOf(what)}`)} ({by}){note !== null && <> – {note}</>}
            </li>
          ))}
        </ul>
      )}
    </QueryView>
  );
}

function wordOf(what: string): 'opened' | 'again' | 'changed' | 'closed' {
  if (what === 'opened' || what === 'again' || what === 'closed') return what;
  return 'changed';
}

function Work({ ticket }: { readonly ticket: TicketView }) {
  const { t } = useTexts();
  const [assignee, setAssignee] = useState(ticket.assignee ?? '');
  const [text, setText] = useState('');
  const change = useRouteMutation(changeTicket, { stales: [listTickets, readTicket], onSuccess: () => setText('') });
  function send(body: ChangeTicket): void {
    change.mutate({ params: { ticket: ticket.id }, body });
  }
  const said = text.trim();
  return (
    <>
      {change.isError && <ProblemNotice error={change.error} />}
      <TextInput
        label={t('backups.plans.assignee')}
        value={assignee}
        onChange={(event) => setAssignee(event.currentTarget.value)}
        onBlur={() => {
          if (assignee !== (ticket.assignee ?? '')) send({ assignee: assignee.trim() === '' ? null : assignee.trim() });
        }}
      />
      <NativeSelect
        label={t('backups.ticket.importance')}
        value={ticket.importance}
        onChange={(event) => {
          const importance = ticketImportances.find((one) => one === event.currentTarget.value);
          if (importance !== undefined) send({ importance });
        }}
        data={ticketImportances.map((one) => ({ value: one, label: t(`backups.importance.${one}`) }))}
      />
      <Textarea
        label={t('backups.ticket.note')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={2000}
      />
      <Group gap="xs">
        {ticket.status === 'open' && (
          <Button size="compact-sm" loading={change.isPending} onClick={() => send({ status: 'in-progress' })}>
            {t('backups.ticket.begin')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" disabled={said === ''} onClick={() => send({ note: said })}>
          {t('backups.ticket.add-note')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={said === ''}
          onClick={() => send({ status: 'done', reason: said })}
        >
          {t('backups.ticket.close')}
        </Button>
      </Group>
    </>
  );
}
