/** Fetches a file in one stream from its first byte, because it is short or the source gives it no other way. */
import type { OpenedAnswer } from './answer-reader.ts';
import { pump } from './body-pump.ts';
import type { OpenedRange } from './ranged-transfer.ts';
import { TransferFault } from './transfer-fault.ts';
import { cutShort, type TransferRun, tooLarge, wrongSize } from './transfer-run.ts';

export type OpenedWhole = Extract<OpenedAnswer, { kind: 'whole' }>;

/** The part must be empty. What breaks off cannot be continued: the next attempt begins at zero. */
export async function fetchWhole(run: TransferRun, opened: OpenedWhole, signal: AbortSignal): Promise<void> {
  using reader = opened.reader;
  const announced = opened.entity.totalBytes;
  let claimed = 0;
  const written = await pump({
    run,
    reader,
    position: 0,
    signal,
    claim: (count) => {
      claimed += count;
      const limit = run.request.maxBytes ?? Number.POSITIVE_INFINITY;
      if (claimed > limit) throw tooLarge(limit, claimed);
      return count;
    },
  });
  if (announced !== undefined && written !== announced) throw cutShort(written, announced);
  const expected = run.request.expected?.sizeBytes;
  if (expected !== undefined && written !== expected) {
    throw new TransferFault({ remedy: 'retry', verdict: wrongSize(expected, written), maxAttempts: 3 });
  }
  run.state.entity = { ...opened.entity, totalBytes: written };
}

/** One answer to a range that has all of a short file: there is nothing to steer. What breaks off can be continued. */
export async function fetchShort(run: TransferRun, opened: OpenedRange, signal: AbortSignal): Promise<void> {
  using reader = opened.reader;
  using governor = run.govern(1);
  governor.inUse = 1;
  let left = opened.end;
  const written = await pump({
    run,
    reader,
    position: 0,
    signal,
    claim: (count) => {
      const granted = Math.min(count, left);
      left -= granted;
      run.budget.progress(granted);
      return granted;
    },
  });
  if (written < opened.end) throw cutShort(written, opened.end);
}
