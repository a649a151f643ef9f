import { readLibraryFile, type VirusScanView } from '#models/contract';

import { useRouteQuery } from '../../../lib/route-query.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';
import { StateBadge, type Tone } from '../../../ui/state-badge.tsx';

const tones: Readonly<Record<VirusScanView['result'], Tone>> = { clean: 'ok', infected: 'bad', 'not-scanned': 'calm' };

/** What the virus scanner said of a file, by which signatures, or why it said nothing. */
export function VirusScanNote({ id }: { readonly id: string }) {
  const { t } = useTexts();
  const format = useFormat();
  const { data } = useRouteQuery(readLibraryFile, { params: { id } });
  if (data === undefined) return null;
  const { result, signature, engine, signatures, reason } = data.virusScan;
  const date = signatures?.date ?? null;
  const by =
    date === null
      ? t('models.virus-scan.by-undated', { engine: engine ?? '' })
      : t('models.virus-scan.by', { engine: engine ?? '', date: format.dateTime(date) });
  return (
    <span title={reason?.message ?? by}>
      <StateBadge tone={tones[result]} label={t(`models.virus-scan.${result}`, { signature: signature ?? '' })} />
    </span>
  );
}
