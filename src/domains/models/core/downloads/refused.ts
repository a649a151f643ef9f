/** Doors that the site keeps closed, in its own words: before anything is asked, and when it answers. */
import { errorFromAnswer, isGated, type Model, type ModelVersion } from '#engines/civitai';
import type { ExplainRefusal, SourceAddress } from '#engines/transfer';
import type { Clock } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import { MINUTE } from '#kernel/units';

/** The site names no time when it pauses an account, and each further try makes it longer (civitai-api.md §4.2). */
const QUOTA_PAUSE_MS = 15 * MINUTE;

/** Words for what the site itself answers; its storage is left to the transfer engine. */
export function explainedBySite(address: SourceAddress, clock: Clock): ExplainRefusal {
  const { host } = new URL(address.url);
  return ({ status, url, headers, body }) => {
    if (url.host !== host) return undefined;
    const error = errorFromAnswer({ status, headers, body }, { path: url.pathname, clock });
    if (error.code !== 'civitai.download-quota' || error.retryAfterMs !== undefined) return error;
    const { kind, code, params, cause } = error;
    return new KuraError(kind, code, { params, cause, retryAfterMs: QUOTA_PAUSE_MS });
  };
}

/** The gate in front of a version, as the site would word it; undefined when it is open. */
export function gateOf(version: ModelVersion, now: number): KuraError | undefined {
  if (!isGated(version, now)) return undefined;
  const deadline = version.paidAccess?.endsAt ?? null;
  return deadline === null
    ? new KuraError('forbidden', 'civitai.paid-access')
    : new KuraError('forbidden', 'civitai.early-access', { params: { deadline } });
}

interface Door {
  readonly model: Model | null;
  readonly version: ModelVersion;
  readonly now: number;
  /** Whether somebody is signed in, who may have bought what is gated: then the site decides. */
  readonly isSignedIn: boolean;
}

/** Why a version cannot be downloaded, whatever is tried; undefined when nothing that is known speaks against it. */
export function closedDoor({ model, version, now, isSignedIn }: Door): KuraError | undefined {
  const mode = model?.mode ?? version.model?.mode ?? null;
  if (mode === 'Archived') return new KuraError('not-found', 'civitai.archived');
  if (mode === 'TakenDown' || version.files.length === 0) {
    const params = { name: model?.name ?? version.name, state: mode ?? 'no-files' };
    return new KuraError('forbidden', 'models.not-downloadable', { params });
  }
  if (version.usageControl !== null && version.usageControl !== 'Download') {
    return new KuraError('forbidden', 'civitai.download-disabled');
  }
  return isSignedIn ? undefined : gateOf(version, now);
}
