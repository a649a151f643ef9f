/** One way to do harm, written at least three ways; harmless payloads, and nothing is ever loaded. */
import type { ScanLimits } from '../../limits.ts';
import type { Verdict } from '../../report.ts';
import type { RuleId } from '../../rules.ts';

export interface Technique {
  /** The rule that each sample breaks. */
  readonly rule: RuleId;
  /** The verdict on each sample, where it is worse than the rule alone. */
  readonly verdict?: Verdict;
  /** Bounds for these samples, where the real ones would take large files. */
  readonly limits?: Partial<ScanLimits>;
  /** By file name: a name says a loader, and which of the ways it is. */
  readonly samples: Readonly<Record<string, Buffer | string>>;
}

/** By what is done, in words. */
export type Techniques = Readonly<Record<string, Technique>>;

export function bytesOf(content: Buffer | string): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
