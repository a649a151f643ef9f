import { useTranslation } from 'react-i18next';

import { ShownOnce } from '../shown-once.tsx';
import type { MadeKey } from './made-key.ts';

interface MadeKeyNoticeProps {
  /** Undefined: none was made, or its secret has been put away. */
  readonly made: MadeKey | undefined;
  readonly onClose: () => void;
}

export function MadeKeyNotice({ made, onClose }: MadeKeyNoticeProps) {
  const { t } = useTranslation();
  if (made === undefined) return null;
  return (
    <ShownOnce
      title={t('people.once.key', { name: made.key.name })}
      secret={made.secret}
      expiresAt={made.key.expiresAt}
      onClose={onClose}
    />
  );
}
