import type { DecisionView } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { Moment } from '../../../ui/moment.tsx';

/** The last decisions about connections and files at once, latest first. */
export function DecisionList({ decisions }: { readonly decisions: readonly DecisionView[] }) {
  const { t } = useTexts();
  const format = useFormat();
  if (decisions.length === 0) return <p>{t('models.decisions.none')}</p>;
  return (
    <ul className="k-plain-list k-decisions">
      {decisions.map(({ at, what, name, from, to, message, bytesPerSecond }, index) => (
        <li key={`${at} ${index}`}>
          <Moment at={at} /> {name !== null && t('models.decisions.of-file', { name })}{' '}
          <strong className="k-number">{t(`models.decisions.${what}`, { from, to })}</strong> {message}{' '}
          {bytesPerSecond !== null && (
            <small>{t('models.decisions.at-speed', { speed: format.bytes(bytesPerSecond) })}</small>
          )}
        </li>
      ))}
    </ul>
  );
}
