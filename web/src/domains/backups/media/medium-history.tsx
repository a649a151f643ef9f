import { Button } from '@mantine/core';
import { useState } from 'react';

import { listMediumEvents, type MediumEvent } from '#backups/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { isMediumAction } from './is-medium-action.ts';

const pageSize = 50;
const longest = 500;

export function MediumHistory({ label }: { readonly label: string }) {
  const { t } = useTexts();
  const [limit, setLimit] = useState(pageSize);
  const query = useRouteQuery(listMediumEvents, { params: { label }, query: { limit } });
  return (
    <section className="k-card" aria-labelledby="medium-history">
      <h2 id="medium-history">{t('media.history')}</h2>
      <QueryView query={query}>
        {({ items, nextCursor }) => (
          <>
            <ol className="k-plain-list k-media-list">
              {items.map((event) => (
                <HistoryItem key={event.position} event={event} />
              ))}
            </ol>
            {nextCursor !== undefined && limit < longest && (
              <Button variant="default" size="compact-sm" onClick={() => setLimit(longest)}>
                {t('media.more')}
              </Button>
            )}
          </>
        )}
      </QueryView>
    </section>
  );
}

function HistoryItem({ event }: { readonly event: MediumEvent }) {
  const { t } = useTexts();
  const { at, action, to, place, by, note, evidence } = event;
  const proof = Object.entries(evidence).map(([name, value]) => `${name}: ${String(value)}`);
  return (
    <li>
      <Moment at={at} as="exact" />
      <strong>{isMediumAction(action) ? t(`media.action.${action}`) : t('media.action.register')}</strong>
      <span>{[t(`media.stage.${to}`), place, by, note].filter((part) => part !== '').join(' · ')}</span>
      {proof.length > 0 && <small className="k-mono">{proof.join(', ')}</small>}
    </li>
  );
}
