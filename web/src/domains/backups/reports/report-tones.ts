import type { ReportResult } from '#backups/contract';

import type { Tone } from '../../../ui/state-badge.tsx';

export const reportTones: Readonly<Record<ReportResult, Tone>> = { success: 'ok', warning: 'warn', failed: 'bad' };
