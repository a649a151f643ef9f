import { Button, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';

import { useFormat } from '../../lib/use-format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Notice } from '../../ui/notice.tsx';

interface ShownOnceProps {
  readonly title: string;
  /** The link or key itself: nobody can show it again. */
  readonly secret: string;
  readonly expiresAt?: string | null;
  readonly onClose: () => void;
}

export function ShownOnce({ title, secret, expiresAt, onClose }: ShownOnceProps) {
  const { t } = useTexts();
  const format = useFormat();
  const clipboard = useClipboard();
  return (
    <Notice tone="ok" title={title} role="status">
      <p>{t('people.once.hint')}</p>
      <TextInput
        aria-label={title}
        value={secret}
        readOnly
        className="k-mono"
        onFocus={(event) => event.currentTarget.select()}
        my="xs"
      />
      {typeof expiresAt === 'string' && <p>{t('people.once.expires', { at: format.dateTime(expiresAt) })}</p>}
      {/* Browsers give the clipboard only to pages that came over TLS or from this machine. */}
      {window.isSecureContext && (
        <Button size="compact-sm" onClick={() => clipboard.copy(secret)} mr="xs">
          {t(clipboard.copied ? 'people.copied' : 'people.copy')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={onClose}>
        {t('people.close')}
      </Button>
    </Notice>
  );
}

/** As it must be opened: on this site. */
export function linkOf(path: string): string {
  return new URL(path, window.location.origin).href;
}
