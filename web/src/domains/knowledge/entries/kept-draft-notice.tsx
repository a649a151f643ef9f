import { Button, Group } from '@mantine/core';

import { useTexts } from '../../../lib/use-texts.ts';
import { Notice } from '../../../ui/notice.tsx';
import type { EntryDraft } from './entry-draft.ts';
import type { DraftKeeper } from './kept-draft.ts';

interface KeptDraftNoticeProps {
  readonly keeper: DraftKeeper;
  /** Of the entry as it is now. */
  readonly version: number;
  readonly onTake: (draft: EntryDraft) => void;
}

/** Offers what was being written here and never saved. */
export function KeptDraftNotice({ keeper, version, onTake }: KeptDraftNoticeProps) {
  const { t } = useTexts();
  const { found } = keeper;
  if (found === undefined) return null;
  return (
    <Notice tone="info" title={t('knowledge.kept')}>
      <p>
        {found.version === version
          ? t('knowledge.kept.same')
          : t('knowledge.kept.other', { version: found.version, now: version })}
      </p>
      <Group gap="xs" mt="xs">
        <Button
          size="xs"
          onClick={() => {
            onTake(found.draft);
            keeper.settle();
          }}
        >
          {t('knowledge.kept.take')}
        </Button>
        <Button size="xs" variant="default" onClick={() => keeper.discard()}>
          {t('knowledge.kept.discard')}
        </Button>
      </Group>
    </Notice>
  );
}
