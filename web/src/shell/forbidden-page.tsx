import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { Permission } from '#platform/contract';

import { PageHeader } from '../ui/page-header.tsx';

export function ForbiddenPage({ permission }: { readonly permission: Permission }) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={t('people.forbidden')}
        lead={t('people.forbidden.text', { permission: t(`people.permission.${permission}`) })}
      />
      <p>{t('people.forbidden.advice')}</p>
      <Link to="/">{t('shell.to-overview')}</Link>
    </>
  );
}
