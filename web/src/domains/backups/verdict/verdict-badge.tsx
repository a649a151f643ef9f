import type { VerdictStatusName } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<VerdictStatusName, Tone>> = {
  compliant: 'ok',
  warning: 'warn',
  non_compliant: 'bad',
  unknown: 'calm',
  paused: 'calm',
};

export function VerdictBadge({ verdict }: { readonly verdict: VerdictStatusName }) {
  const { t } = useTexts();
  return <StateBadge tone={tones[verdict]} icon="shield" label={t(`backups.status.${verdict}`)} />;
}
