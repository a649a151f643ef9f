import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  listTickets,
  openTicketByHand,
  type TicketImportance,
  type TicketKind,
  ticketImportances,
  ticketKinds,
} from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { JobChoice } from '../drills/job-choice.tsx';

/** For what somebody found otherwise. */
export function NewTicketForm() {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const [kind, setKind] = useState<TicketKind>('other');
  const [importance, setImportance] = useState<TicketImportance>('medium');
  const [detail, setDetail] = useState('');
  const open = useRouteMutation(openTicketByHand, { stales: [listTickets], onSuccess: () => setDetail('') });
  function submit(event: FormEvent): void {
    event.preventDefault();
    open.mutate({ body: { job, kind, importance, detail } });
  }
  return (
    <form onSubmit={submit} className="k-card k-proof-form" aria-labelledby="new-ticket">
      <h2 id="new-ticket">{t('backups.ticket.new')}</h2>
      {open.isError && <ProblemNotice error={open.error} />}
      <div className="k-proof-fields">
        <JobChoice value={job} onChange={setJob} />
        <NativeSelect
          label={t('backups.ticket.kind')}
          value={kind}
          onChange={(event) => setKind(ticketKinds.find((one) => one === event.currentTarget.value) ?? 'other')}
          data={ticketKinds.map((one) => ({ value: one, label: t(`backups.ticket.kind.${one}`) }))}
        />
        <NativeSelect
          label={t('backups.ticket.importance')}
          value={importance}
          onChange={(event) =>
            setImportance(ticketImportances.find((one) => one === event.currentTarget.value) ?? 'medium')
          }
          data={ticketImportances.map((one) => ({ value: one, label: t(`backups.importance.${one}`) }))}
        />
        <Textarea
          label={t('backups.ticket.detail')}
          value={detail}
          onChange={(event) => setDetail(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
          required
        />
      </div>
      <Button type="submit" variant="default" loading={open.isPending} disabled={job === '' || detail.trim() === ''}>
        {t('backups.ticket.open')}
      </Button>
    </form>
  );
}
