/** A bar for the whole download job and one for each file that is on its way. */
import type { Translator } from '#platform/i18n';

import type { BatchProgressView } from '../contract/index.ts';
import type { DownloadProgress } from '../ports.ts';

const barCells = 20;

/** The site's ids; null for what was never resolved. */
interface FileIds {
  readonly versionId: number | null;
  readonly fileId: number | null;
}

interface MovingFile {
  readonly key: string;
  readonly name: string;
  readonly progress: DownloadProgress | undefined;
}

export interface BatchBars {
  readonly begins: (download: FileIds & { readonly id: string; readonly name: string }) => void;
  readonly ended: (file: FileIds) => void;
  readonly fileProgressed: (progress: DownloadProgress) => void;
  readonly batchProgressed: (progress: BatchProgressView) => void;
  /** First the whole, then the files, one line each. */
  readonly lines: () => string;
}

export function createBatchBars(text: Translator): BatchBars {
  const files = new Map<string, MovingFile>();
  let whole: BatchProgressView | undefined;
  return {
    begins: (download) => files.set(download.id, { key: keyOf(download), name: download.name, progress: undefined }),
    ended(file) {
      for (const [id, { key }] of files) if (key === keyOf(file)) files.delete(id);
    },
    fileProgressed(progress) {
      const file = files.get(progress.downloadId);
      if (file !== undefined) files.set(progress.downloadId, { ...file, progress });
    },
    batchProgressed(progress) {
      whole = progress;
    },
    lines: () => [wholeLine(whole, text), ...[...files.values()].map((file) => fileLine(file, text))].join('\n'),
  };
}

function keyOf({ versionId, fileId }: FileIds): string {
  return `${versionId} ${fileId}`;
}

function wholeLine(progress: BatchProgressView | undefined, text: Translator): string {
  if (progress === undefined) return text.text('cli.models.batches.starting');
  const { tally, bytesPerSecond, etaSeconds } = progress;
  const { files, done, doneBytes, totalBytes } = tally;
  const share = totalBytes > 0 ? doneBytes / totalBytes : done / Math.max(1, files);
  const bad = tally.failed + tally.quarantined;
  const line = text.text(etaSeconds === null ? 'cli.models.batches.progress-open' : 'cli.models.batches.progress', {
    bar: bar(share),
    done,
    files,
    bytes: text.bytes(doneBytes),
    total: text.bytes(totalBytes),
    speed: text.bytes(bytesPerSecond),
    eta: etaSeconds === null ? '' : text.number(Math.ceil(etaSeconds)),
  });
  return bad === 0 ? line : `${line}  ${text.text('cli.models.batches.progress-bad', { count: bad })}`;
}

function fileLine({ name, progress }: MovingFile, text: Translator): string {
  if (progress === undefined) return `${bar(0)}  ${name}`;
  const { receivedBytes, totalBytes, bytesPerSecond, status } = progress;
  const known = totalBytes !== null && totalBytes > 0;
  return text.text('cli.models.batches.file-progress', {
    bar: bar(known ? receivedBytes / totalBytes : 0),
    name,
    received: text.bytes(receivedBytes),
    speed: text.bytes(bytesPerSecond),
    state: text.text(`cli.models.status.${status}`),
  });
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barCells);
  return `${'█'.repeat(full)}${'░'.repeat(barCells - full)}`;
}
