import './knowledge-page.css';

import { Button, Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { searchKnowledge } from '#knowledge/contract';

import { routeQuery } from '../../../lib/route-query.ts';
import { useMay } from '../../../lib/session.ts';
import { Icon } from '../../../ui/icon.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryView } from '../../../ui/query-view.tsx';
import { FacetFilters } from './facet-filters.tsx';
import { pageSize } from './knowledge-search.ts';
import { SearchResults } from './search-results.tsx';

const route = getRouteApi('/inside/knowledge/search');
const typingPauseMs = 150;

export function KnowledgePage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const may = useMay('knowledge:write');
  const { q = '', type, tag, offset = 0 } = search;
  const query = useQuery({
    ...routeQuery(searchKnowledge, { query: { q, type, tag, offset, limit: pageSize, match: 'any', facets: 'true' } }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title={t('knowledge.title')}
        lead={t('knowledge.lead')}
        actions={
          may && (
            <Button component={Link} to="/knowledge/new" leftSection={<Icon name="plus" size={16} />}>
              {t('knowledge.new')}
            </Button>
          )
        }
      />
      <SearchField q={q} busy={query.isFetching} />
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

interface SearchFieldProps {
  readonly q: string;
  readonly busy: boolean;
}

/** Searches while one types; each pause replaces the address, so that going back leaves the page at once. */
function SearchField({ q, busy }: SearchFieldProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q);
  const [settled] = useDebouncedValue(text, typingPauseMs);
  useEffect(() => {
    void navigate({
      search: (before) =>
        settled === (before.q ?? '') ? before : { ...before, q: settled || undefined, offset: undefined },
      replace: true,
    });
  }, [settled, navigate]);
  return (
    <search className="k-knowledge-search">
      <TextInput
        type="search"
        size="md"
        label={t('knowledge.query')}
        description={t('knowledge.query.hint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<Icon name="search" />}
        rightSection={busy && <Loader size="xs" />}
        maxLength={1000}
        spellCheck={false}
      />
    </search>
  );
}
