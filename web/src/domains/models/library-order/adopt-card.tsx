import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useState } from 'react';

import { adoptFiles, libraryStats, listLibrary } from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { WorkOutcome } from './work-outcome.tsx';

/** Takes files in where they stand; first it can say what it would take. */
export function AdoptCard() {
  const { t } = useTexts();
  const may = useMay('models:write');
  const [path, setPath] = useState('');
  const [offline, setOffline] = useState(false);
  const [acceptRisk, setAcceptRisk] = useState(false);
  const adopt = useRouteMutation(adoptFiles);
  if (!may) return null;
  const place = path.trim();
  function start(dryRun: boolean): void {
    adopt.mutate({ body: { path: place, offline, acceptRisk, dryRun } });
  }
  return (
    <section className="k-card" aria-labelledby="order-adopt">
      <h2 id="order-adopt">{t('models.order.adopt')}</h2>
      <p>{t('models.order.adopt.lead')}</p>
      <TextInput
        label={t('models.order.adopt.path')}
        description={t('models.order.adopt.path.hint')}
        value={path}
        maxLength={4096}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Checkbox
        label={t('models.order.adopt.offline')}
        checked={offline}
        onChange={(event) => setOffline(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('models.order.adopt.accept-risk')}
        checked={acceptRisk}
        onChange={(event) => setAcceptRisk(event.currentTarget.checked)}
      />
      {adopt.isError && <ProblemNotice error={adopt.error} />}
      <Group gap="xs">
        <Button variant="default" disabled={place === ''} loading={adopt.isPending} onClick={() => start(true)}>
          {t('models.order.adopt.try')}
        </Button>
        <Button disabled={place === ''} loading={adopt.isPending} onClick={() => start(false)}>
          {t('models.order.adopt.do')}
        </Button>
      </Group>
      {adopt.data !== undefined && (
        <WorkOutcome
          key={adopt.data.jobId}
          jobId={adopt.data.jobId}
          isTrial={adopt.variables?.body?.dryRun !== false}
          stales={[listLibrary, libraryStats]}
        />
      )}
    </section>
  );
}
