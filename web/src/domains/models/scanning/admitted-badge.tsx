import type { Admission } from '#models/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge } from '../../../ui/state-badge.tsx';

/** Somebody let the file in; who and why stands in words, not only in a tooltip. */
export function AdmittedBadge({ admitted }: { readonly admitted: Admission }) {
  const { t } = useTexts();
  const { by, reason } = admitted;
  return (
    <>
      <StateBadge tone="warn" label={t('models.admitted')} />
      <small>
        {t('models.admitted.by', { by })}: {reason ?? t('models.admitted.no-reason')}
      </small>
    </>
  );
}
