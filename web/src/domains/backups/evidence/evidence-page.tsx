import '../documents/documents.css';

import { useMay } from '../../../lib/session.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Containers } from './containers.tsx';
import { ControlMarks } from './control-marks.tsx';

/** What auditors say of controls, and ISO 19650 metadata: what the reports of that name are made of. */
export function EvidencePage() {
  const { t } = useTexts();
  const mayAudit = useMay('audit:read');
  return (
    <>
      <PageHeader title={t('evidence.title')} lead={t('evidence.lead')} />
      {mayAudit && <ControlMarks />}
      <Containers />
    </>
  );
}
