import { openLibc } from '../file-system/libc.ts';

/** Why tests of the C library's calls are skipped here; in CI the calls must be there, so that their absence fails. */
export const withoutCLibrary =
  (await openLibc()) === undefined && process.env['CI'] !== 'true' && 'no calls of the C library here';
