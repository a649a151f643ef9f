import type { RehearsedCheck } from '#backups/ports';

/** What one look at a restored Kura found. */
export type Look = Pick<RehearsedCheck, 'passed' | 'detail'>;
