/** Which faults of the site mirrors are asked after: it no longer has the file, or cannot be reached (models.md M-113). */
import { isKuraError } from '#kernel/errors';

const gone: ReadonlySet<string> = new Set([
  'civitai.not-found',
  'civitai.archived',
  'models.hash-unknown',
  'transfer.not-found',
]);

const away: ReadonlySet<string> = new Set([
  // Of Kura's own client; the site's words for it come from other transports.
  'outbound.unreachable',
  'civitai.unreachable',
  'civitai.timeout',
  'civitai.circuit-open',
  'civitai.server-error',
  'transfer.server-error',
  'transfer.connection-lost',
  'transfer.stalled',
  'transfer.cut-short',
]);

/**
 * Not after what somebody decided: a gate, a withdrawn permission to download, a model that was taken down. Nor after a
 * limit, which is waited for.
 */
export function mirrorsMayHelp(error: unknown): boolean {
  return isKuraError(error) && (gone.has(error.code) || away.has(error.code));
}
