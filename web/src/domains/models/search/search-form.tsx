import { Button, MultiSelect, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';

import { licencePermissions, searchPeriods, searchSorts } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { FiltersProps } from './filters-props.ts';
import type { ModelSearch } from './model-search.ts';
import { MoreFilters } from './more-filters.tsx';
import { some } from './some.ts';
import { useVocabulary } from './use-vocabulary.ts';

const route = getRouteApi('/inside/models/search');

/** The words wait for Enter, because each search asks a site of other people; filters apply as they are chosen. */
export function SearchForm() {
  const { t } = useTexts();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(search.query ?? '');
  function apply(change: ModelSearch): void {
    void navigate({ search: (before) => ({ ...before, ...change }) });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    apply({ query: text.trim() || undefined });
  }
  return (
    <search>
      <form onSubmit={submit} className="k-card k-search-form">
        <div className="k-search-words">
          <TextInput
            type="search"
            label={t('models.search.query')}
            placeholder={t('models.search.query.hint')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            leftSection={<Icon name="search" />}
            maxLength={500}
          />
          <Button type="submit">{t('models.search.submit')}</Button>
        </div>
        <Filters search={search} apply={apply} />
        <MoreFilters search={search} apply={apply} />
      </form>
    </search>
  );
}

function Filters({ search, apply }: FiltersProps) {
  const { t } = useTexts();
  const types = [...useVocabulary('types')];
  const bases = [...useVocabulary('bases')];
  const sorts = searchSorts.map((value) => ({ value, label: t(`models.sort.${value}`) }));
  const periods = searchPeriods.map((value) => ({ value, label: t(`models.period.${value}`) }));
  const licences = licencePermissions.map((value) => ({ value, label: t(`models.licence.${value}`) }));
  return (
    <div className="k-search-filters">
      <TagsInput
        label={t('models.search.type')}
        data={types}
        value={search.type ?? []}
        onChange={(type) => apply({ type: some(type) })}
      />
      <TagsInput
        label={t('models.search.base')}
        data={bases}
        value={search.base ?? []}
        onChange={(base) => apply({ base: some(base) })}
      />
      <TagsInput
        label={t('models.search.tag')}
        value={search.tag ?? []}
        onChange={(tag) => apply({ tag: some(tag) })}
      />
      <MultiSelect
        label={t('models.search.licence')}
        data={licences}
        value={search.license ?? []}
        onChange={(chosen) => apply({ license: some(licencePermissions.filter((one) => chosen.includes(one))) })}
        clearable
      />
      <NativeSelect
        label={t('models.search.source')}
        value={search.source ?? 'site'}
        onChange={(event) => apply({ source: event.currentTarget.value === 'catalogue' ? 'catalogue' : undefined })}
        data={(['site', 'catalogue'] as const).map((value) => ({ value, label: t(`models.source.${value}`) }))}
      />
      <NativeSelect
        label={t('models.search.nsfw')}
        value={search.nsfw ?? 'sfw'}
        onChange={(event) => apply({ nsfw: event.currentTarget.value === 'all' ? 'all' : undefined })}
        data={(['sfw', 'all'] as const).map((value) => ({ value, label: t(`models.nsfw.${value}`) }))}
      />
      <NativeSelect
        label={t('models.search.sort')}
        value={search.sort ?? ''}
        onChange={(event) => apply({ sort: searchSorts.find((one) => one === event.currentTarget.value) })}
        data={[{ value: '', label: t('models.sort.default') }, ...sorts]}
      />
      <NativeSelect
        label={t('models.search.period')}
        value={search.period ?? ''}
        onChange={(event) => apply({ period: searchPeriods.find((one) => one === event.currentTarget.value) })}
        data={[{ value: '', label: t('models.period.default') }, ...periods]}
      />
    </div>
  );
}
