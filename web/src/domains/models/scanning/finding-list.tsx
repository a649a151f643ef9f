import './findings.css';

import { Link } from '@tanstack/react-router';

import type { FindingView } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const severityTones: Readonly<Record<FindingView['severity'], Tone>> = {
  dangerous: 'bad',
  invalid: 'bad',
  suspicious: 'warn',
};

/** What would happen, where in the file, and where the rule is explained. */
export function FindingList({ findings }: { readonly findings: readonly FindingView[] }) {
  const { t } = useTexts();
  if (findings.length === 0) return null;
  return (
    <ul className="k-findings">
      {findings.map(({ rule, severity, message, location }) => (
        <li key={`${rule} ${location?.member ?? ''} ${location?.offset ?? ''} ${message}`}>
          <StateBadge tone={severityTones[severity]} label={rule} /> {message}
          {location?.member !== undefined && <code className="k-mono"> {location.member}</code>}
          {location?.offset !== undefined && <> {t('models.scan.offset', { offset: location.offset })}</>}
          <small>
            <Link to="/models/scan/rules" search={{ rule }} aria-label={`${t('models.scan.rule.link')} ${rule}`}>
              {t('models.scan.rule.link')}
            </Link>
          </small>
        </li>
      ))}
    </ul>
  );
}
