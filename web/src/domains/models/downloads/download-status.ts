import type { DownloadStatus } from '#models/contract';

import type { Tone } from '../../../ui/state-badge.tsx';

export const statusTones: Readonly<Record<DownloadStatus, Tone>> = {
  planned: 'calm',
  downloading: 'info',
  verifying: 'info',
  scanning: 'info',
  placed: 'ok',
  skipped: 'ok',
  quarantined: 'bad',
  failed: 'bad',
  cancelled: 'calm',
};

const underWay: ReadonlySet<DownloadStatus> = new Set(['planned', 'downloading', 'verifying', 'scanning']);
const retriable: ReadonlySet<DownloadStatus> = new Set(['failed', 'cancelled', 'quarantined']);

export function isUnderWay(status: DownloadStatus): boolean {
  return underWay.has(status);
}

export function mayBeRetried(status: DownloadStatus): boolean {
  return retriable.has(status);
}
