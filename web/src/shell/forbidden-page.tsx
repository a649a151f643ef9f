import { Link } from '@tanstack/react-router';

import type { Permission } from '#platform/contract';
import { useTexts } from '../lib/use-texts.ts';
import { PageHeader } from '../ui/page-header.tsx';

export function ForbiddenPage({ permission }: { readonly permission: Permission }) {
  const { t } = useTexts();
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
