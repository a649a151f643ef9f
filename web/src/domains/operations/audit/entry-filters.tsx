import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';

import {
  auditCategories,
  auditLevels,
  auditResults,
  type EntryFilter,
  entryFilterSchema,
} from '#platform/audit/contract';
import { useTexts } from '../../../lib/use-texts.ts';

const texts = ['who', 'action', 'subject', 'text', 'correlationId'] as const;
const days = ['from', 'until'] as const;
type Field = (typeof texts)[number] | (typeof days)[number] | 'category' | 'level' | 'result';

const empty: Readonly<Record<Field, string>> = {
  who: '',
  action: '',
  subject: '',
  text: '',
  correlationId: '',
  from: '',
  until: '',
  category: '',
  level: '',
  result: '',
};

/** Asks only when somebody says so: a search for text reads the log. */
export function EntryFilters({ onChange }: { readonly onChange: (filter: EntryFilter) => void }) {
  const { t } = useTexts();
  const [fields, setFields] = useState(empty);
  function set(field: Field, value: string): void {
    setFields({ ...fields, [field]: value });
  }
  function send(event: FormEvent): void {
    event.preventDefault();
    const given = Object.entries(fields).filter(([, value]) => value.trim() !== '');
    const parsed = entryFilterSchema.safeParse(Object.fromEntries(given));
    if (parsed.success) onChange(parsed.data);
  }
  function clear(): void {
    setFields(empty);
    onChange({});
  }
  const choices = {
    category: auditCategories.map((value) => ({ value, label: t(`audit.category.${value}`) })),
    level: auditLevels.map((value) => ({ value, label: t(`audit.level.${value}`) })),
    result: auditResults.map((value) => ({ value, label: t(`audit.result.${value}`) })),
  };
  return (
    <form className="k-audit-filters" onSubmit={send}>
      {texts.map((field) => (
        <TextInput
          key={field}
          size="xs"
          label={t(`audit.filter.${field}`)}
          value={fields[field]}
          maxLength={200}
          onChange={(event) => set(field, event.currentTarget.value)}
        />
      ))}
      {(['category', 'level', 'result'] as const).map((field) => (
        <NativeSelect
          key={field}
          size="xs"
          label={t(`audit.filter.${field}`)}
          data={[{ value: '', label: t('audit.filter.any') }, ...choices[field]]}
          value={fields[field]}
          onChange={(event) => set(field, event.currentTarget.value)}
        />
      ))}
      {days.map((field) => (
        <TextInput
          key={field}
          type="date"
          size="xs"
          label={t(`audit.filter.${field}`)}
          value={fields[field]}
          onChange={(event) => set(field, event.currentTarget.value)}
        />
      ))}
      <Button size="xs" type="submit">
        {t('audit.search')}
      </Button>
      <Button size="xs" variant="default" onClick={clear}>
        {t('audit.clear')}
      </Button>
    </form>
  );
}
