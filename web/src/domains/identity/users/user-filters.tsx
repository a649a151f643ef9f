import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

import { listRoles } from '#platform/identity/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { useRoleName } from '../role-name.ts';
import { type UserSearch, userSearchSchema } from './user-search.ts';

const typingMs = 300;

interface UserFiltersProps {
  readonly search: UserSearch;
  readonly onChange: (search: UserSearch) => void;
}

export function UserFilters({ search, onChange }: UserFiltersProps) {
  const { t } = useTexts();
  const roleName = useRoleName();
  const roles = useRouteQuery(listRoles).data?.items ?? [];
  const [text, setText] = useState(search.search ?? '');
  function set(change: Readonly<Record<string, string>>): void {
    const next = Object.entries({ ...search, ...change }).filter(([, value]) => value !== '');
    onChange(userSearchSchema.parse(Object.fromEntries(next)));
  }
  const setSearch = useDebouncedCallback((value: string) => set({ search: value.trim() }), typingMs);
  return (
    <search className="k-people-filters">
      <TextInput
        label={t('people.search')}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setSearch(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label={t('people.role')}
        value={search.role ?? ''}
        onChange={(event) => set({ role: event.currentTarget.value })}
        data={[
          { value: '', label: t('people.any') },
          ...roles.map(({ name, title }) => ({ value: name, label: roleName(name, title) })),
        ]}
      />
      <NativeSelect
        label={t('people.state')}
        value={search.active ?? ''}
        onChange={(event) => set({ active: event.currentTarget.value })}
        data={[
          { value: '', label: t('people.any') },
          { value: 'true', label: t('people.state.active') },
          { value: 'false', label: t('people.state.disabled') },
        ]}
      />
    </search>
  );
}
