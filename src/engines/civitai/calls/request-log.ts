import type { Instant } from '#kernel/brands';

/** One exchange with the server, safe to write to a log: no token, no body. */
export interface RequestLogEntry {
  readonly at: Instant;
  readonly method: 'GET' | 'POST';
  /** What must not be seen in the query is masked. */
  readonly url: string;
  /** Host and port that were asked. */
  readonly host: string;
  /** Null when no answer came. */
  readonly status: number | null;
  /** 1 = the first try of a call. */
  readonly attempt: number;
  /** How many redirects were followed. */
  readonly redirects: number;
  /** Time spent waiting for a turn. */
  readonly waitedMs: number;
  /** Time from sending to the last byte. */
  readonly durationMs: number;
  /** Characters of the body. */
  readonly bodyLength: number;
  /** Whether the token travelled. */
  readonly tokenSent: boolean;
  /** Code of the error, null when the answer was good. */
  readonly errorCode: string | null;
  /** When this will be tried again; null = it will not. */
  readonly retryInMs: number | null;
}

/** Keys, and what makes a signed storage address work. */
const secretParameters =
  /([?&](?:token|api_?key|key|authorization|sig|signature|x-amz-(?:signature|credential|security-token))=)[^&#\s"]*/gi;

/** The address without what must not be seen. */
export function redactUrl(url: string): string {
  return url.replaceAll(secretParameters, '$1***').replace(/^(https?:\/\/)[^/@]*@/i, '$1***@');
}
