import { TextInput } from '@mantine/core';
import { useState } from 'react';

import type { changeBackupJob, JobView } from '#backups/contract';

import type { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';

interface PauseActionProps {
  readonly job: JobView;
  readonly change: ReturnType<typeof useRouteMutation<typeof changeBackupJob>>;
}

/** Pauses a job, with the reason and the time at which it goes on by itself. */
export function PauseAction({ job, change }: PauseActionProps) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  function pause(done: () => void): void {
    const pauseReason = reason.trim() === '' ? null : reason;
    const pausedUntil = until === '' ? null : new Date(until).toISOString();
    const body = { pauseReason, pausedUntil, active: pausedUntil !== null };
    change.mutate({ params: { key: job.key }, body }, { onSuccess: done });
  }
  return (
    <ConfirmAction
      label={t('register.pause')}
      question={t('register.pause.question')}
      consequence={t('register.pause.consequence')}
      mutation={change}
      tone="warn"
      onConfirm={pause}
    >
      <TextInput
        label={t('register.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t('register.paused-until')}
        description={t('register.pause.until.note')}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </ConfirmAction>
  );
}
