import { Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

import {
  type CopyRemoval,
  foreseeCopyRemoval,
  type JobView,
  readBackupJob,
  readBackupStatus,
  readJobStatus,
  removeBackupCopy,
} from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { CopyChangeAction } from './copy-change.tsx';

/** Copies whose facts can be changed, and that can be taken out of their job, with what would follow. */
export function JobCopies({ job }: { readonly job: Pick<JobView, 'key' | 'copies'> }) {
  const { t } = useTexts();
  if (job.copies.length === 0) return null;
  return (
    <section className="k-card k-register-card" aria-labelledby="remove-copies">
      <h2 id="remove-copies">{t('removal.title')}</h2>
      <p>{t('removal.lead')}</p>
      <ul className="k-plain-list">
        {job.copies.map((copy) => (
          <li key={copy.id} className="k-register-form">
            <strong>{copy.name}</strong>
            <Group gap="xs" align="start">
              <CopyChangeAction copy={copy} />
              <Removal job={job.key} copy={copy.name} />
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Removal({ job, copy }: { readonly job: string; readonly copy: string }) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const params = { key: job, copy };
  const remove = useRouteMutation(removeBackupCopy, {
    stales: [readBackupJob, readBackupStatus, readJobStatus],
    onSuccess: () => notifications.show({ message: t('removal.done', { copy }) }),
  });
  return (
    <ConfirmAction
      label={t('removal.remove')}
      name={t('removal.remove-named', { copy })}
      question={t('removal.question', { copy })}
      consequence={t('removal.stays')}
      mutation={remove}
      onConfirm={(done) => {
        remove.mutate({ params, body: { reason } }, { onSuccess: done });
      }}
    >
      <Consequences job={job} copy={copy} />
      <TextInput
        label={t('removal.reason')}
        value={reason}
        required
        maxLength={500}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
    </ConfirmAction>
  );
}

function Consequences({ job, copy }: { readonly job: string; readonly copy: string }) {
  const foreseen = useRouteQuery(foreseeCopyRemoval, { params: { key: job, copy } });
  return <QueryView query={foreseen}>{(removal) => <Told removal={removal} />}</QueryView>;
}

function Told({ removal }: { readonly removal: CopyRemoval }) {
  const { t } = useTexts();
  const format = useFormat();
  const { verdict, lostDigits, newestElsewhere, copiesLeft, medium, lockedUntil } = removal;
  const words = { now: t(`backups.status.${verdict.now}`), after: t(`backups.status.${verdict.after}`) };
  return (
    <ul>
      <li>{t('removal.verdict', words)}</li>
      {lostDigits.map((digit) => (
        <li key={digit}>{t('removal.lost', { digit: t(`backups.digit.${digit}`) })}</li>
      ))}
      <li>
        {newestElsewhere === null
          ? t('removal.nothing-left')
          : t('removal.left', { copies: copiesLeft, time: format.dateTime(newestElsewhere) })}
      </li>
      {medium !== null && <li>{t('removal.medium', { medium })}</li>}
      {lockedUntil !== null && <li>{t('removal.locked', { time: format.dateTime(lockedUntil) })}</li>}
    </ul>
  );
}
