/** Batches as the contract shows them, sentences in the caller's language. */
import { systemClock } from '#kernel/clock';
import type { Translator } from '#platform/i18n';

import type { Batch, BatchItem, BatchPlan, PlannedItem } from '../batches.ts';
import type { BatchItemView, BatchPlanView, BatchView, PlannedFileView } from '../contract/index.ts';
import { boostOf } from '../core/downloads/batches/batch-urgency.ts';
import { originText } from '../core/downloads/batches/report-words.ts';
import { presentReason } from './present-records.ts';

export function presentBatch(batch: Batch, text: Translator): BatchView {
  const { id, name, status, reason, options, tally, waitsUntil, actor } = batch;
  const { createdAt, startedAt, updatedAt, endedAt } = batch;
  return {
    id,
    name,
    status,
    reason: reason === null ? null : presentReason(reason, text),
    origin: originText(batch, text),
    options,
    tally,
    waitsUntil,
    boost: boostOf(batch, systemClock.now()),
    createdBy: actor.name,
    createdAt,
    startedAt,
    updatedAt,
    endedAt,
  };
}

export function presentBatchItem(item: BatchItem, text: Translator): BatchItemView {
  const { batchId: _batch, selector: _selector, round: _round, ms, reason, ...view } = item;
  return {
    ...view,
    reason: reason === null ? null : presentReason(reason, text),
    seconds: ms === null ? null : ms / 1000,
  };
}

export function presentBatchPlan({ badLines, licences, items, ...plan }: BatchPlan, text: Translator): BatchPlanView {
  return {
    ...plan,
    badLines: badLines.map(({ line, reason }) => ({ line, reason: presentReason(reason, text) })),
    licences: licences.map(({ duties, files }) => ({ terms: termsText(duties, text), files })),
    items: items.map((item) => presentPlannedItem(item, text)),
  };
}

function termsText(duties: BatchPlan['licences'][number]['duties'], text: Translator): string {
  if (duties.length === 0) return text.text('models.batch.no-duties');
  return duties.map((duty) => text.text(`cli.models.licences.${duty}`)).join(', ');
}

function presentPlannedItem(planned: PlannedItem, text: Translator): PlannedFileView {
  const { selector: _selector, reason, siteFault, ...item } = planned;
  return {
    ...item,
    ...(siteFault === null ? {} : { siteFault: presentReason(siteFault, text) }),
    ...(reason === null ? {} : { reason: presentReason(reason, text) }),
  };
}
