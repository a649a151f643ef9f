import type { Translator } from '#platform/i18n';

import type { ReportAnswer, ReportResult } from '../../contract/index.ts';

export function renderAnswer({ job, parts }: ReportAnswer, result: ReportResult, translator: Translator): string {
  return parts
    .map(({ copy, state, recordedFor, reason }) => {
      const place =
        recordedFor === null ? [job, copy].filter(Boolean).join('/') : `${recordedFor.job}/${recordedFor.copy}`;
      const told = translator.text(`backups.report-state-${state}`, {
        place,
        result: translator.text(`backups.report-result-${result}`),
      });
      return reason === null ? told : `${told} ${reason.text}`;
    })
    .join('\n');
}
