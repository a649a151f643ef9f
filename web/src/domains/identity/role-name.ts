import { useTranslation } from 'react-i18next';

const builtIn = ['viewer', 'editor', 'operator', 'auditor', 'admin'] as const;

/** A role as people of the page's language call it; roles of one's own by their title, if they have one. */
export function useRoleName(): (name: string, title?: string | null) => string {
  const { t } = useTranslation();
  return (name, title) => {
    const known = builtIn.find((one) => one === name);
    return known === undefined ? (title ?? name) : t(`people.role.${known}`);
  };
}
