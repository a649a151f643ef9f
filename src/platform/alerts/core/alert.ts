/** One alert as it stands. */
import type { Instant } from '#kernel/brands';
import type { MessageParams } from '#kernel/errors';
import type { Filling } from '#platform/notify';
import type { Severity } from '#platform/notify/contract';

import type { AlertState, AlertTypeName } from '../contract/index.ts';

/** What somebody should hear of. */
export interface AlertSignal {
  readonly type: AlertTypeName;
  /** What belongs to one alert: while it lasts, the same again only counts. */
  readonly fingerprint: string;
  /** Default: that of its type. */
  readonly severity?: Severity;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly site?: string | null;
  readonly tags?: readonly string[];
  /** Name of the account that answers for it. */
  readonly owner?: string | null;
  /** Fills the texts of its type. */
  readonly filling?: Filling;
  /** Message code of what went wrong, with what fills it. */
  readonly detail?: { readonly code: string; readonly params: MessageParams };
  /** The page of what it is about. */
  readonly page?: string;
}

export interface Alert extends Required<Omit<AlertSignal, 'detail' | 'page'>> {
  readonly id: string;
  readonly detail: NonNullable<AlertSignal['detail']> | null;
  readonly page: string | null;
  readonly state: AlertState;
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly level: number;
  /** From when on the steps of the escalation are counted. */
  readonly escalatesFrom: Instant;
  readonly snoozedUntil: Instant | null;
  readonly acknowledged: { readonly by: string; readonly at: Instant } | null;
  readonly resolved: { readonly by: string | null; readonly at: Instant } | null;
  readonly note: string | null;
  /** Position of the last event that was counted or that cleared it; an event that comes again is older. */
  readonly lastPosition: number | null;
}
