/** What routes take from the request besides their input. */
import type { Language } from '#kernel/messages';
import type { Caller } from '#platform/access';
import type { RequestContext } from '#platform/http';
import type { Translator } from '#platform/i18n';
import type { Actor } from '#platform/unit-of-work';

export type Translators = Readonly<Record<Language, Translator>>;

export function actorOf({ kind, id, name }: Caller, { requestId }: RequestContext): Actor {
  return { kind, id, name, correlationId: requestId };
}
