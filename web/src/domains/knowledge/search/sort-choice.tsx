import { NativeSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';

import { searchOrders } from '#knowledge/contract';

import { useTexts } from '../../../lib/use-texts.ts';

const route = getRouteApi('/inside/knowledge/search');

/** In which order the whole answer stands, not only this page of it. */
export function SortChoice() {
  const { t } = useTexts();
  const navigate = route.useNavigate();
  const { sort = 'relevance' } = route.useSearch();
  return (
    <NativeSelect
      size="xs"
      mb="md"
      label={t('knowledge.sort')}
      value={sort}
      data={searchOrders.map((value) => ({ value, label: t(`knowledge.sort.${value}`) }))}
      onChange={({ currentTarget: { value } }) => {
        const chosen = searchOrders.find((one) => one === value);
        void navigate({
          search: (before) => ({ ...before, sort: chosen === 'relevance' ? undefined : chosen, offset: undefined }),
        });
      }}
    />
  );
}
