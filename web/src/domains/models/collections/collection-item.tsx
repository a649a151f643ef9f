import { Button, Group } from '@mantine/core';

import {
  type CollectionStatus,
  type CollectionView,
  listCollections,
  pauseCollection,
  resumeCollection,
} from '#models/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { DownloadAll } from '../batches/download-all.tsx';
import { describeQuery } from '../search/describe-query.ts';
import { StageLine } from '../search/stage-line.tsx';

export const collectionTones: Readonly<Record<CollectionStatus, Tone>> = {
  queued: 'calm',
  running: 'info',
  paused: 'calm',
  completed: 'ok',
  partial: 'warn',
  failed: 'bad',
};

export function CollectionItem({ collection }: { readonly collection: CollectionView }) {
  const { t } = useTexts();
  const format = useFormat();
  const { status, query, models, versions, newVersions, pages, reason, stages, updatedAt } = collection;
  return (
    <li className="k-card k-watch">
      <header>
        <h3>{describeQuery(query) || t('models.collections.everything')}</h3>
        <StateBadge tone={collectionTones[status]} label={t(`models.collection.${status}`)} />
        <Moment at={updatedAt} />
      </header>
      {reason !== null && <p className="k-watch-reason">{reason.message}</p>}
      <Facts
        facts={[
          { term: t('models.collection.models'), value: format.number(models) },
          { term: t('models.collection.versions'), value: format.number(versions) },
          { term: t('models.collection.new'), value: newVersions === null ? '–' : format.number(newVersions) },
          { term: t('models.collection.pages'), value: format.number(pages) },
        ]}
      />
      {stages.length > 0 && <StageLine stages={stages} found={models} />}
      <CollectionActions collection={collection} />
      {(status === 'completed' || status === 'partial') && versions > 0 && (
        <DownloadAll from={{ from: 'collection', collection: collection.id }} />
      )}
    </li>
  );
}

function CollectionActions({ collection }: { readonly collection: CollectionView }) {
  const { t } = useTexts();
  const may = useMay('models:download');
  const params = { id: collection.id };
  const pause = useRouteMutation(pauseCollection, { stales: [listCollections] });
  const resume = useRouteMutation(resumeCollection, { stales: [listCollections] });
  const failed = [pause, resume].find(({ isError }) => isError)?.error;
  const runs = collection.status === 'running' || collection.status === 'queued';
  if (!may || collection.status === 'completed') return null;
  return (
    <Group gap="xs">
      {runs ? (
        <Button size="compact-sm" variant="default" loading={pause.isPending} onClick={() => pause.mutate({ params })}>
          {t('models.collection.pause')}
        </Button>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          loading={resume.isPending}
          onClick={() => resume.mutate({ params })}
        >
          {t('models.collection.resume')}
        </Button>
      )}
      {failed !== undefined && failed !== null && <ProblemNotice error={failed} />}
    </Group>
  );
}
