import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';

import { reportBatch } from '#models/contract';

import { saveAnswer } from '../../../lib/save-answer.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';

const formats = ['html', 'csv', 'json'] as const;

/** The report as a file, with the reason of every file that is not there. */
export function ReportButtons({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const report = useMutation({
    mutationFn: (format: (typeof formats)[number]) => saveAnswer(reportBatch, { params: { id }, query: { format } }),
  });
  return (
    <div className="k-batch-actions">
      <span>{t('models.batch.report')}</span>
      {formats.map((format) => (
        <Button
          key={format}
          size="compact-sm"
          variant="default"
          loading={report.isPending}
          onClick={() => report.mutate(format)}
          aria-label={`${t('models.batch.report')} ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {report.isError && <ProblemNotice error={report.error} />}
    </div>
  );
}
