import { Link } from '@tanstack/react-router';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface Named {
  readonly id: string;
  readonly title: string;
}

interface EntryNamesProps<Item extends Named> {
  readonly items: readonly Item[];
  /** What is said of each besides its title. */
  readonly more?: (item: Item) => string;
}

/** Titles that lead to their entries. */
export function EntryNames<Item extends Named>({ items, more }: EntryNamesProps<Item>) {
  const { t } = useTexts();
  if (items.length === 0) return <p>{t('knowledge.usage.none')}</p>;
  return (
    <ul className="k-plain-list">
      {items.map((item) => (
        <li key={item.id}>
          <Link to="/knowledge/entries/$id" params={{ id: item.id }}>
            {item.title}
          </Link>{' '}
          {more !== undefined && <small>{more(item)}</small>}
        </li>
      ))}
    </ul>
  );
}

/** What was searched for, each leading to that search. */
export function SearchedNames({
  items,
}: {
  readonly items: ReadonlyArray<{ readonly query: string; readonly searches: number }>;
}) {
  const { t } = useTexts();
  const format = useFormat();
  if (items.length === 0) return <p>{t('knowledge.usage.none')}</p>;
  return (
    <ul className="k-plain-list">
      {items.map(({ query, searches }) => (
        <li key={query}>
          <Link to="/knowledge/search" search={{ q: query }}>
            {query}
          </Link>{' '}
          <small>{t('knowledge.usage.searched', { times: format.number(searches) })}</small>
        </li>
      ))}
    </ul>
  );
}
