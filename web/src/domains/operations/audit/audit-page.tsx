import './audit-page.css';

import { useTranslation } from 'react-i18next';

import { PageHeader } from '../../../ui/page-header.tsx';
import { ChainCard } from './chain-card.tsx';
import { Detections } from './detections.tsx';
import { Entries } from './entries.tsx';

export function AuditPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('audit.title')} lead={t('audit.lead')} />
      <ChainCard />
      <Detections />
      <Entries />
    </>
  );
}
