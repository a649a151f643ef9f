import { Link } from '@tanstack/react-router';

import { relatedEntries } from '#knowledge/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { EntryBadges } from './entry-badges.tsx';

/** What is near, with the words both have; nothing where nothing is. */
export function RelatedEntries({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const { data } = useRouteQuery(relatedEntries, { params: { id } });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="k-no-print" aria-label={t('knowledge.related')}>
      <h2>{t('knowledge.related')}</h2>
      <ul className="k-plain-list k-related">
        {data.items.map(({ id: other, title, type, status, tags, shared }) => (
          <li key={other} className="k-card">
            <Link to="/knowledge/entries/$id" params={{ id: other }}>
              {title}
            </Link>
            <EntryBadges type={type} status={status} tags={tags} />
            <small>{t('knowledge.related.shared', { words: shared.slice(0, 8).join(', ') })}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
