import './audit-page.css';

import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ChainCard } from './chain-card.tsx';
import { Detections } from './detections.tsx';
import { Entries } from './entries.tsx';

export function AuditPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader title={t('audit.title')} lead={t('audit.lead')} />
      <ChainCard />
      <Detections />
      <Entries />
    </>
  );
}
