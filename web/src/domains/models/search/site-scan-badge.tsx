import type { SiteScanOutcome, SiteScanView } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<SiteScanOutcome, Tone>> = {
  clean: 'ok',
  infected: 'bad',
  suspicious: 'warn',
  pending: 'info',
  failed: 'warn',
  not_scanned: 'calm',
  unknown: 'warn',
};

/** The worse of the two first. */
const worstFirst: readonly SiteScanOutcome[] = [
  'infected',
  'suspicious',
  'unknown',
  'failed',
  'pending',
  'not_scanned',
  'clean',
];

/** What the site's own scans say of a file; what its scanner wrote shows when pointed at. */
export function SiteScanBadge({ scan }: { readonly scan: SiteScanView }) {
  const { t } = useTexts();
  const { virus, pickle } = scan;
  const worse = worstFirst.indexOf(virus.outcome) <= worstFirst.indexOf(pickle.outcome) ? virus : pickle;
  return (
    <span title={worse.message ?? undefined}>
      <StateBadge
        tone={tones[worse.outcome]}
        label={t(`models.site-scan.${worse.outcome}`, { said: worse.said ?? '' })}
      />
    </span>
  );
}
