import { NativeSelect, TextInput } from '@mantine/core';

import { alertTypeNames, listAlerts } from '#platform/alerts/contract';
import { severities } from '#platform/notify/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import type { AlertFilter } from './alert-filter.ts';

const states = ['active', 'open', 'acknowledged', 'snoozed', 'resolved', 'all'] as const;

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly onChange: (filter: AlertFilter) => void;
}

export function AlertFilters({ filter, onChange }: AlertFiltersProps) {
  const { t } = useTexts();
  const any = { value: '', label: t('alerts.any') };
  function set(change: Readonly<Record<string, string>>): void {
    const given = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== '');
    const parsed = listAlerts.query.safeParse(Object.fromEntries(given));
    if (parsed.success) onChange(Object.fromEntries(given));
  }
  return (
    <div className="k-alerts-fields">
      <NativeSelect
        size="xs"
        label={t('alerts.filter.state')}
        data={states.map((value) => ({ value, label: t(`alerts.state.${value}`) }))}
        value={filter.state}
        onChange={(event) => set({ state: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t('alerts.filter.severity')}
        data={[any, ...severities.map((value) => ({ value, label: t(`alerts.severity.${value}`) }))]}
        value={filter.severity ?? ''}
        onChange={(event) => set({ severity: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t('alerts.filter.type')}
        data={[any, ...alertTypeNames.map((value) => ({ value, label: t(`alerts.kind.${value}`) }))]}
        value={filter.type ?? ''}
        onChange={(event) => set({ type: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        label={t('alerts.filter.subject')}
        value={filter.subject ?? ''}
        maxLength={200}
        onChange={(event) => set({ subject: event.currentTarget.value })}
      />
    </div>
  );
}
