import { Button, Group } from '@mantine/core';
import { useEffect, useState } from 'react';

import type { EntryView } from '#knowledge/contract';

import { saveFile } from '../../../lib/save-file.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { noteEntryUse } from './note-entry-use.ts';

/** What people do with an entry besides reading it: its address, its text, paper. Each is counted once it is done. */
export function TakeAlong({ entry: { id, title, body } }: { readonly entry: EntryView }) {
  const { t } = useTexts();
  const [said, setSaid] = useState('');
  useEffect(() => {
    function note(): void {
      noteEntryUse(id, { action: 'print' });
    }
    window.addEventListener('afterprint', note);
    return () => window.removeEventListener('afterprint', note);
  }, [id]);
  async function copy(text: string, action: 'copy' | 'share'): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      setSaid(t('knowledge.take.refused'));
      return;
    }
    noteEntryUse(id, { action });
    setSaid(t(`knowledge.take.${action}.done`));
  }
  function save(): void {
    saveFile({ name: `${fileNameOf(title)}.md`, mediaType: 'text/markdown' }, [`# ${title}\n\n${body}\n`]);
    noteEntryUse(id, { action: 'copy' });
  }
  return (
    <Group gap="xs" className="k-no-print" role="group" aria-label={t('knowledge.take')}>
      {/* Browsers have a clipboard on https and on the machine itself only. */}
      {window.isSecureContext && (
        <>
          <Button size="compact-sm" variant="default" onClick={() => void copy(window.location.href, 'share')}>
            {t('knowledge.take.share')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => void copy(body, 'copy')}>
            {t('knowledge.take.copy')}
          </Button>
        </>
      )}
      <Button size="compact-sm" variant="default" onClick={save}>
        {t('knowledge.take.save')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => window.print()}>
        {t('knowledge.take.print')}
      </Button>
      <small role="status">{said}</small>
    </Group>
  );
}

/** Without what some system does not allow in a name. */
function fileNameOf(title: string): string {
  return (
    title
      .replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, ' ')
      .trim()
      .slice(0, 80) || 'kura'
  );
}
