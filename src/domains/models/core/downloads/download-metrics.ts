/** What operators watch of downloads and scans. */
import type { Metrics } from '#platform/metrics';

import type { DownloadStatus, ScanVerdict } from '../../contract/index.ts';
import { type BatchMeasures, createBatchMeasures } from './batches/batch-metrics.ts';

export interface DownloadMeasures {
  ended(status: DownloadStatus, networkBytes: number): void;
  scanned(verdict: ScanVerdict): void;
  readonly batches: BatchMeasures;
}

export function createDownloadMeasures(metrics: Metrics): DownloadMeasures {
  const ended = metrics.counter('kura_models_downloads_total', 'Files that came to an end, by how.', ['result']);
  const bytes = metrics.counter('kura_models_download_bytes_total', 'Bytes fetched for model files.');
  const scans = metrics.counter('kura_models_scans_total', 'Scanned files, by verdict.', ['verdict']);
  return {
    ended(status, networkBytes) {
      ended.inc({ result: status });
      bytes.inc(networkBytes);
    },
    scanned: (verdict) => scans.inc({ verdict }),
    batches: createBatchMeasures(metrics),
  };
}
