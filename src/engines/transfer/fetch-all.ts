/** From whatever is here to all bytes of one version of the file: asks, and begins again where it has to. */
import { KuraError } from '#kernel/errors';

import type { OpenedAnswer } from './answer-reader.ts';
import { BLOCK_BYTES } from './blocks/block-pool.ts';
import { ifRangeOf, mayContinue, mayJoinPieces, sameEntity } from './entity.ts';
import { fixesEveryByte } from './file-hashes.ts';
import { FirstLookRefusal } from './first-look/first-look-refusal.ts';
import { takeFirstLook } from './first-look/take-first-look.ts';
import type { WantedRange } from './http-source.ts';
import { fetchRanges, leaseBytesFor, type OpenedRange, SPLIT_FROM } from './ranged-transfer.ts';
import { sourceChanged } from './source-changed.ts';
import { TransferFault } from './transfer-fault.ts';
import type { TransferRun } from './transfer-run.ts';
import { fetchShort, fetchWhole, type OpenedWhole } from './whole-transfer.ts';

/** How often the file may change, or seem to, before we stop chasing it. */
const MAX_RESTARTS = 4;

/** @throws KuraError when the file cannot be had; what has arrived stays in the part. */
export async function fetchAll(run: TransferRun, signal: AbortSignal): Promise<void> {
  let restarts = 0;
  let isConfirmed = fixesEveryByte(run.request.expected?.hashes ?? {}) || !run.state.isComplete;
  // What is continued, or fetched once more in one stream because its bytes were wrong, was looked at when it began.
  let isLookedAt = run.isPlain || run.state.presentBytes > 0;
  while (!isConfirmed || !run.state.isComplete) {
    try {
      if (!isConfirmed) await confirm(run, signal);
      isConfirmed = true;
      if (!isLookedAt) await takeFirstLook(run, signal);
      isLookedAt = true;
      await attempt(run, signal);
    } catch (error) {
      if (error instanceof FirstLookRefusal) throw error;
      const fault = run.budget.faultOf(error);
      if (fault.remedy === 'retry') {
        await run.pause(fault, signal);
        continue;
      }
      restarts += 1;
      if (restarts > MAX_RESTARTS) throw fault.verdict;
      // Servers behind one name that disagree about the version never let pieces be joined; one stream has one version.
      run.isPlain ||= fault.remedy === 'plain' || restarts === MAX_RESTARTS;
      // Another version of the file is another file.
      isLookedAt &&= fault.remedy === 'plain';
      await run.state.restart();
    }
  }
}

/** All bytes are here from an earlier run, and no published hash says they are still the right ones: ask for the last. */
async function confirm(run: TransferRun, signal: AbortSignal): Promise<void> {
  const { entity } = run.state;
  const total = entity?.totalBytes ?? 0;
  if (!entity || total === 0) return;
  const opened = await run.open({ start: total - 1, end: total, ifRange: ifRangeOf(entity) }, signal);
  if (opened.kind !== 'beyond-end') opened.reader[Symbol.dispose]();
  if (opened.kind === 'beyond-end' || !sameEntity(entity, opened.entity)) throw sourceChanged(opened, entity);
}

async function attempt(run: TransferRun, signal: AbortSignal): Promise<void> {
  if (run.state.isComplete) return;
  if (run.isPlain && run.state.entity) await run.state.restart();
  const opened = await run.open(run.isPlain ? undefined : firstWanted(run), signal);
  if (opened.kind === 'beyond-end') {
    await acceptEmpty(run, opened);
    return;
  }
  try {
    await (opened.kind === 'whole' ? takeWhole(run, opened, signal) : takeRange(run, opened, signal));
  } finally {
    opened.reader[Symbol.dispose]();
  }
}

/** The first gap; on a fresh start a first stretch, whose answer tells whether there is more and whether ranges work. */
function firstWanted(run: TransferRun): WantedRange {
  const { state, connections, request } = run;
  const total = state.entity?.totalBytes;
  if (state.entity && total !== undefined) {
    const [start, end] = state.ranges.firstGap(total) ?? [0, total];
    const lease = leaseBytesFor(total, connections);
    return { start, end: Math.min(end, start + lease), ifRange: ifRangeOf(state.entity) };
  }
  if (connections === 1) return { start: 0 };
  return { start: 0, end: leaseBytesFor(Math.max(SPLIT_FROM, request.expected?.sizeBytes ?? 0), connections) };
}

/** Nothing at byte 0 of an unknown file is an empty file; nothing where bytes are missing is a contradiction. */
async function acceptEmpty(run: TransferRun, opened: Extract<OpenedAnswer, { kind: 'beyond-end' }>): Promise<void> {
  if (!run.state.entity && opened.totalBytes === 0) {
    await run.begin({ totalBytes: 0, validators: {} });
    return;
  }
  if (run.state.entity) throw sourceChanged(opened, run.state.entity);
  const verdict = new KuraError('unavailable', 'transfer.wrong-range');
  throw new TransferFault({ remedy: 'plain', verdict });
}

async function takeWhole(run: TransferRun, opened: OpenedWhole, signal: AbortSignal): Promise<void> {
  if (run.state.entity) throw sourceChanged(opened, run.state.entity);
  // Asked for a range, answered in full: the source ignores ranges, there is no point in asking again.
  run.isPlain = true;
  await run.begin(opened.entity);
  await fetchWhole(run, opened, signal);
}

async function takeRange(run: TransferRun, opened: OpenedRange, signal: AbortSignal): Promise<void> {
  const known = run.state.entity;
  if (known && !mayContinue(known, opened.entity, run.request.expected ?? {})) {
    throw new TransferFault({ remedy: 'restart', verdict: new KuraError('unavailable', 'transfer.source-changing') });
  }
  const isWhole = opened.start === 0 && opened.end === opened.entity.totalBytes;
  if (!isWhole && !mayJoinPieces(opened.entity, run.request.expected ?? {})) {
    const verdict = new KuraError('unavailable', 'transfer.source-changing');
    throw new TransferFault({ remedy: 'plain', verdict });
  }
  await run.begin(opened.entity);
  const isShort = isWhole && opened.end <= BLOCK_BYTES;
  await (isShort ? fetchShort(run, opened, signal) : fetchRanges(run, opened, signal));
}
