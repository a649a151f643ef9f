import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';

/** Shown this once. */
export function SecretNotice({ secret }: { readonly secret: string }) {
  const { t } = useTexts();
  return (
    <Notice tone="warn" role="status" title={t('notify.secret')}>
      <p className="k-mono">{secret}</p>
    </Notice>
  );
}
