/** What goes wrong with a provider, as the errors of the house. */
import { isKuraError, KuraError } from '#kernel/errors';

import type { OidcSettings } from './oidc-settings.ts';

export const timeoutSeconds = 15;

export function refused(reason: string, cause?: unknown): KuraError {
  return new KuraError('unauthenticated', 'oidc.refused', { params: { reason }, cause });
}

/** Whatever the provider said or signed wrongly is a refusal; only its silence may pass. */
export function translated({ issuer }: OidcSettings, error: unknown): KuraError {
  const own = [error, causeOf(error)].find((one) => isKuraError(one));
  if (own !== undefined && own.kind !== 'unavailable') return own;
  const reason = reasonOf(error);
  if (own !== undefined || reason === 'OAUTH_TIMEOUT') {
    const options = { params: { issuer, reason: own === undefined ? `${timeoutSeconds} s` : reasonOf(own) } };
    return new KuraError('unavailable', 'oidc.unreachable', { ...options, cause: error });
  }
  return refused(reason, error);
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function reasonOf(error: unknown): string {
  if (isKuraError(error)) return String(error.params['reason'] ?? error.code);
  const facts: { readonly error?: unknown; readonly code?: unknown; readonly message?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  const word = [facts.error, facts.code, facts.message].find((one) => typeof one === 'string');
  return typeof word === 'string' ? word.slice(0, 100) : 'unknown';
}
