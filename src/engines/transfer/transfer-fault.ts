/** Something that went wrong with one answer, and what would put it right; never leaves the engine. */
import { type KuraError, systemCode } from '#kernel/errors';

/**
 * `retry` – ask again; `restart` – what is here belongs to another version of the file, begin at zero;
 * `plain` – the source's ranges are not to be trusted, begin at zero in one stream.
 */
export type Remedy = 'retry' | 'restart' | 'plain';

export interface TransferFaultOptions {
  readonly remedy: Remedy;
  /** What the caller hears if the remedy does not help. */
  readonly verdict: KuraError;
  readonly retryAfterMs?: number | undefined;
  /** The far side is refusing load: fewer connections, not more attempts. */
  readonly busy?: boolean;
  /** How often in a row this may be retried, if fewer than the usual limit. */
  readonly maxAttempts?: number | undefined;
  /** Does not count as an attempt: a remembered address has run out, and the next request asks for a new one. */
  readonly free?: boolean;
}

export class TransferFault extends Error {
  override readonly name = 'TransferFault';
  readonly remedy: Remedy;
  readonly verdict: KuraError;
  readonly retryAfterMs: number | undefined;
  readonly busy: boolean;
  readonly maxAttempts: number;
  readonly free: boolean;

  constructor(options: TransferFaultOptions) {
    super(options.verdict.message, { cause: options.verdict });
    this.remedy = options.remedy;
    this.verdict = options.verdict;
    this.retryAfterMs = options.retryAfterMs;
    this.busy = options.busy ?? false;
    this.maxAttempts = options.maxAttempts ?? Number.POSITIVE_INFINITY;
    this.free = options.free ?? false;
  }
}

const networkCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  // Our own reader of answers: what came is not HTTP.
  'KURA_BAD_ANSWER',
  // What came is no TLS, or broke off within the handshake.
  'EPROTO',
  // What came is no HTTP (BadAnswer of the wire).
  'KURA_BAD_ANSWER',
]);

/** Whether `error` says that the line failed, not that the request was wrong. */
export function isNetworkError(error: unknown): boolean {
  const code = systemCode(error);
  if (code !== undefined && (networkCodes.has(code) || isUndiciNetworkCode(code))) return true;
  if (isNoHttp(error)) return true;
  return error instanceof AggregateError && error.errors.some(isNetworkError);
}

function isUndiciNetworkCode(code: string): boolean {
  return code.startsWith('UND_ERR_') && code !== 'UND_ERR_INVALID_ARG' && code !== 'UND_ERR_ABORTED';
}

/** The same from undici, which often gives such an error no code. */
function isNoHttp(error: unknown): boolean {
  return error instanceof Error && error.name === 'HTTPParserError';
}

/** Codes of OpenSSL's verification, as Node passes them on, and of Node's own look at the names in a certificate. */
const certificateCode =
  /^(?:CERT_|ERR_TLS_CERT_|DEPTH_ZERO_|SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)_|INVALID_PURPOSE)/;

/** Whether the far side could not prove who it is; asking again would not change that. */
export function isUntrusted(error: unknown): boolean {
  return certificateCode.test(systemCode(error) ?? '');
}
