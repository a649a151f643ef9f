import './media.css';

import { Button } from '@mantine/core';
import { useState } from 'react';

import { listMedia, type MediumStage, mediumStages } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { DueSwaps } from './due-swaps.tsx';
import { LabelPrinting } from './label-printing.tsx';
import { type MediaFilter, MediaFilters } from './media-filters.tsx';
import { MediaLinks } from './media-links.tsx';
import { MediaTable } from './media-table.tsx';
import { NewMediumForm } from './new-medium-form.tsx';

export function MediaPage() {
  const { t } = useTexts();
  const may = useMay('backups:run');
  const [adding, setAdding] = useState(false);
  const [filter, setFilter] = useState<MediaFilter>({});
  const query = useRouteQuery(listMedia, { query: { ...filter, limit: 500 } });
  return (
    <>
      <PageHeader
        title={t('media.title')}
        lead={t('media.lead')}
        actions={may && <Button onClick={() => setAdding(true)}>{t('media.add')}</Button>}
      />
      <div className="k-media">
        <MediaLinks />
        {adding && <NewMediumForm onClose={() => setAdding(false)} />}
        <DueSwaps />
        <section className="k-card" aria-labelledby="media-list">
          <h2 id="media-list">{t('media.list')}</h2>
          <MediaFilters filter={filter} onChange={setFilter} />
          <QueryView query={query}>
            {({ items, stats }) => (
              <>
                <Stages byStage={stats.byStage} />
                <MediaTable media={items} />
                {items.length > 0 && <LabelPrinting labels={items.map(({ label }) => label)} />}
              </>
            )}
          </QueryView>
        </section>
      </div>
    </>
  );
}

function Stages({ byStage }: { readonly byStage: Readonly<Record<MediumStage, number>> }) {
  const { t } = useTexts();
  const format = useFormat();
  const present = mediumStages.filter((stage) => byStage[stage] > 0);
  if (present.length === 0) return null;
  return (
    <Facts
      facts={present.map((stage) => ({ term: t(`media.stage.${stage}`), value: format.number(byStage[stage]) }))}
    />
  );
}
