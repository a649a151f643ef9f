/** What routes take from the request besides their input. */
import { KuraError } from '#kernel/errors';
import type { Language } from '#kernel/messages';
import type { Caller } from '#platform/access';
import type { RequestContext } from '#platform/http';
import type { Translator } from '#platform/i18n';
import { type Actor, actorOfCaller } from '#platform/unit-of-work';

export type Translators = Readonly<Record<Language, Translator>>;

export function actorOf(caller: Caller, { requestId }: RequestContext): Actor {
  return actorOfCaller(caller, requestId);
}

/**
 * A reason beside `acceptRisk` is what overrides the policy.
 * @throws KuraError refused `models.override-forbidden`
 */
export function requireOverride(
  { acceptRisk, riskReason }: { readonly acceptRisk: boolean; readonly riskReason?: string | undefined },
  { caller }: RequestContext,
): void {
  if (!acceptRisk || riskReason === undefined || caller?.permissions.has('models:override') === true) return;
  throw new KuraError('refused', 'models.override-forbidden', { params: { name: '', id: '' } });
}
