/**
 * The one error family. Deep code throws, three edges (HTTP, CLI, jobs) translate.
 *
 * `kind` decides status, exit code and whether a retry makes sense; `code` is the key of the message people read
 * (ja/en), so it is never shown raw; `params` fill that message; `id` is shown to the person and written to the log.
 */
import { randomUUID } from 'node:crypto';

export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'limit'
  | 'unavailable'
  | 'refused'
  | 'mismatch'
  | 'stale'
  | 'interrupted'
  | 'internal';

export interface ErrorKindFacts {
  /** HTTP status of the problem details (RFC 9457). */
  readonly status: number;
  /** Process exit code of the command line (blueprint §4.2). */
  readonly exitCode: number;
  /** Whether doing the same again later can succeed without anybody changing anything. */
  readonly retryable: boolean;
}

const kindFacts: Readonly<Record<ErrorKind, ErrorKindFacts>> = {
  invalid: { status: 422, exitCode: 2, retryable: false },
  unauthenticated: { status: 401, exitCode: 1, retryable: false },
  forbidden: { status: 403, exitCode: 1, retryable: false },
  'not-found': { status: 404, exitCode: 1, retryable: false },
  conflict: { status: 409, exitCode: 1, retryable: false },
  limit: { status: 429, exitCode: 1, retryable: true },
  unavailable: { status: 503, exitCode: 1, retryable: true },
  refused: { status: 403, exitCode: 4, retryable: false },
  mismatch: { status: 409, exitCode: 5, retryable: false },
  stale: { status: 412, exitCode: 1, retryable: false },
  interrupted: { status: 499, exitCode: 130, retryable: true },
  internal: { status: 500, exitCode: 1, retryable: false },
};

export type MessageParams = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface KuraErrorOptions {
  readonly params?: MessageParams;
  readonly cause?: unknown;
  /** Milliseconds the far side asked us to wait (Retry-After). */
  readonly retryAfterMs?: number;
  /** One entry per faulty input field, for forms and problem details. */
  readonly fields?: readonly FieldFault[];
}

export interface FieldFault {
  /** Dotted path of the field, e.g. `files.0.name`. */
  readonly path: string;
  /** Message key. */
  readonly code: string;
  readonly params?: MessageParams;
}

export class KuraError extends Error {
  override readonly name = 'KuraError';
  /** Shown to the person and written to the log, so that one finds the other. */
  readonly id: string = randomUUID().slice(0, 8);
  readonly kind: ErrorKind;
  /** Closed code `module.reason`; the key of the ja/en message. */
  readonly code: string;
  readonly params: MessageParams;
  readonly retryAfterMs: number | undefined;
  readonly fields: readonly FieldFault[];

  constructor(kind: ErrorKind, code: string, options: KuraErrorOptions = {}) {
    super(describe(code, options.params), options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.params = options.params ?? {};
    this.retryAfterMs = options.retryAfterMs;
    this.fields = options.fields ?? [];
  }

  get facts(): ErrorKindFacts {
    return kindFacts[this.kind];
  }
}

export function factsOf(kind: ErrorKind): ErrorKindFacts {
  return kindFacts[kind];
}

export function isKuraError(error: unknown): error is KuraError {
  return error instanceof KuraError;
}

/** The error as one of the family: foreign errors become `internal.unexpected`, aborts become `interrupted`. */
export function toKuraError(error: unknown): KuraError {
  if (isKuraError(error)) return error;
  if (isAbort(error)) {
    return isKuraError(error.cause)
      ? error.cause
      : new KuraError('interrupted', 'kernel.interrupted', { cause: error });
  }
  return (
    fromSystemError(error) ??
    new KuraError('internal', 'kernel.unexpected', { cause: error, params: { reason: reasonOf(error) } })
  );
}

/** The `code` of a Node system error (`ENOSPC`, `ECONNREFUSED`, …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function fromSystemError(error: unknown): KuraError | undefined {
  const path = typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : '';
  const options = { cause: error, params: { path, reason: reasonOf(error) } };
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new KuraError('unavailable', 'kernel.disk-full', options);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new KuraError('forbidden', 'kernel.no-permission', options);
    case 'ENOENT':
    case 'ENOTDIR':
      return new KuraError('not-found', 'kernel.path-not-found', options);
    default:
      return undefined;
  }
}

function isAbort(error: unknown): error is Error {
  return error instanceof Error && error.name === 'AbortError';
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function describe(code: string, params: MessageParams = {}): string {
  const entries = Object.entries(params);
  return entries.length === 0
    ? code
    : `${code} (${entries.map(([key, value]) => `${key}: ${String(value)}`).join(', ')})`;
}
