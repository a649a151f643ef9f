/** Something that happened and that somebody may want to hear of. */
import type { Instant } from '#kernel/brands';
import type { MessageParams } from '#kernel/errors';

import type { NoticeEvent, Severity } from './contract/notice-shapes.ts';

/** What fills a message, put into words in the reader's language. */
export interface Filling {
  readonly params?: MessageParams;
  /** Keys of messages; several stand in a row. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Instants. */
  readonly times?: Readonly<Record<string, string>>;
}

export interface Worded extends Filling {
  readonly key: string;
}

export interface Notice {
  /** Told once to each target, however often it is handed over. */
  readonly id: string;
  /** What routes choose by: `backup-failed`. */
  readonly kind: string;
  readonly event: NoticeEvent;
  readonly severity: Severity;
  /** Step of the escalation; 0 is the first telling. */
  readonly level: number;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly tags: readonly string[];
  readonly site: string | null;
  /** Name of the account that answers for it; null where nobody does. */
  readonly owner: string | null;
  readonly title: Worded;
  readonly lines: readonly Worded[];
  /** The page where something can be done about it: `/operations/alerts/…`. */
  readonly path: string;
  readonly at: Instant;
}
