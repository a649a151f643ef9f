import { Button, Group, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { exportLibrary, type LibraryExportFormat, libraryExportFormats } from '#models/contract';

import { saveAnswer } from '../../../lib/save-answer.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

/** The library as a file for people or other programs. */
export function ExportCard() {
  const { t } = useTexts();
  const [format, setFormat] = useState<LibraryExportFormat>('csv');
  const save = useMutation({
    mutationFn: () => saveAnswer(exportLibrary, { query: { format } }),
  });
  return (
    <section className="k-card" aria-labelledby="order-export">
      <h2 id="order-export">{t('models.order.export')}</h2>
      <p>{t('models.order.export.lead')}</p>
      <Group align="end" gap="xs">
        <NativeSelect
          label={t('models.order.format')}
          value={format}
          onChange={(event) =>
            setFormat(libraryExportFormats.find((one) => one === event.currentTarget.value) ?? format)
          }
          data={libraryExportFormats.map((value) => ({ value, label: t(`models.order.format.${value}`) }))}
        />
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          {t('models.order.export.do')}
        </Button>
      </Group>
      {save.isError && <ProblemNotice error={save.error} />}
    </section>
  );
}
