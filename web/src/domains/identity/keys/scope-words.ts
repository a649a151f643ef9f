import { useTranslation } from 'react-i18next';

import type { KeyScope } from '#platform/contract';

/** What a scope of a key allows, in words. */
export function useScopeWords(): (scope: KeyScope) => string {
  const { t } = useTranslation();
  return (scope) =>
    scope === 'read' || scope === 'ingest' ? t(`people.scope.${scope}`) : t(`people.permission.${scope}`);
}
