import type { KeyScope } from '#platform/contract';
import { useTexts } from '../../../lib/use-texts.ts';

/** What a scope of a key allows, in words. */
export function useScopeWords(): (scope: KeyScope) => string {
  const { t } = useTexts();
  return (scope) =>
    scope === 'read' || scope === 'ingest' ? t(`people.scope.${scope}`) : t(`people.permission.${scope}`);
}
