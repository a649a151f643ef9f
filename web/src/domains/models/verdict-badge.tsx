import type { ScanVerdict } from '#models/contract';
import { useTexts } from '../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../ui/state-badge.tsx';

const tones: Readonly<Record<ScanVerdict, Tone>> = {
  clean: 'ok',
  suspicious: 'warn',
  dangerous: 'bad',
  invalid: 'bad',
  unscanned: 'calm',
};

/** What the scan of the file's content found. */
export function VerdictBadge({ verdict }: { readonly verdict: ScanVerdict }) {
  const { t } = useTexts();
  return <StateBadge tone={tones[verdict]} icon="shield" label={t(`models.verdict.${verdict}`)} />;
}
