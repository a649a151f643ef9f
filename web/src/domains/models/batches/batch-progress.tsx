import { Progress } from '@mantine/core';

import type { BatchProgressView, BatchTally } from '#models/contract';

import { useFormat } from '../../../lib/use-format.ts';
import { useTexts } from '../../../lib/use-texts.ts';

interface BatchProgressProps {
  readonly name: string;
  readonly tally: BatchTally;
  /** What was last heard, while it runs. */
  readonly live: BatchProgressView | undefined;
}

/** The bar counts bytes where sizes are known, and files where they are not. */
export function BatchProgress({ name, tally, live }: BatchProgressProps) {
  const { t } = useTexts();
  const format = useFormat();
  const { files, done, failed, quarantined, doneBytes, totalBytes } = tally;
  const ratio = shareDone(tally);
  const bad = failed + quarantined;
  return (
    <div className="k-batch-progress">
      <Progress.Root size="md">
        <Progress.Section value={ratio * 100} aria-label={t('models.progress', { name })} />
      </Progress.Root>
      <p className="k-number">
        <span>{t('models.batch.files', { done: format.number(done), files: format.number(files) })}</span>
        <span>
          {format.bytes(doneBytes)}
          {totalBytes > 0 && ` / ${format.bytes(totalBytes)}`} ({format.percent(ratio)})
        </span>
        {bad > 0 && <span>{t('models.batch.bad', { count: bad })}</span>}
        {live !== undefined && live.status === 'processing' && <span>{format.bytes(live.bytesPerSecond)}/s</span>}
        {live !== undefined && live.status === 'processing' && live.etaSeconds !== null && (
          <span>{t('models.eta', { time: format.clock(live.etaSeconds) })}</span>
        )}
      </p>
    </div>
  );
}

function shareDone({ files, done, doneBytes, totalBytes }: BatchTally): number {
  if (files > 0 && done === files) return 1;
  if (totalBytes > 0) return Math.min(1, doneBytes / totalBytes);
  return files === 0 ? 0 : done / files;
}
