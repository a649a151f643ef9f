import { Anchor, Container } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { PageHeader } from '../ui/page-header.tsx';

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Container component="main" size="sm" py="xl">
      <PageHeader title={t('shell.missing-page')} lead={t('shell.missing-page.advice')} />
      <Anchor component={Link} to="/">
        {t('shell.to-overview')}
      </Anchor>
    </Container>
  );
}
