import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { type Binding, bindCopy, listMediaSets, readMedium } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Says that a copy lies on this medium, or on the media of this set. */
export function BindingForm({ on }: { readonly on: Binding['on'] }) {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const [copy, setCopy] = useState('');
  const bind = useRouteMutation(bindCopy, { stales: [listMediaSets, readMedium] });
  function submit(event: FormEvent): void {
    event.preventDefault();
    bind.mutate({ body: { job: job.trim(), copy: copy.trim(), on } });
  }
  return (
    <form onSubmit={submit}>
      <div className="k-media-fields">
        <TextInput
          label={t('media.bind.job')}
          value={job}
          required
          autoCapitalize="none"
          onChange={(event) => setJob(event.currentTarget.value)}
        />
        <TextInput
          label={t('media.bind.copy')}
          value={copy}
          required
          onChange={(event) => setCopy(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={bind.isPending}>
          {t('media.bind')}
        </Button>
      </div>
      {bind.isError && <ProblemNotice error={bind.error} />}
    </form>
  );
}
