import { NativeSelect } from '@mantine/core';

import { libraryStats } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';

export interface ContentFilter {
  readonly kind: string;
  readonly base: string;
}

export const anyContent: ContentFilter = { kind: '', base: '' };

interface ContentFiltersProps {
  readonly value: ContentFilter;
  readonly onChange: (value: ContentFilter) => void;
}

/** Files by what their content tells; only what the library has is offered. */
export function ContentFilters({ value, onChange }: ContentFiltersProps) {
  const { t } = useTexts();
  const { data } = useRouteQuery(libraryStats);
  const { kinds, bases } = data?.byContent ?? { kinds: [], bases: [] };
  const any = { value: '', label: t('models.library.state.any') };
  return (
    <>
      <NativeSelect
        label={t('models.library.kind')}
        value={value.kind}
        onChange={(event) => onChange({ ...value, kind: event.currentTarget.value })}
        data={[any, ...kinds.map(({ kind, files }) => ({ value: kind, label: `${kind} (${files})` }))]}
      />
      <NativeSelect
        label={t('models.library.content-base')}
        value={value.base}
        onChange={(event) => onChange({ ...value, base: event.currentTarget.value })}
        data={[any, ...bases.map(({ base, name, files }) => ({ value: base, label: `${name} (${files})` }))]}
      />
    </>
  );
}
