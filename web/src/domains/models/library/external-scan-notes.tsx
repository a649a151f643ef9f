import { type ExternalScanView, readLibraryFile } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<ExternalScanView['result'], Tone>> = {
  clean: 'ok',
  suspicious: 'warn',
  dangerous: 'bad',
  'not-scanned': 'calm',
};

/** What each external scanner said of a file, or why it said nothing. */
export function ExternalScanNotes({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const { data } = useRouteQuery(readLibraryFile, { params: { id } });
  return data?.externalScans.map(({ scanner, result, findings, reason, isolation }) => {
    const notes = [
      ...findings.map(({ rule, message }) => message || rule),
      ...(reason === null ? [] : [reason.message]),
      ...(isolation === 'limited' ? [t('models.external-scan.limited')] : []),
    ];
    return (
      <span key={scanner} title={notes.join('\n')}>
        <StateBadge tone={tones[result]} label={t(`models.external-scan.${result}`, { scanner })} />
      </span>
    );
  });
}
