import './order-page.css';

import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { AdoptCard } from './adopt-card.tsx';
import { ExportCard } from './export-card.tsx';
import { OrganizeCard } from './organize-card.tsx';

/** Files that are there already, where they belong, and a list of them. */
export function LibraryOrderPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader
        title={t('models.order.title')}
        lead={t('models.order.lead')}
        actions={
          <Anchor component={Link} to="/models/library">
            {t('models.library.title')}
          </Anchor>
        }
      />
      <div className="k-library-order">
        <AdoptCard />
        <OrganizeCard />
        <ExportCard />
      </div>
    </>
  );
}
