/** Body of a scanner thread: one request at a time, findings told as they are made. */
import { parentPort } from 'node:worker_threads';

import { systemClock } from '#kernel/clock';

import { lookAtPieces } from '../first-look/look-at-pieces.ts';
import type { Finding, ScanReport } from '../report.ts';
import { scanFile } from '../scan-file.ts';
import { isScanRequest, type ScanRequest, type WorkerMessage } from './worker-protocol.ts';

/** Listens to whoever started this thread. */
export function answerRequests(): void {
  parentPort?.on('message', (request: unknown) => {
    if (isScanRequest(request)) {
      answer(request).then(tell, (error: unknown) =>
        tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
      );
    }
  });
}

/** A lot ends early rather than keep what is done waiting for what takes long. */
const LOT_MS = 20;

async function answer({ paths, ...request }: ScanRequest): Promise<WorkerMessage> {
  if (paths === undefined) return { kind: 'report', report: await scan(request) };
  const { limits } = request;
  const reports: ScanReport[] = [];
  const startedAt = systemClock.monotonic();
  for (const path of paths) {
    reports.push(await scanFile(path, limits === undefined ? {} : { limits }));
    if (systemClock.monotonic() - startedAt > LOT_MS) break;
  }
  return { kind: 'reports', reports };
}

async function scan({ path, pieces, ...options }: ScanRequest): Promise<ScanReport> {
  const call = { ...options, onFinding: (finding: Finding) => tell({ kind: 'finding', finding }) };
  return pieces === undefined ? scanFile(path, call) : lookAtPieces(pieces, call);
}

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}
