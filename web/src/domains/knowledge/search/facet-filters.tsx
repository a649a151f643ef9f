import { Chip } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { entryTypes, type SearchAnswer } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';

const route = getRouteApi('/inside/knowledge/search');

/** Types and tags of what was found, with how often; chosen ones stay, so that they can be taken back. */
export function FacetFilters({ facets }: { readonly facets: SearchAnswer['facets'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = route.useNavigate();
  const { type = [], tag = [] } = route.useSearch();
  const types = facets?.types ?? [];
  const missing = tag.filter((one) => !facets?.tags.some(({ value }) => value === one));
  const tags = [...missing.map((value) => ({ value, count: 0 })), ...(facets?.tags ?? [])];
  return (
    <aside className="k-facets" aria-label={t('knowledge.filters')}>
      <h2>{t('knowledge.types')}</h2>
      <Chip.Group
        multiple
        value={type}
        onChange={(chosen) =>
          void navigate({
            search: (before) => ({
              ...before,
              type: nonEmpty(entryTypes.filter((one) => chosen.includes(one))),
              offset: undefined,
            }),
          })
        }
      >
        <div className="k-chips">
          {entryTypes.map((one) => (
            <Chip key={one} value={one} size="xs" variant="outline">
              {t(`knowledge.type.${one}`)} {format.number(types.find(({ value }) => value === one)?.count ?? 0)}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      {tags.length > 0 && (
        <>
          <h2>{t('knowledge.tags')}</h2>
          <Chip.Group
            multiple
            value={tag}
            onChange={(chosen) =>
              void navigate({ search: (before) => ({ ...before, tag: nonEmpty(chosen), offset: undefined }) })
            }
          >
            <div className="k-chips">
              {tags.map(({ value, count }) => (
                <Chip key={value} value={value} size="xs" variant="outline">
                  {value} {format.number(count)}
                </Chip>
              ))}
            </div>
          </Chip.Group>
        </>
      )}
    </aside>
  );
}

function nonEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
