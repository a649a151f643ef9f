/** What operators watch of downloads and scans. */
import { SECOND } from '#kernel/units';
import type { Metrics } from '#platform/metrics';

import type { DownloadStatus, ScanVerdict } from '../../contract/index.ts';
import type { ExternalScan, VirusScan } from '../../ports.ts';
import { type BatchMeasures, createBatchMeasures } from './batches/batch-metrics.ts';

export interface DownloadMeasures {
  ended(status: DownloadStatus, networkBytes: number): void;
  /** A file was scanned. */
  scanned(verdict: ScanVerdict, cost: { readonly bytesRead: number; readonly ms: number }): void;
  /** The verdict of an earlier scan was taken. */
  scanKnown(verdict: ScanVerdict): void;
  /** The virus scanner was asked about a file. */
  virusScanned(result: VirusScan['result']): void;
  /** An external scanner was asked about a file. */
  externallyScanned(scanner: string, result: ExternalScan['result']): void;
  readonly batches: BatchMeasures;
}

export function createDownloadMeasures(metrics: Metrics): DownloadMeasures {
  const ended = metrics.counter('kura_models_downloads_total', 'Files that came to an end, by how.', ['result']);
  const bytes = metrics.counter('kura_models_download_bytes_total', 'Bytes fetched for model files.');
  const scans = metrics.counter('kura_models_scans_total', 'Scanned files, by verdict.', ['verdict']);
  const known = metrics.counter('kura_models_scans_known_total', 'Verdicts taken from earlier scans.', ['verdict']);
  const read = metrics.counter('kura_models_scan_bytes_total', 'Bytes read by scans.');
  const seconds = metrics.histogram('kura_models_scan_seconds', 'How long a scan took.');
  const viruses = metrics.counter('kura_models_virus_scans_total', 'Files given to the virus scanner.', ['result']);
  const external = metrics.counter('kura_models_external_scans_total', 'Files given to external scanners.', [
    'scanner',
    'result',
  ]);
  return {
    ended(status, networkBytes) {
      ended.inc({ result: status });
      bytes.inc(networkBytes);
    },
    scanned(verdict, { bytesRead, ms }) {
      scans.inc({ verdict });
      read.inc(bytesRead);
      seconds.observe(ms / SECOND);
    },
    scanKnown: (verdict) => known.inc({ verdict }),
    virusScanned: (result) => viruses.inc({ result }),
    externallyScanned: (scanner, result) => external.inc({ scanner, result }),
    batches: createBatchMeasures(metrics),
  };
}
