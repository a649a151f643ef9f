/** Download jobs, their plans and what became of their files, as people read them on a terminal. */
import { table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { BatchDetailView, BatchItemView, BatchPlanView, BatchView, DecisionView } from '../contract/index.ts';
import { planDetails } from './plan-details.ts';

/** Of the reasons of files that are not there; the others are counted. */
const shownReasons = 20;
/** The time of an id to the millisecond: eight letters are the same for a minute. */
const shortId = 13;

export function batchesTable(batches: readonly BatchView[], text: Translator): string {
  return table(
    batches.map(({ id, name, status, options, tally, updatedAt }) => [
      id.slice(0, shortId),
      text.text(`cli.models.batches.status.${status}`),
      text.text('cli.models.batches.files', { done: tally.done, files: tally.files }),
      `${text.bytes(tally.doneBytes)} / ${text.bytes(tally.totalBytes)}`,
      options.priority === 'normal' ? '' : options.priority,
      name,
      text.time(updatedAt),
    ]),
  );
}

/** How it stands: state with its reason, and the counts that are not zero. */
export function batchText(batch: BatchView, text: Translator): string {
  const { id, name, status, origin, reason, waitsUntil, tally } = batch;
  const counts = (['done', 'skipped', 'pending', 'processing', 'quarantined', 'failed', 'cancelled'] as const)
    .filter((count) => tally[count] > 0 || count === 'done')
    .map((count) => text.text(`cli.models.batches.count.${count}`, { count: text.number(tally[count]) }));
  return [
    `${name}  [${id}]`,
    text.text('cli.models.batches.state', { state: text.text(`cli.models.batches.status.${status}`), origin }),
    ...(reason === null ? [] : [`  ${reason.message}`]),
    ...(waitsUntil === null ? [] : [`  ${text.text('cli.models.batches.waits-until', { at: text.time(waitsUntil) })}`]),
    text.text('cli.models.batches.counts', { files: text.number(tally.files), counts: counts.join(', ') }),
    text.text('cli.models.batches.bytes', {
      done: text.bytes(tally.doneBytes),
      total: text.bytes(tally.totalBytes),
      network: text.bytes(tally.networkBytes),
      retries: text.number(tally.retries),
    }),
  ].join('\n');
}

/** With how it is fetched, and what was decided about that last. */
export function batchDetailText(batch: BatchDetailView, text: Translator): string {
  const { id, options, boost, decisions, isLeft } = batch;
  const { batchSize, pauseSeconds, priority, strategy } = options;
  const mode = text.text(`models.mode.${options.mode ?? 'usual'}`);
  return [
    batchText(batch, text),
    ...(isLeft ? [text.text('cli.models.batches.left', { id })] : []),
    text.text('cli.models.batches.how', { priority, strategy, mode }),
    ...(boost === 0 ? [] : [text.text('cli.models.batches.how.boost', { count: boost })]),
    ...(batchSize === undefined
      ? []
      : [text.text('cli.models.batches.how.groups', { count: batchSize, seconds: pauseSeconds })]),
    ...(decisions.length === 0 ? [] : [text.text('cli.models.batches.decisions')]),
    ...decisions.map((decision) => decisionLine(decision, text)),
  ].join('\n');
}

function decisionLine({ at, name, from, to, message }: DecisionView, text: Translator): string {
  const params = { at: text.time(at), name: name === null ? '' : `${name}  `, from, to, message };
  return text.text('cli.models.batches.decision', params);
}

export function itemsTable(items: readonly BatchItemView[], text: Translator): string {
  return table(
    items.map(({ number, ref, status, wasThere, name, path, sizeBytes, mirror, reason }) => [
      String(number),
      text.text(`cli.models.batches.item.${status === 'done' && wasThere ? 'skipped' : status}`),
      sizeBytes === null ? '' : text.bytes(sizeBytes),
      name ?? ref,
      [reason?.message ?? path ?? '', mirror === null ? '' : text.text('models.from-mirror', { mirror })]
        .join('  ')
        .trim(),
    ]),
  );
}

/** Why files are not there, one line each. */
export function reasonsText(items: readonly BatchItemView[], id: string, text: Translator): string {
  const lines = items
    .slice(0, shownReasons)
    .map(({ name, ref, reason }) => `  ${name ?? ref}: ${reason?.message ?? '–'}${codeOf(reason)}`);
  const more = items.length - shownReasons;
  const rest =
    more > 0 ? [text.text('cli.models.batches.more-reasons', { count: more, id: id.slice(0, shortId) })] : [];
  return [...lines, ...rest].join('\n');
}

function codeOf(reason: BatchItemView['reason']): string {
  return reason === null ? '' : `  [${reason.code}]`;
}

/** What would happen: the files, what they take, what needs a person's word. */
export function planText(plan: BatchPlanView, text: Translator): string {
  const rows = plan.items.map(({ ref, action, sizeBytes, reason, path, siteFault }) => [
    ref,
    text.text(`cli.models.batches.plan.${action}`),
    sizeBytes === null ? '' : text.bytes(sizeBytes),
    planDetails({ path: reason === null ? path : null, reason: reason?.message, siteFault }, text),
  ]);
  const { files, skipped, failed, unknownSizes, unresolved } = plan;
  const counts = { files, skipped, failed };
  const bytes = { total: text.bytes(plan.totalBytes), free: text.bytes(plan.freeBytes) };
  const notes = [
    ...(files > plan.items.length ? [text.text('cli.models.batches.plan.first', { count: plan.items.length })] : []),
    text.text('cli.models.batches.plan.counts', counts),
    text.text('cli.models.batches.plan.bytes', { ...bytes, reserve: text.bytes(plan.reserveBytes) }),
    ...(plan.fits ? [] : [text.text('cli.models.batches.plan.too-big')]),
    ...(unknownSizes > 0 ? [text.text('cli.models.batches.plan.unknown-sizes', { count: unknownSizes })] : []),
    ...(unresolved > 0 ? [text.text('cli.models.batches.plan.unresolved', { count: unresolved })] : []),
  ];
  return [table(rows), ...notes, ...badLineLines(plan, text), ...termLines(plan, text)].join('\n');
}

function badLineLines({ badLines }: Pick<BatchPlanView, 'badLines'>, text: Translator): readonly string[] {
  return badLines.map(({ line, reason }) => text.text('cli.models.bad-line', { line, reason: reason.message }));
}

function termLines({ licences, consents }: BatchPlanView, text: Translator): readonly string[] {
  const asked = consents.filter(({ given }) => !given);
  return [
    ...licences.map(({ terms, files }) => text.text('cli.models.batches.plan.licence', { terms, files })),
    ...asked.map(({ kind, files }) =>
      text.text(`cli.models.batches.plan.consent-${kind === 'likeness' ? 'likeness' : 'risk'}`, { files }),
    ),
  ];
}
