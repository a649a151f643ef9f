import type { Translator } from '#platform/i18n';

import type { BatchItem } from '../../../store/batch-item-store.ts';
import type { Batch } from '../../../store/batch-store.ts';
import type { StoredReason } from '../../../store/reason-column.ts';
import { originText, reasonText, secondsOf } from './report-words.ts';

/** Everything that is known, for programs; reasons by code and in words. */
export function reportAsJson(batch: Batch, items: readonly BatchItem[], translator: Translator): string {
  const { id, name, status, tally, options, createdAt, startedAt, endedAt } = batch;
  const report = {
    batch: {
      id,
      name,
      status,
      reason: reasonOf(batch.reason, translator),
      origin: originText(batch, translator),
      options,
      tally,
      seconds: secondsOf(items.reduce((sum, { ms }) => sum + (ms ?? 0), 0)),
      createdBy: batch.actor.name,
      createdAt,
      startedAt,
      endedAt,
    },
    items: items.map(({ batchId: _batch, round: _round, selector: _selector, ms, reason, ...item }) => ({
      ...item,
      seconds: secondsOf(ms),
      reason: reasonOf(reason, translator),
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function reasonOf(reason: StoredReason | null, translator: Translator) {
  return reason === null ? null : { code: reason.code, message: reasonText(reason, translator) };
}
