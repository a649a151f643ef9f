import { Button, Group } from '@mantine/core';

import { entryTemplates } from '#knowledge/contract';
import { useTexts } from '../../../lib/use-texts.ts';
import type { EntryDraft } from './entry-draft.ts';

interface TemplateButtonProps {
  readonly draft: EntryDraft;
  readonly onInsert: (body: string) => void;
}

/** Adds the sections of a good entry of this type that the text does not have yet. */
export function TemplateButton({ draft: { type, body }, onInsert }: TemplateButtonProps) {
  const { t, i18n } = useTexts();
  const { sections } = entryTemplates[i18n.language.startsWith('ja') ? 'ja' : 'en'][type];
  const missing = sections.filter(({ heading }) => !body.includes(heading));
  if (missing.length === 0) return null;
  function insert(): void {
    const added = missing.map(({ heading, hint }) => `## ${heading}\n\n_${hint}_`).join('\n\n');
    onInsert(body.trim() === '' ? added : `${body.trimEnd()}\n\n${added}`);
  }
  return (
    <Group gap="xs">
      <Button size="compact-sm" variant="default" onClick={insert}>
        {t('knowledge.template')}
      </Button>
      <small>{t('knowledge.template.missing', { sections: missing.map(({ heading }) => heading).join(', ') })}</small>
    </Group>
  );
}
