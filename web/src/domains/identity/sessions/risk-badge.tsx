import type { Risk } from '#platform/identity/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

/** From where logins count as unusual, and as alarming, unless the settings say otherwise. */
const unusual = 50;
const alarming = 90;

/** How unusual the login was, and why. */
export function RiskBadge({ risk: { score, reasons } }: { readonly risk: Risk }) {
  const { t } = useTexts();
  if (score === 0) return <StateBadge tone="ok" label={t('people.risk.none')} />;
  return (
    <>
      <StateBadge tone={toneOf(score)} label={t('people.risk', { score })} />
      <span className="k-people-note">
        {reasons.map(({ reason, points }) => t(`people.risk.${reason}`, { points })).join(' · ')}
      </span>
    </>
  );
}

function toneOf(score: number): Tone {
  if (score >= alarming) return 'bad';
  return score >= unusual ? 'warn' : 'calm';
}
