import { getRouteApi } from '@tanstack/react-router';

import { searchOrders } from '#knowledge/contract';

import { useTexts } from '../../../lib/use-texts.ts';
import { NamedChoice } from '../../../ui/named-choice.tsx';

const route = getRouteApi('/inside/knowledge/search');

/** In which order the whole answer stands, not only this page of it. */
export function SortChoice() {
  const { t } = useTexts();
  const navigate = route.useNavigate();
  const { sort = 'relevance' } = route.useSearch();
  return (
    <NamedChoice
      size="xs"
      mb="md"
      label={t('knowledge.sort')}
      value={sort}
      values={searchOrders}
      nameOf={(one) => t(`knowledge.sort.${one}`)}
      onChange={(chosen) =>
        void navigate({
          search: (before) => ({ ...before, sort: chosen === 'relevance' ? undefined : chosen, offset: undefined }),
        })
      }
    />
  );
}
