import './digit-row.css';

import type { DigitView, JobStatusView } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import type { Tone } from '../../../ui/state-badge.tsx';

type DigitName = keyof JobStatusView['digits'];

/** The rule's own figures, in the order of its name. */
export const digitNames: readonly DigitName[] = ['copies', 'media', 'offsite', 'offline', 'errors'];

const tones: Readonly<Record<DigitView['verdict'], Tone>> = { pass: 'ok', fail: 'bad', unknown: 'calm' };
const icons: Readonly<Record<DigitView['verdict'], IconName>> = { pass: 'check', fail: 'cross', unknown: 'question' };

/** 3-2-1-1-0 at a glance: each figure a tile, its state in colour, sign and words. */
export function DigitRow({ digits }: { readonly digits: JobStatusView['digits'] }) {
  const { t } = useTexts();
  return (
    <ol className="k-plain-list k-digits" aria-label={t('backups.digits')}>
      {digitNames.map((name) => {
        const { verdict, required, found } = digits[name];
        return (
          <li key={name} data-tone={tones[verdict]}>
            <span className="k-digit k-number">{required}</span>
            <span className="k-digit-name">{t(`backups.digit.${name}`)}</span>
            <span className="k-digit-state">
              <Icon name={icons[verdict]} size={14} />
              {t(`backups.digit-state.${verdict}`)}
            </span>
            <span className="k-digit-found">{t('backups.found', { found })}</span>
          </li>
        );
      })}
    </ol>
  );
}
