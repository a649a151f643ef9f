import { Anchor, Container } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../lib/use-texts.ts';
import { PageHeader } from '../ui/page-header.tsx';

export function MissingPage() {
  const { t } = useTexts();
  return (
    <Container component="main" size="sm" py="xl">
      <PageHeader title={t('shell.missing-page')} lead={t('shell.missing-page.advice')} />
      <Anchor component={Link} to="/">
        {t('shell.to-overview')}
      </Anchor>
    </Container>
  );
}
