import { Chip } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';

import { severities as allSeverities, entryStatuses, entryTypes, type SearchAnswer } from '#knowledge/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { SortChoice } from './sort-choice.tsx';

const route = getRouteApi('/inside/knowledge/search');

/** Types and tags of what was found, with how often; chosen ones stay, so that they can be taken back. */
export function FacetFilters({ facets }: { readonly facets: SearchAnswer['facets'] }) {
  const { t } = useTexts();
  const format = useFormat();
  const navigate = route.useNavigate();
  const { type = [], tag = [] } = route.useSearch();
  const types = facets?.types ?? [];
  const missing = tag.filter((one) => !facets?.tags.some(({ value }) => value === one));
  const tags = [...missing.map((value) => ({ value, count: 0 })), ...(facets?.tags ?? [])];
  return (
    <aside className="k-facets" aria-label={t('knowledge.filters')}>
      <SortChoice />
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
      <ConditionChips facets={facets} />
    </aside>
  );
}

/** Facts that become a condition of the query: state, author, owner, severity, year. */
function ConditionChips({ facets }: { readonly facets: SearchAnswer['facets'] }) {
  const { t } = useTexts();
  const format = useFormat();
  const navigate = route.useNavigate();
  const { where = [] } = route.useSearch();
  const { statuses = [], authors = [], owners = [], severities = [], years = [] } = facets ?? {};
  function labelOf(field: string, value: string): string {
    const status = field === 'status' ? entryStatuses.find((one) => one === value) : undefined;
    const severity = field === 'severity' ? allSeverities.find((one) => one === value) : undefined;
    if (status !== undefined) return t(`knowledge.status.${status}`);
    return severity === undefined ? value : t(`knowledge.severity.${severity}`);
  }
  const groups = [
    { title: t('knowledge.statuses'), field: 'status', counts: statuses },
    { title: t('knowledge.authors'), field: 'author', counts: authors },
    { title: t('knowledge.field.owner'), field: 'owner', counts: owners },
    { title: t('knowledge.field.severity'), field: 'severity', counts: severities },
    { title: t('knowledge.years'), field: 'updated', counts: years },
  ].map(({ title, field, counts }) => ({
    title,
    items: counts.map(({ value, count }) => ({
      condition: `${field}:${/^[\p{L}\p{N}_.-]+$/u.test(value) ? value : `"${value.replaceAll('"', '')}"`}`,
      label: labelOf(field, value),
      count,
    })),
  }));
  const listed = new Set(groups.flatMap(({ items }) => items.map(({ condition }) => condition)));
  // What was chosen stays to be taken back, also when nothing is left to count.
  const missing = where.filter((condition) => !listed.has(condition));
  const rest = {
    title: t('knowledge.filters'),
    items: missing.map((one) => ({ condition: one, label: one, count: 0 })),
  };
  return [...groups, rest]
    .filter(({ items }) => items.length > 1 || items.some(({ condition }) => where.includes(condition)))
    .map(({ title, items }) => (
      <section key={title}>
        <h2>{title}</h2>
        <Chip.Group
          multiple
          value={where}
          onChange={(chosen) =>
            void navigate({ search: (before) => ({ ...before, where: nonEmpty(chosen), offset: undefined }) })
          }
        >
          <div className="k-chips">
            {items.map(({ condition, label, count }) => (
              <Chip key={condition} value={condition} size="xs" variant="outline">
                {label} {format.number(count)}
              </Chip>
            ))}
          </div>
        </Chip.Group>
      </section>
    ));
}

function nonEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items;
}
