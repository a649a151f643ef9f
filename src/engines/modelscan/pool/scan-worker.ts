/** Body of a scanner thread: one request at a time, findings told as they are made. */
import { parentPort } from 'node:worker_threads';

import { scanFile } from '../scan-file.ts';
import { isScanRequest, type WorkerMessage } from './worker-protocol.ts';

parentPort?.on('message', (request: unknown) => {
  if (isScanRequest(request)) {
    scanFile(request.path, { ...request, onFinding: (finding) => tell({ kind: 'finding', finding }) }).then(
      (report) => tell({ kind: 'report', report }),
      (error: unknown) => tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
  }
});

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
