import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';

import { type JobView, listBackupJobs, moveBackupSource, readBackupJob, readJobStatus } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { FormButtons } from '../../../ui/form-buttons.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** The source is elsewhere now: another folder, another machine, another site. */
export function MoveAction({ job }: { readonly job: JobView }) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  if (open) return <MoveForm job={job} onDone={() => setOpen(false)} />;
  return (
    <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
      {t('register.move')}
    </Button>
  );
}

function MoveForm({ job, onDone }: { readonly job: JobView; readonly onDone: () => void }) {
  const { t } = useTexts();
  const [place, setPlace] = useState({ source: job.source, target: job.target ?? '', site: job.site });
  const move = useRouteMutation(moveBackupSource, {
    stales: [readBackupJob, listBackupJobs, readJobStatus],
    onSuccess: () => {
      notifications.show({ message: t('register.saved') });
      onDone();
    },
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const target = place.target.trim() === '' ? null : place.target;
    move.mutate({ params: { key: job.key }, body: { ...place, target } });
  }
  return (
    <form onSubmit={submit} className="k-register-form" aria-label={t('register.move')}>
      {move.isError && <ProblemNotice error={move.error} />}
      <div className="k-register-fields">
        {(['source', 'target', 'site'] as const).map((name) => (
          <TextInput
            key={name}
            label={t(`register.${name}`)}
            description={t(`register.${name}.note`)}
            value={place[name]}
            required={name !== 'target'}
            spellCheck={false}
            onChange={(event) => setPlace({ ...place, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <FormButtons label={t('register.save')} busy={move.isPending} onCancel={onDone} />
    </form>
  );
}
