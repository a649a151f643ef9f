import { useTranslation } from 'react-i18next';

import { useMay } from '../../lib/session.ts';

/** Says why there are no buttons. */
export function ReadOnlyNote() {
  const { t } = useTranslation();
  if (useMay('users:manage')) return null;
  return <p className="k-people-note">{t('people.read-only', { permission: t('people.permission.users:manage') })}</p>;
}
