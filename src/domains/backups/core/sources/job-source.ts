/** What a job protects: a folder of this machine, a database, or the output of a program. */
import { isAbsolute } from 'node:path';

import { KuraError } from '#kernel/errors';

import type { BackupsTables } from '../../store/backups-tables.ts';
import { findJobCommand, type JobCommand } from '../../store/job-command-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Job } from '../register/protected-job.ts';
import { requireAllowedProgram } from './allowed-program.ts';
import { type Source, sourceOf } from './source-kind.ts';

export interface JobSource {
  /** `kura`: this installation itself. */
  readonly source: Source | { readonly kind: 'kura' };
  /** Exit codes of its program that mean: done, but look at it. */
  readonly warnExitCodes: readonly number[];
}

/** @throws KuraError refused `backups.program-not-allowed`: the setting may have changed since it was registered. */
export async function sourceOfJob(
  context: Pick<BackupsContext, 'database' | 'programs'>,
  job: Pick<Job, 'key' | 'source'>,
): Promise<JobSource> {
  if (isKuraSource(job.source)) return { source: { kind: 'kura' }, warnExitCodes: [] };
  if (!job.source.startsWith('command:')) return { source: sourceOf(job.source, []), warnExitCodes: [] };
  const command = await findJobCommand(context.database.tables<BackupsTables>(), job.key);
  const [program = '', ...args] = command?.words ?? [];
  const found = await requireAllowedProgram(context.programs(), program);
  return { source: sourceOf(job.source, [found, ...args]), warnExitCodes: command?.warnExitCodes ?? [] };
}

/** Whether the text names a database, a program or Kura itself instead of a folder. */
export function isStreamSource(source: string): boolean {
  return /^(?:sqlite|postgres|postgresql|command|kura):/.test(source);
}

export function isKuraSource(source: string): boolean {
  return source.startsWith('kura:');
}

/** What the job that protects this installation is registered with. */
export function kuraSource({ ownImage }: Pick<BackupsContext, 'ownImage'>): string {
  return `kura:${ownImage.home}`;
}

/**
 * Looks at a source that is no folder when it is registered.
 * @throws KuraError invalid `backups.path-not-absolute`, `backups.source-words`, `backups.source-address`,
 * `backups.source-not-this-kura`; refused `backups.source-password`, `backups.program-not-allowed`.
 */
export async function requireStreamSource(
  { programs, ownImage }: Pick<BackupsContext, 'programs' | 'ownImage'>,
  text: string,
  { words }: Pick<JobCommand, 'words'>,
): Promise<void> {
  if (isKuraSource(text)) {
    if (text === kuraSource({ ownImage })) return;
    throw new KuraError('invalid', 'backups.source-not-this-kura', { params: { source: kuraSource({ ownImage }) } });
  }
  const path = /^sqlite:(.*)$/.exec(text)?.[1];
  if (path !== undefined && !isAbsolute(path)) {
    throw new KuraError('invalid', 'backups.path-not-absolute', { params: { path } });
  }
  const source = sourceOf(text, words);
  if (source.kind === 'command') await requireAllowedProgram(programs(), source.words[0]);
}
