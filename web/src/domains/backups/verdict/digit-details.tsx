import type { DigitView, JobStatusView } from '#backups/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';
import { digitNames } from './digit-row.tsx';
import { RemedyAction } from './remedy-action.tsx';

const tones: Readonly<Record<DigitView['verdict'], Tone>> = { pass: 'ok', fail: 'bad', unknown: 'calm' };

/** Why each figure stands as it does and what to do about it; open from the start where something is to be done. */
export function DigitDetails({ job }: { readonly job: JobStatusView }) {
  const { t } = useTexts();
  const { digits } = job;
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
              <DigitReasons job={job} name={name} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

interface DigitReasonsProps {
  readonly job: JobStatusView;
  readonly name: keyof JobStatusView['digits'];
}

function DigitReasons({ job, name }: DigitReasonsProps) {
  const { t } = useTexts();
  const digit = job.digits[name];
  return (
    <>
      {digit.reasons.map((reason) => (
        <p key={reason.text}>{reason.text}</p>
      ))}
      {digit.remedy !== null && (
        <div className="k-remedy">
          <strong>{t('backups.remedy')}</strong> {digit.remedy.text}{' '}
          <RemedyAction job={job} digit={name} remedy={digit.remedy} />
        </div>
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
