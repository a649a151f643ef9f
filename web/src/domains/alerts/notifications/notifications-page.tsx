import '../alerts.css';

import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Channels } from './channels.tsx';
import { DeliveryLog } from './delivery-log.tsx';
import { Groups } from './groups.tsx';
import { Routes } from './routes.tsx';

/** Who is told of what, by which way, and what became of it. */
export function NotificationsPage() {
  const { t } = useTexts();
  return (
    <>
      <PageHeader title={t('notify.title')} lead={t('notify.lead')} />
      <div className="k-alerts">
        <Channels />
        <Routes />
        <Groups />
        <DeliveryLog />
      </div>
    </>
  );
}
