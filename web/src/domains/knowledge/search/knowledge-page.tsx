import './knowledge-page.css';

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';

import { searchKnowledge } from '#knowledge/contract';

import { routeQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { FacetFilters } from './facet-filters.tsx';
import { pageSize, wholeQuery } from './knowledge-search.ts';
import { SearchField } from './search-field.tsx';
import { SearchResults } from './search-results.tsx';
import { useFreshEntries } from './use-fresh-entries.ts';

const route = getRouteApi('/inside/knowledge/search');

export function KnowledgePage() {
  const { t } = useTexts();
  const search = route.useSearch();
  const may = useMay('knowledge:write');
  useFreshEntries();
  const { q = '', type, tag, sort, offset = 0 } = search;
  const asked = {
    q: wholeQuery(search),
    type,
    tag,
    sort,
    offset,
    limit: pageSize,
    match: 'any',
    facets: 'true',
  } as const;
  const query = useQuery({
    ...routeQuery(searchKnowledge, { query: { ...asked, typing: 'true' } }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title={t('knowledge.title')}
        lead={t('knowledge.lead')}
        actions={
          <>
            <Button component={Link} to="/knowledge/ask" variant="default">
              {t('knowledge.ask')}
            </Button>
            <Button component={Link} to="/knowledge/faq" variant="default">
              {t('knowledge.faq')}
            </Button>
            <Button component={Link} to="/knowledge/watched" variant="default">
              {t('knowledge.watched')}
            </Button>
            <Button component={Link} to="/knowledge/system-feedback" variant="default">
              {t('knowledge.system-feedback')}
            </Button>
            {may && (
              <>
                <Button component={Link} to="/knowledge/dialogues" variant="default">
                  {t('knowledge.dialogue')}
                </Button>
                <Button component={Link} to="/knowledge/upkeep" variant="default">
                  {t('knowledge.upkeep')}
                </Button>
                <Button component={Link} to="/knowledge/new" leftSection={<Icon name="plus" size={16} />}>
                  {t('knowledge.new')}
                </Button>
              </>
            )}
          </>
        }
      />
      <SearchField q={q} busy={query.isFetching} isUnanswered={query.data?.total === 0} />
      <QueryView query={query}>
        {(answer) => (
          <div className="k-knowledge">
            <FacetFilters facets={answer.facets} />
            <SearchResults answer={answer} offset={offset} />
          </div>
        )}
      </QueryView>
    </>
  );
}
