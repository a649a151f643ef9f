import './media.css';

import { Button } from '@mantine/core';
import { useState } from 'react';

import { listMediaSets } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { DueSwaps } from './due-swaps.tsx';
import { MediaLinks } from './media-links.tsx';
import { NewSetForm } from './new-set-form.tsx';
import { SetCard } from './set-card.tsx';

export function RotationPage() {
  const { t } = useTexts();
  const may = useMay('system:configure');
  const [adding, setAdding] = useState(false);
  const query = useRouteQuery(listMediaSets);
  return (
    <>
      <PageHeader
        title={t('media.rotation.title')}
        lead={t('media.rotation.lead')}
        actions={may && <Button onClick={() => setAdding(true)}>{t('media.set.add')}</Button>}
      />
      <div className="k-media">
        <MediaLinks />
        {adding && <NewSetForm onClose={() => setAdding(false)} />}
        <DueSwaps />
        <QueryView query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote title={t('media.sets.none')}>{t('media.sets.none.advice')}</EmptyNote>
            ) : (
              items.map((set) => <SetCard key={set.key} set={set} />)
            )
          }
        </QueryView>
      </div>
    </>
  );
}
