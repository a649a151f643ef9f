import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';

import { type LabelGrid, labelGrids, printLabels } from '#backups/contract';

import { useRouteMutation } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { savePrinted } from './save-printed.ts';

/** Labels of what is shown; their codes lead to the address at which this page was opened. */
export function LabelPrinting({ labels }: { readonly labels: readonly string[] }) {
  const { t } = useTexts();
  const [grid, setGrid] = useState<LabelGrid>('3x8');
  const [skip, setSkip] = useState<number | string>(0);
  const print = useRouteMutation(printLabels, { onSuccess: savePrinted });
  const body = { labels: [...labels], grid, skip: Number(skip), address: window.location.origin };
  return (
    <div className="k-media-fields">
      <NativeSelect
        label={t('media.print.grid')}
        value={grid}
        onChange={(event) => setGrid(labelGrids.find((one) => one === event.currentTarget.value) ?? '3x8')}
        data={labelGrids.map((one) => ({ value: one, label: t(`media.print.grid.${one}`) }))}
      />
      <NumberInput label={t('media.print.skip')} value={skip} min={0} max={43} onChange={setSkip} />
      <Button variant="default" loading={print.isPending} onClick={() => print.mutate({ body })}>
        {t('media.print', { count: labels.length })}
      </Button>
      {print.isError && <ProblemNotice error={print.error} />}
    </div>
  );
}
