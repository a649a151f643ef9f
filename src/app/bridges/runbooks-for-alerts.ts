/** alerts ← knowledge: entries that fit an alert, as far as whoever looks may read them. */
import type { Language } from '#kernel/messages';
import type { Knowledge } from '#knowledge';
import type { Caller } from '#platform/access';
import { type Alert, type AlertRoutesDeps, presentAlert, type Runbook } from '#platform/alerts';
import type { Translator } from '#platform/i18n';

const most = 5;

interface Deps {
  readonly knowledge: Pick<Knowledge, 'search'>;
  readonly translators: Readonly<Record<Language, Translator>>;
}

export function runbooksFrom({ knowledge, translators }: Deps): AlertRoutesDeps['runbooks'] {
  return async (alert, { caller, language }) => find({ knowledge, translator: translators[language] }, alert, caller);
}

async function find(
  { knowledge, translator }: { readonly knowledge: Deps['knowledge']; readonly translator: Translator },
  alert: Alert,
  caller: Caller,
): Promise<readonly Runbook[]> {
  if (!caller.permissions.has('knowledge:read')) return [];
  const { title, detail } = presentAlert(alert, translator);
  const q = plainWords(`${title} ${detail ?? ''}`);
  // Asked by Kura, not typed by somebody: what is not found is no gap to be noted.
  const found = await knowledge.search(caller, {
    q,
    limit: most,
    match: 'any',
    typing: true,
  });
  return found.hits.map(({ id, title: name, type, snippet }) => ({ id, title: name, type, snippet }));
}

/** Nothing of it should be read as a sign of the query language. */
function plainWords(text: string): string {
  return text
    .replaceAll(/[^\p{Letter}\p{Number}\s]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
