import type { BatchView } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

/** Why it is where it is, and when it goes on by itself. */
export function BatchReason({ batch }: { readonly batch: Pick<BatchView, 'reason' | 'waitsUntil'> }) {
  const { t } = useTexts();
  const format = useFormat();
  const { reason, waitsUntil } = batch;
  if (reason === null && waitsUntil === null) return null;
  return (
    <p className="k-batch-reason">
      {reason?.message}
      {waitsUntil !== null && ` ${t('models.batch.waits-until', { at: format.dateTime(waitsUntil) })}`}
    </p>
  );
}
