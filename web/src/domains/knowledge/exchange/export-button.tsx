import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { type ExportedRecords, exportEntries } from '#knowledge/contract';

import { api } from '../../../lib/api.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** Every entry one may see, as a table for spreadsheets; fetched page by page. */
export function ExportButton() {
  const { t } = useTexts();
  const fetched = useMutation({
    mutationFn: fetchPages,
    onSuccess: ({ mediaType, pieces }) => saveFile({ name: 'kura-knowledge.csv', mediaType }, pieces),
  });
  return (
    <>
      <Button variant="default" loading={fetched.isPending} onClick={() => fetched.mutate()}>
        {t('knowledge.export')}
      </Button>
      {fetched.isError && <ProblemNotice error={fetched.error} />}
    </>
  );
}

async function fetchPages(): Promise<{ readonly mediaType: string; readonly pieces: readonly string[] }> {
  const pieces: string[] = [];
  let after: number | null | undefined;
  let mediaType = '';
  do {
    const page: ExportedRecords = await api.call(exportEntries, { query: { format: 'csv', after } });
    pieces.push(page.content);
    ({ next: after, mediaType } = page);
  } while (after !== null);
  return { mediaType, pieces };
}
