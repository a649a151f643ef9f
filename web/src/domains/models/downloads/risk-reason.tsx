import { TextInput } from '@mantine/core';

import { SHORTEST_REASON } from '#models/contract';

import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface RiskReasonProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
}

/** Whether a request may carry it: long enough, or nothing at all. */
export function isReasonFine(reason: string): boolean {
  const { length } = reason.trim();
  return length === 0 || length >= SHORTEST_REASON;
}

/** Shown to those who may override the policy. */
export function RiskReason({ value, onChange }: RiskReasonProps) {
  const { t } = useTexts();
  const mayOverride = useMay('models:override');
  if (!mayOverride) return null;
  return (
    <TextInput
      label={t('models.risk.reason')}
      description={t('models.risk.reason.hint')}
      error={!isReasonFine(value) && t('models.risk.reason.short')}
      value={value}
      maxLength={500}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
