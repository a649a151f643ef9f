/** Why a run of a batch is over. */
import { instant } from '#kernel/brands';
import type { KuraError } from '#kernel/errors';
import { DAY } from '#kernel/units';

import type { BatchRow, BatchUse } from '../../../store/batch-store.ts';
import type { StoredReason } from '../../../store/reason-column.ts';
import { reasonOfError } from '../../collecting/reason-of-error.ts';
import { capReached } from './batch-caps.ts';
import type { BatchDeps } from './batch-deps.ts';
import { awayMs } from './batch-fault.ts';
import { isOpen, nextOpening } from './time-windows.ts';

/** Something that would fail every other file as well. */
export interface GeneralFault {
  readonly kind: 'everything' | 'away';
  readonly error: KuraError;
}

export type Stop =
  | { readonly kind: 'aborted' | 'told' | 'urgent' | 'finished' }
  /** `isSharp`: files under way stop, too; their parts are kept. */
  | { readonly kind: 'cap'; readonly reason: StoredReason; readonly isSharp: boolean }
  | { readonly kind: 'closed' | 'away'; readonly reason: StoredReason; readonly until: string }
  | { readonly kind: 'fault'; readonly error: KuraError };

export interface RunState {
  readonly deps: Pick<BatchDeps, 'clock' | 'timeZone'>;
  /** As it was read last. */
  readonly batch: BatchRow;
  readonly used: BatchUse;
  readonly fault: GeneralFault | undefined;
  readonly signal: AbortSignal;
}

/** Undefined while it goes on. */
export function stopOf({ deps, batch, used, fault, signal }: RunState): Stop | undefined {
  if (signal.aborted) return { kind: 'aborted' };
  if (batch.status !== 'processing') return { kind: 'told' };
  if (fault?.kind === 'everything') return { kind: 'fault', error: fault.error };
  const now = deps.clock.now();
  if (fault !== undefined) {
    const until = instant(new Date(now + awayMs(fault.error)));
    return { kind: 'away', reason: reasonOfError(fault.error), until };
  }
  return closedBy(batch, now, deps.timeZone()) ?? cappedBy(batch, used);
}

function closedBy({ options: { windows } }: BatchRow, now: number, zone: string): Stop | undefined {
  if (isOpen(windows, now, zone)) return undefined;
  const opening = nextOpening(windows, now, zone) ?? now + DAY;
  const reason = { code: 'models.batch-window-closed', params: { windows: windows.join('; ') } };
  return { kind: 'closed', reason, until: instant(new Date(opening)) };
}

function cappedBy({ options: { caps } }: BatchRow, used: BatchUse): Stop | undefined {
  const reason = capReached(caps, used);
  if (reason === undefined) return undefined;
  return { kind: 'cap', reason, isSharp: reason.code !== 'models.batch-cap-files' };
}
