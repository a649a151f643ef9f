import { useTexts } from '../../../lib/use-texts.ts';
import { ShownOnce } from '../shown-once.tsx';
import type { MadeKey } from './made-key.ts';

interface MadeKeyNoticeProps {
  /** Undefined: none was made, or its secret has been put away. */
  readonly made: MadeKey | undefined;
  readonly onClose: () => void;
}

export function MadeKeyNotice({ made, onClose }: MadeKeyNoticeProps) {
  const { t } = useTexts();
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
