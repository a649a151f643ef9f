import type { MediumStage } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<MediumStage, Tone>> = {
  new: 'calm',
  available: 'calm',
  loaded: 'info',
  stored: 'ok',
  'in-transit': 'info',
  'on-loan': 'warn',
  quarantine: 'bad',
  lost: 'bad',
  retired: 'calm',
  destroyed: 'calm',
};

export function StageBadge({ stage }: { readonly stage: MediumStage }) {
  const { t } = useTexts();
  return <StateBadge tone={tones[stage]} label={t(`media.stage.${stage}`)} />;
}
