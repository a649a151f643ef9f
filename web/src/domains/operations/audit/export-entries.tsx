import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { type EntryFilter, exportEntries } from '#platform/audit/contract';

import { api } from '../../../lib/api.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

const formats = [
  { format: 'csv', mediaType: 'text/csv;charset=utf-8' },
  { format: 'jsonl', mediaType: 'application/jsonl' },
  { format: 'cef', mediaType: 'text/plain;charset=utf-8' },
] as const;

/** What the filters show, as a file. */
export function ExportEntries({ filter }: { readonly filter: EntryFilter }) {
  const { t } = useTexts();
  const save = useMutation({
    mutationFn: async ({ format, mediaType }: (typeof formats)[number]) => {
      saveFile({ name: `kura-audit.${format}`, mediaType }, await pagesOf(filter, format));
    },
  });
  return (
    <Group gap="xs">
      {formats.map((one) => (
        <Button
          key={one.format}
          size="compact-sm"
          variant="default"
          loading={save.isPending && save.variables.format === one.format}
          onClick={() => save.mutate(one)}
        >
          {t(`audit.export.${one.format}`)}
        </Button>
      ))}
      {save.isError && <ProblemNotice error={save.error} />}
    </Group>
  );
}

async function pagesOf(filter: EntryFilter, format: (typeof formats)[number]['format']): Promise<readonly string[]> {
  const pages: string[] = [];
  let cursor: number | undefined;
  do {
    const next = cursor === undefined ? {} : { cursor };
    const page = await api.call(exportEntries, { body: { ...filter, format, ...next } });
    pages.push(page.text);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}
