/** What the pool and its threads say to each other. */
import type { FilePieces } from '../first-look/file-pieces.ts';
import type { ScanLimits } from '../limits.ts';
import type { Finding, ScanReport } from '../report.ts';

export interface ScanRequest {
  readonly path: string;
  readonly names?: readonly string[];
  readonly limits?: Partial<ScanLimits>;
  /** Scan these instead, one after the other, as many as fit into a moment; findings are told with the reports only. */
  readonly paths?: readonly string[];
  /** Look at these pieces instead of opening `path`. */
  readonly pieces?: FilePieces;
}

export type WorkerMessage =
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'report'; readonly report: ScanReport }
  /** Of the first of `paths`, at least one. */
  | { readonly kind: 'reports'; readonly reports: readonly ScanReport[] }
  | { readonly kind: 'failed'; readonly reason: string };

const kinds: ReadonlySet<unknown> = new Set<WorkerMessage['kind']>(['finding', 'report', 'reports', 'failed']);

/** Both ends are this package's own files, so the kind tells the rest. */
export function isWorkerMessage(value: unknown): value is WorkerMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind);
}

export function isScanRequest(value: unknown): value is ScanRequest {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';
}
