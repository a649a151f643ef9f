/** The port: hands one message to a chat service or to a receiver of webhooks. */
import type { Language } from '#kernel/messages';

import type { ChannelKind, NoticeEvent, Severity } from '../contract/index.ts';

/** One notice, put into words. */
export interface WordedNotice {
  readonly id: string;
  readonly kind: string;
  readonly event: NoticeEvent;
  readonly severity: Severity;
  /** In the language of the channel. */
  readonly severityText: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly name: string };
  readonly tags: readonly string[];
  readonly site: string | null;
  readonly title: string;
  readonly lines: readonly string[];
  /** Whole address of its page; undefined where the address of this site is not configured. */
  readonly url: string | undefined;
  readonly at: string;
}

export interface ChannelMessage {
  /** Stays the same when the message is handed over again. */
  readonly id: string;
  readonly kind: ChannelKind;
  readonly url: string;
  /** Webhooks are signed with each; the newest first. */
  readonly secrets: readonly string[];
  readonly language: Language;
  /** What it says in one line. */
  readonly title: string;
  readonly notices: readonly WordedNotice[];
  /** Text of the button that leads to a page. */
  readonly action: string;
  /** `and 3 more`. */
  readonly more: (count: number) => string;
}

export interface ChannelAnswer {
  readonly status: number;
  /** The beginning of what was answered. */
  readonly answer: string;
}

export interface ChannelTransport {
  /**
   * Whether a channel of the kind may have this address.
   * @throws KuraError invalid `notify.channel-address-foreign`, refused `outbound.refused`
   */
  checkAddress(kind: ChannelKind, url: URL): void;
  /**
   * Resolves when the other side took the message.
   * @throws KuraError of a kind that may be tried again (unavailable, limit), or of one that may not
   */
  send(message: ChannelMessage, signal: AbortSignal): Promise<ChannelAnswer>;
}
