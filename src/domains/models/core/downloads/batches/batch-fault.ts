/** What a failure means for the rest of the batch (M-126, M-134). */
import { fileId, versionId } from '#engines/civitai';
import type { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';

import type { ModelSource } from '../../../ports.ts';

/**
 * `final`: this file, whatever is tried; `passing`: this file, now; `everything`: no file can succeed until a person
 * does something; `away`: no file can succeed for a while.
 */
export type FaultClass = 'final' | 'passing' | 'everything' | 'away';

const everything: ReadonlySet<string> = new Set([
  'kernel.disk-full',
  'kernel.no-permission',
  'transfer.disk-space',
  'models.disk-space',
  'files.lock-unreadable',
  'transfer.proxy-login',
  'transfer.proxy-refused',
]);

const away: ReadonlySet<string> = new Set([
  'civitai.circuit-open',
  // Of Kura's own client; the site's words for it come from other transports.
  'outbound.unreachable',
  'civitai.unreachable',
  'civitai.rate-limited',
  'civitai.download-quota',
]);
/** Somebody else fetches the same file now. */
const elsewhere: ReadonlySet<string> = new Set(['files.locked', 'transfer.busy']);
const loginWanted: ReadonlySet<string> = new Set(['civitai.token-needed', 'transfer.login-required']);

/** As long as nobody says how long it takes. */
const AWAY_MS = 5 * MINUTE;

/** @param hasToken a 401 although there is one means that it no longer counts, and so for every file */
export function classOfFault(error: KuraError, hasToken: boolean): FaultClass {
  const { code, facts } = error;
  if (everything.has(code) || (hasToken && loginWanted.has(code))) return 'everything';
  if (away.has(code)) return 'away';
  return facts.retryable || elsewhere.has(code) ? 'passing' : 'final';
}

export function awayMs({ retryAfterMs }: KuraError): number {
  return retryAfterMs ?? AWAY_MS;
}

/** Whether requests for files carry the account's token. */
export function hasToken(source: Pick<ModelSource, 'fileAddress'>): boolean {
  return source.fileAddress(versionId(1), fileId(1)).headers?.['authorization'] !== undefined;
}

/** What may come of knowing a file by an answer of some minutes ago. */
export function mayBeStale({ code }: KuraError): boolean {
  return ['transfer.not-found', 'civitai.not-found', 'transfer.hash-mismatch', 'transfer.size-mismatch'].includes(code);
}
