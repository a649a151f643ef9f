import type { MessageParams } from '#kernel/errors';

/** What a parser can say about a fault besides its rule. */
export interface FindingDetails {
  readonly offset?: number;
  readonly evidence?: string;
  readonly params?: MessageParams;
}
