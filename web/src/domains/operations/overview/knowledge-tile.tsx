import { Link } from '@tanstack/react-router';

import { listEntries, searchKnowledge } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Facts } from '../../../ui/facts.tsx';
import { Moment } from '../../../ui/moment.tsx';
import { QueryView } from '../../../ui/query-view.tsx';

export function KnowledgeTile() {
  const { t } = useTexts();
  const format = useFormat();
  const total = useRouteQuery(searchKnowledge, { query: { limit: 1 } });
  const latest = useRouteQuery(listEntries, { query: { limit: 3 } });
  return (
    <>
      <QueryView query={total}>
        {(answer) => <Facts facts={[{ term: t('overview.knowledge.entries'), value: format.number(answer.total) }]} />}
      </QueryView>
      <QueryView query={latest}>
        {({ items }) => (
          <ul className="k-plain-list k-tile-list" aria-label={t('overview.knowledge.latest')}>
            {items.map((entry) => (
              <li key={entry.id}>
                <Link to="/knowledge/entries/$id" params={{ id: entry.id }} lang={entry.lang}>
                  {entry.title}
                </Link>
                <Moment at={entry.updatedAt} />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </>
  );
}
