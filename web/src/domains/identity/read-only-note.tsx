import { useMay } from '../../lib/session.ts';
import { useTexts } from '../../lib/use-texts.ts';

/** Says why there are no buttons. */
export function ReadOnlyNote() {
  const { t } = useTexts();
  if (useMay('users:manage')) return null;
  return <p className="k-people-note">{t('people.read-only', { permission: t('people.permission.users:manage') })}</p>;
}
