/** Body of a scanner thread: one request at a time, findings told as they are made. */
import { parentPort } from 'node:worker_threads';

import { lookAtPieces } from '../first-look/look-at-pieces.ts';
import type { Finding, ScanReport } from '../report.ts';
import { scanFile } from '../scan-file.ts';
import { isScanRequest, type ScanRequest, type WorkerMessage } from './worker-protocol.ts';

parentPort?.on('message', (request: unknown) => {
  if (isScanRequest(request)) {
    scan(request).then(
      (report) => tell({ kind: 'report', report }),
      (error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
  }
});

async function scan({ path, pieces, ...options }: ScanRequest): Promise<ScanReport> {
  const call = { ...options, onFinding: (finding: Finding) => tell({ kind: 'finding', finding }) };
  return pieces === undefined ? scanFile(path, call) : lookAtPieces(pieces, call);
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
