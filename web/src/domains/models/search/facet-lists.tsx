import './facet-lists.css';

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';

import { type FacetName, type FacetsAnswer, facetNames, searchFacets } from '#models/contract';

import { routeQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import type { ModelSearch } from './model-search.ts';

const route = getRouteApi('/inside/models/search');
const shown = 12;

/** What the catalogue holds of the search on screen; a value narrows it down. */
export function FacetLists({ search }: { readonly search: ModelSearch }) {
  const { t } = useTexts();
  const { sort: _sort, source: _source, ...conditions } = search;
  const answer = useQuery({
    ...routeQuery(searchFacets, { query: { ...conditions, most: shown } }),
    placeholderData: keepPreviousData,
  });
  // The search itself says what is wrong with its conditions.
  if (answer.data === undefined) return null;
  const { facets } = answer.data;
  return (
    <details className="k-card k-facet-lists" open>
      <summary>{t('models.facets')}</summary>
      <div>
        {facetNames.map((name) => (
          <FacetList key={name} name={name} counts={facets[name]} search={search} />
        ))}
      </div>
    </details>
  );
}

interface FacetListProps {
  readonly name: FacetName;
  readonly counts: FacetsAnswer['facets'][FacetName];
  readonly search: ModelSearch;
}

function FacetList({ name, counts, search }: FacetListProps) {
  const { t } = useTexts();
  const format = useFormat();
  const navigate = route.useNavigate();
  if (counts.length === 0) return null;
  return (
    <section aria-label={t(`models.facets.${name}`)}>
      <h3>{t(`models.facets.${name}`)}</h3>
      <ul className="k-plain-list">
        {counts.map(({ value, models }) => {
          const change = narrowed(name, value, search);
          const text = name === 'nsfw' ? t(value === 'safe' ? 'models.facets.safe' : 'models.facets.adult') : value;
          return (
            <li key={value}>
              {change === undefined ? (
                <span>{text}</span>
              ) : (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => void navigate({ search: (before) => ({ ...before, ...change }) })}
                >
                  {text}
                </Button>
              )}
              <span className="k-number">{format.number(models)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Undefined where the search asks for it already, or cannot ask for that alone. */
function narrowed(name: FacetName, value: string, search: ModelSearch): ModelSearch | undefined {
  switch (name) {
    case 'type':
      return search.type?.length === 1 ? undefined : { type: [value] };
    case 'base':
      return search.base?.length === 1 ? undefined : { base: [value] };
    case 'tag':
      return search.tag?.includes(value) ? undefined : { tag: [...(search.tag ?? []), value] };
    case 'creator':
      return search.creator === value ? undefined : { creator: value };
    default:
      return value === 'safe' && search.nsfw === 'all' ? { nsfw: undefined } : undefined;
  }
}
