import './jobs.css';

import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { type JobChange, listBackupJobs, protectFolder } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { JobFields } from './job-fields.tsx';

export function NewJobPage() {
  const { t } = useTexts();
  const navigate = useNavigate();
  const [facts, setFacts] = useState<JobChange>({});
  const [place, setPlace] = useState({ key: '', source: '', target: '', site: 'main' });
  const save = useRouteMutation(protectFolder, {
    stales: [listBackupJobs],
    onSuccess: ({ key }) => void navigate({ to: '/backups/jobs/$key', params: { key } }),
  });
  function submit(event: FormEvent): void {
    event.preventDefault();
    const { target, ...where } = place;
    const { active: _active, pausedUntil: _until, pauseReason: _reason, ...said } = facts;
    save.mutate({ body: { ...said, ...where, ...(target === '' ? {} : { target }) } });
  }
  return (
    <>
      <PageHeader title={t('register.new')} lead={t('register.new.lead')} />
      <form onSubmit={submit} className="k-card k-register-card">
        {save.isError && <ProblemNotice error={save.error} />}
        <div className="k-register-fields">
          <TextInput
            label={t('register.key')}
            description={t('register.key.note')}
            value={place.key}
            pattern="[a-z0-9][a-z0-9._\-]{0,62}"
            autoCapitalize="none"
            spellCheck={false}
            required
            onChange={(event) => setPlace({ ...place, key: event.currentTarget.value })}
          />
          <TextInput
            label={t('register.source')}
            description={t('register.source.note')}
            value={place.source}
            spellCheck={false}
            required
            onChange={(event) => setPlace({ ...place, source: event.currentTarget.value })}
          />
          <TextInput
            label={t('register.target')}
            description={t('register.target.note')}
            value={place.target}
            maxLength={100}
            spellCheck={false}
            onChange={(event) => setPlace({ ...place, target: event.currentTarget.value })}
          />
          <TextInput
            label={t('register.site')}
            description={t('register.site.note')}
            value={place.site}
            maxLength={63}
            required
            onChange={(event) => setPlace({ ...place, site: event.currentTarget.value })}
          />
        </div>
        <JobFields value={facts} onChange={setFacts} />
        <div>
          <Button type="submit" loading={save.isPending}>
            {t('register.save')}
          </Button>
        </div>
      </form>
    </>
  );
}
