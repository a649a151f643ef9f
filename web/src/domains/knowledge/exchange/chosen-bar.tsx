import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { type ExportedRecords, exportArchive, exportEntries } from '#knowledge/contract';

import { api } from '../../../lib/api.ts';
import { saveBase64, saveFile } from '../../../lib/save-file.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

interface ChosenBarProps {
  readonly chosen: readonly string[];
  readonly onClear: () => void;
}

/** What is done with the entries one has marked: three kinds of files, and paper. */
export function ChosenBar({ chosen, onClear }: ChosenBarProps) {
  const { t } = useTexts();
  const format = useFormat();
  const saved = useMutation({ mutationFn: (kind: Kind) => saveChosen(kind, chosen) });
  if (chosen.length === 0) return null;
  return (
    <Group gap="xs" mb="sm" role="group" aria-label={t('knowledge.chosen.label')}>
      <span className="k-number">{t('knowledge.chosen', { count: format.number(chosen.length) })}</span>
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="compact-sm"
          variant="default"
          loading={saved.isPending && saved.variables === kind}
          onClick={() => saved.mutate(kind)}
        >
          {t(`knowledge.chosen.${kind}`)}
        </Button>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        renderRoot={(props) => <Link {...props} to="/knowledge/print" search={{ id: [...chosen] }} />}
      >
        {t('knowledge.chosen.print')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t('knowledge.chosen.clear')}
      </Button>
      {saved.isError && <ProblemNotice error={saved.error} />}
    </Group>
  );
}

const kinds = ['zip', 'csv', 'jsonl'] as const;
type Kind = (typeof kinds)[number];

async function saveChosen(kind: Kind, chosen: readonly string[]): Promise<void> {
  const id = [...chosen];
  if (kind === 'zip') {
    const archive = await api.call(exportArchive, { query: { id } });
    saveBase64(archive, archive.content);
    return;
  }
  const { mediaType, content }: ExportedRecords = await api.call(exportEntries, { query: { format: kind, id } });
  saveFile({ name: `kura-knowledge.${kind}`, mediaType }, [content]);
}
