import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import { type CanaryView, checkCanaries, listCanaries, plantCanary, removeCanary } from '#backups/contract';

import { useRouteMutation, useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { JobChoice } from './job-choice.tsx';

const tones: Readonly<Record<CanaryView['state'], Tone>> = {
  intact: 'ok',
  changed: 'bad',
  missing: 'bad',
  unreadable: 'calm',
};

/** Files that nobody has a reason to touch. */
export function Canaries() {
  const { t } = useTexts();
  const mayRun = useMay('backups:run');
  const mayPlant = useMay('system:configure');
  const query = useRouteQuery(listCanaries);
  const check = useRouteMutation(checkCanaries, { stales: [listCanaries] });
  return (
    <section className="k-card" aria-labelledby="canaries">
      <h2 id="canaries">{t('backups.canaries.title')}</h2>
      <p>{t('backups.canaries.lead')}</p>
      {check.isError && <ProblemNotice error={check.error} />}
      <QueryView query={query}>
        {({ items }) => (
          <ul className="k-plain-list k-proof-findings">
            {items.map((canary) => (
              <CanaryItem key={canary.id} canary={canary} mayRemove={mayPlant} />
            ))}
          </ul>
        )}
      </QueryView>
      {mayRun && (
        <Button size="compact-md" mt="xs" variant="default" loading={check.isPending} onClick={() => check.mutate({})}>
          {t('backups.canaries.check')}
        </Button>
      )}
      {mayPlant && <PlantForm />}
    </section>
  );
}

function CanaryItem({ canary, mayRemove }: { readonly canary: CanaryView; readonly mayRemove: boolean }) {
  const { t } = useTexts();
  const remove = useRouteMutation(removeCanary, { stales: [listCanaries] });
  const { id, job, path, state, checkedAt } = canary;
  return (
    <li>
      <StateBadge tone={tones[state]} label={t(`backups.canary.${state}`)} /> {job}:{' '}
      <span className="k-mono">{path}</span> <Moment at={checkedAt} />{' '}
      {mayRemove && (
        <ConfirmAction
          label={t('backups.canaries.remove')}
          name={`${t('backups.canaries.remove')}: ${path}`}
          question={t('backups.canaries.remove.question', { path })}
          consequence={t('backups.canaries.remove.consequence')}
          mutation={remove}
          onConfirm={(done) => remove.mutate({ params: { id } }, { onSuccess: done })}
          tone="warn"
        />
      )}
    </li>
  );
}

function PlantForm() {
  const { t } = useTexts();
  const [job, setJob] = useState('');
  const [path, setPath] = useState('');
  const plant = useRouteMutation(plantCanary, { stales: [listCanaries], onSuccess: () => setPath('') });
  function submit(event: FormEvent): void {
    event.preventDefault();
    plant.mutate({ params: { key: job }, body: { path } });
  }
  return (
    <form onSubmit={submit} className="k-proof-form" aria-label={t('backups.canaries.plant')}>
      {plant.isError && <ProblemNotice error={plant.error} />}
      <div className="k-proof-fields">
        <JobChoice value={job} onChange={setJob} />
        <TextInput
          label={t('backups.canaries.path')}
          description={t('backups.canaries.path.hint')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          required
        />
      </div>
      <Button type="submit" variant="default" loading={plant.isPending} disabled={job === '' || path.trim() === ''}>
        {t('backups.canaries.plant')}
      </Button>
    </form>
  );
}
