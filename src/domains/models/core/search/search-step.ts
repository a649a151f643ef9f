/** What a search hands out while it goes on. */
import type { Feature, FeatureLevel, Model } from '#engines/civitai';
import type { Instant } from '#kernel/brands';
import type { Clock } from '#kernel/clock';
import type { KuraError, MessageParams } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { SearchAnswer } from '../../contract/index.ts';
import type { ModelSource } from '../../ports.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import type { QualityOptions } from './quality-score.ts';
import type { SearchOrder } from './search-order.ts';
import type { Relaxation } from './sieve.ts';

export interface SeenDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** How quality is counted now; without it as it is by default. */
  readonly quality?: QualityCount;
  /** What words mean today; without it those that Kura came with. */
  readonly vocabulary?: () => Promise<Vocabulary>;
}

export interface QualityCount {
  readonly options: () => QualityOptions;
  /** Counts what the catalogue holds by these options, unless it is done. */
  readonly count: (options: QualityOptions, signal: AbortSignal) => Promise<void>;
}

export interface SearchDeps extends SeenDeps {
  readonly source: ModelSource;
  /** Keeps what was seen in the local catalogue. */
  readonly remember: (models: readonly Model[]) => Promise<void>;
  /** Somebody used a word for a type or a base model that nobody here knows. */
  readonly onUnknownWord?: () => void;
  /** Features of the site that must not be used today; without it none. */
  readonly switchedOff?: () => Promise<readonly Feature[]>;
  /** After so many pages of the site a search stops and says so; half an hour at the polite pace by default. */
  readonly pageBudget?: number;
}

/** What is known of a search at any moment. Counts are those of this call. */
export interface SearchProgress {
  readonly stages: SearchAnswer['stages'];
  readonly sent: SearchAnswer['sent'];
  readonly contributions: SearchAnswer['contributions'];
  readonly warnings: readonly SearchWarning[];
  /** When the oldest of the answers that were used, or of the items of the catalogue, was new; null = just now. */
  readonly asOf: Instant | null;
}

export interface SearchWarning {
  readonly code: string;
  readonly params: MessageParams;
}

/** Pages, then exactly one other step, which is the last. */
export type SearchStep =
  | {
      readonly kind: 'page';
      /** What of this page passed every condition, no model twice. */
      readonly found: readonly Candidate[];
      readonly progress: SearchProgress;
      /** Goes on after this page; undefined = this was the last one. */
      readonly cursor: string | undefined;
    }
  | {
      readonly kind: 'ended';
      readonly stopped: SearchAnswer['stopped'];
      readonly progress: SearchProgress;
      readonly relaxations: readonly Relaxation[];
      /** Only with `stopped: error`. */
      readonly error: KuraError | undefined;
      /** Where to go on; undefined when there is nothing more. */
      readonly cursor: string | undefined;
    };

export interface PageLimits {
  /** Stops within a page once so many are found; an order made by Kura needs them all. */
  readonly found: number;
  readonly pages: number;
}

export interface SearchOutcome extends SearchProgress {
  readonly found: readonly Candidate[];
  readonly order: SearchOrder;
  /** How far what was asked of the site is promised by it; undefined when it was not asked. */
  readonly level?: FeatureLevel;
  /** The moment that periods and gates were judged at, in ms since the epoch. */
  readonly now: number;
  /** How the quality of models was counted. */
  readonly quality: QualityOptions;
  readonly stopped: SearchAnswer['stopped'];
  readonly error: KuraError | undefined;
  /** Only when nothing was found. */
  readonly relaxations: readonly Relaxation[];
  /** How many there are in all, as far as that is known: the site does not tell. */
  readonly total: SearchAnswer['total'];
  readonly nextCursor: string | undefined;
}
