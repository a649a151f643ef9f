import type { Instant } from '#kernel/brands';
import type { MessageParams } from '#kernel/errors';

import type { en } from './messages/en.ts';

/** Key of a text in this engine's messages. */
export type FindingCode = keyof typeof en;

export interface Finding {
  readonly code: FindingCode;
  readonly params: MessageParams;
}

export type VerdictStatus = 'compliant' | 'warning' | 'non_compliant' | 'unknown' | 'paused';
export type DigitState = 'pass' | 'fail' | 'unknown';

export const digitNames = ['copies', 'media', 'offsite', 'offline', 'errors'] as const;
export type DigitName = (typeof digitNames)[number];

export interface DigitVerdict {
  /** `unknown`: it depends on a report that is missing or cannot be believed. */
  readonly state: DigitState;
  readonly required: number;
  /** Copies, families or errors found; for `errors` less is better. */
  readonly found: number;
  /** Ids of the copies that carry the digit, sorted. */
  readonly evidence: readonly string[];
  /** Why the digit does not pass; empty when it does. */
  readonly reasons: readonly Finding[];
  /** What to do next; null when the digit passes. */
  readonly remedy: Finding | null;
}

export interface Warning extends Finding {
  /** A `warning` keeps the job from being compliant, a `notice` is only said. */
  readonly severity: 'warning' | 'notice';
}

export interface Verdict {
  readonly jobId: string;
  readonly status: VerdictStatus;
  readonly digits: Readonly<Record<DigitName, DigitVerdict>>;
  /** Whether the original is included in the first digit. */
  readonly productionCounted: boolean;
  readonly warnings: readonly Warning[];
  /** The first instant at which the status or the state of a digit is another if nothing happens; null for never. */
  readonly validUntil: Instant | null;
  readonly evaluatedAt: Instant;
}
