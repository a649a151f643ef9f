/** What can go wrong with a program of others; adapters throw these, so that all of them speak alike. */
import { KuraError } from '#kernel/errors';

import type { EngineName } from './backup-engine.ts';

interface Told {
  readonly tool: EngineName;
  readonly repository: string;
}

export function engineMissing(tool: EngineName): KuraError {
  return new KuraError('unavailable', 'backups.engine-missing', { params: { tool } });
}

export function engineRepositoryMissing({ tool, repository }: Told): KuraError {
  return new KuraError('not-found', 'backups.engine-repository-missing', { params: { tool, repository } });
}

export function enginePassphraseWrong({ tool, repository }: Told): KuraError {
  return new KuraError('invalid', 'backups.engine-passphrase-wrong', { params: { tool, repository } });
}

/** `reason`: the program's words about who holds it. */
export function engineRepositoryLocked({ tool, repository }: Told, reason: string): KuraError {
  return new KuraError('conflict', 'backups.engine-repository-locked', { params: { tool, repository, reason } });
}

/** `code`: exit code or signal; `reason`: its last words. */
export function engineFailed({ tool, repository }: Told, code: number | string, reason: string): KuraError {
  return new KuraError('unavailable', 'backups.engine-failed', { params: { tool, repository, code, reason } });
}

/** `what`: key of the sentence that says what the program has no way to do. */
export function engineCannot(
  tool: EngineName,
  what: 'backups.engine-no-replica' | 'backups.engine-keep-last-only',
): KuraError {
  return new KuraError('invalid', what, { params: { tool } });
}

export function noSnapshots(repository: string): KuraError {
  return new KuraError('not-found', 'vault.no-snapshots', { params: { location: repository } });
}
