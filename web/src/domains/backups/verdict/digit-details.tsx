import type { DigitView, JobStatusView } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { digitNames } from './digit-row.tsx';

const tones: Readonly<Record<DigitView['verdict'], Tone>> = { pass: 'ok', fail: 'bad', unknown: 'calm' };

/** Why each figure stands as it does and what to do about it; open from the start where something is to be done. */
export function DigitDetails({ digits }: { readonly digits: JobStatusView['digits'] }) {
  const { t } = useTexts();
  const wanting = digitNames.some((name) => digits[name].verdict !== 'pass');
  return (
    <details className="k-digit-details" open={wanting}>
      <summary>{t('backups.why')}</summary>
      <dl>
        {digitNames.map((name) => (
          <div key={name}>
            <dt>
              {t(`backups.digit.${name}`)}
              <StateBadge tone={tones[digits[name].verdict]} label={t(`backups.digit-state.${digits[name].verdict}`)} />
            </dt>
            <dd>
              <DigitReasons digit={digits[name]} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function DigitReasons({ digit }: { readonly digit: DigitView }) {
  const { t } = useTexts();
  return (
    <>
      {digit.reasons.map((reason) => (
        <p key={reason.text}>{reason.text}</p>
      ))}
      {digit.remedy !== null && (
        <p className="k-remedy">
          <strong>{t('backups.remedy')}</strong> {digit.remedy.text}
        </p>
      )}
      {digit.evidence.length > 0 && (
        <p>
          {t('backups.evidence')} {digit.evidence.join(', ')}
        </p>
      )}
      {digit.validUntil !== null && (
        <p>
          {t('backups.valid-until')} <Moment at={digit.validUntil} as="exact" />
        </p>
      )}
    </>
  );
}
