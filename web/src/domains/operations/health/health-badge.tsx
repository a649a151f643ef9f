import type { HealthSummary } from '#platform/operations/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<HealthSummary['state'], Tone>> = { ok: 'ok', degraded: 'warn', failed: 'bad' };

export function HealthBadge({ state }: { readonly state: HealthSummary['state'] }) {
  const { t } = useTexts();
  return <StateBadge tone={tones[state]} label={t(`health.state.${state}`)} />;
}
