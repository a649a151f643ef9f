import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';

interface ChangedMeanwhileProps {
  readonly opened: number;
  readonly newest: number;
  readonly by: string;
}

/** Said while somebody still writes, not only when their change is refused. */
export function ChangedMeanwhile({ opened, newest, by }: ChangedMeanwhileProps) {
  const { t } = useTexts();
  if (newest <= opened) return null;
  return (
    <Notice tone="warn" role="status" title={t('knowledge.changed-meanwhile', { name: by })}>
      <p>{t('knowledge.changed-meanwhile.advice')}</p>
    </Notice>
  );
}
