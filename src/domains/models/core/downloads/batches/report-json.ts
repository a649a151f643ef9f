import type { Translator } from '#platform/i18n';

import type { StoredReason } from '../../../store/reason-column.ts';
import { originText, reasonText, secondsOf } from './report-words.ts';
import type { ReportedBatch, WrittenReport } from './report-writer.ts';

/** Everything that is known, for programs, a line for each file; reasons by code and in words. */
export function reportAsJson({ batch: reported, ms: worked }: ReportedBatch, translator: Translator): WrittenReport {
  const { id, name, status, tally, options, createdAt, startedAt, endedAt } = reported;
  const batch = {
    id,
    name,
    status,
    reason: reasonOf(reported.reason, translator),
    origin: originText(reported, translator),
    options,
    tally,
    seconds: secondsOf(worked),
    createdBy: reported.actor.name,
    createdAt,
    startedAt,
    endedAt,
  };
  return {
    head: `{"batch":${JSON.stringify(batch, undefined, 2)},\n"items":[`,
    line: ({ batchId: _batch, round: _round, selector: _selector, ms, reason, ...item }, isFirst) => {
      const told = { ...item, seconds: secondsOf(ms), reason: reasonOf(reason, translator) };
      return `${isFirst ? '' : ','}\n${JSON.stringify(told)}`;
    },
    end: '\n]}\n',
  };
}

function reasonOf(reason: StoredReason | null, translator: Translator) {
  return reason === null ? null : { code: reason.code, message: reasonText(reason, translator) };
}
