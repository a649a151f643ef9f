import { useTranslation } from 'react-i18next';

import type { HealthSummary } from '#platform/operations/contract';

import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<HealthSummary['state'], Tone>> = { ok: 'ok', degraded: 'warn', failed: 'bad' };

export function HealthBadge({ state }: { readonly state: HealthSummary['state'] }) {
  const { t } = useTranslation();
  return <StateBadge tone={tones[state]} label={t(`health.state.${state}`)} />;
}
