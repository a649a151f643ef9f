/** The one thing this engine needs from outside: somebody who carries a request and brings back the answer. */
import { KuraError } from '#kernel/errors';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The transport stops reading here and rejects with `answerTooLarge(maxBodyBytes)`. */
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; a repeated header joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed and decoded as UTF-8. */
  readonly body: string;
}

/**
 * Sends one request and reads one answer. Never follows a redirect (3xx is an answer), never retries, never adds
 * credentials. Rejects with whatever the network gave; a `KuraError` passes through unchanged, so an egress policy
 * can refuse with its own words.
 */
export interface HttpTransport {
  send(request: HttpRequest): Promise<HttpAnswer>;
}

/** What a transport rejects with when a body outgrows `maxBodyBytes`. */
export function answerTooLarge(maxBodyBytes: number): KuraError {
  return new KuraError('limit', 'civitai.answer-too-large', { params: { maxBytes: maxBodyBytes } });
}
