import { useTexts } from '../../lib/use-texts.ts';

const builtIn = ['viewer', 'editor', 'operator', 'auditor', 'admin'] as const;

/** A role as people of the page's language call it; roles of one's own by their title, if they have one. */
export function useRoleName(): (name: string, title?: string | null) => string {
  const { t } = useTexts();
  return (name, title) => {
    const known = builtIn.find((one) => one === name);
    return known === undefined ? (title ?? name) : t(`people.role.${known}`);
  };
}
