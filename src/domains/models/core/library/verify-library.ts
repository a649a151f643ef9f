/** Are the files of the library still what they were? Every byte is read; what is found is recorded and told. */
import { nowInstant } from '#kernel/clock';
import { type KuraError, toKuraError } from '#kernel/errors';

import { type LibraryFile, listLibraryFiles, markLibraryFile } from '../../store/library-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import { eventOf } from '../downloads/place-file.ts';
import { fileDamaged } from '../models-events.ts';
import { type MeasuredFile, measureFile } from './intact-file.ts';
import type { LibraryDeps } from './library-deps.ts';

export type VerifiedFile =
  | (MeasuredFile & { readonly file: LibraryFile })
  /** The file could not be read, which says nothing about its bytes; its recorded state stays. */
  | { readonly file: LibraryFile; readonly error: KuraError };

export interface VerifyOptions extends RunOptions {
  readonly onHashed?: (file: LibraryFile, hashedBytes: number) => void;
}

/** One result per file, in order. @throws the signal's reason */
export async function* verifyFiles(
  deps: LibraryDeps,
  files: AsyncIterable<LibraryFile> | Iterable<LibraryFile>,
  options: VerifyOptions,
): AsyncGenerator<VerifiedFile> {
  for await (const file of files) {
    options.signal.throwIfAborted();
    yield await verifyFile(deps, file, options);
  }
}

/** Every file of the library, page by page, so that a large one does not stand in memory at once. */
export async function* everyLibraryFile({ database }: Pick<LibraryDeps, 'database'>): AsyncGenerator<LibraryFile> {
  let cursor: string | undefined;
  do {
    const page = await listLibraryFiles(database, { limit: 200, cursor });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

async function verifyFile(deps: LibraryDeps, file: LibraryFile, options: VerifyOptions): Promise<VerifiedFile> {
  try {
    const { signal, onHashed } = options;
    const measured = await measureFile(file, {
      thread: deps.hashThread,
      signal,
      bandwidth: options.bandwidth,
      onHashed: (bytes) => onHashed?.(file, bytes),
    });
    await recordFinding(deps, file, measured, options);
    return { file: { ...file, state: measured.state }, ...measured };
  } catch (error) {
    options.signal.throwIfAborted();
    return { file, error: toKuraError(error) };
  }
}

async function recordFinding(
  deps: LibraryDeps,
  file: LibraryFile,
  { state, actualSha256 }: MeasuredFile,
  { actor }: RunOptions,
): Promise<void> {
  const isNews = state !== file.state;
  await deps.unitOfWork.write(actor, async (tx) => {
    await markLibraryFile(tx, {
      id: file.id,
      state,
      verifiedAt: state === 'present' ? nowInstant(deps.clock) : null,
    });
    if (!isNews) return;
    await tx.audit({
      action: 'models.verify-file',
      subject: { kind: 'library-file', id: file.id, name: file.name },
      level: state === 'present' ? 'info' : 'warning',
      result: state === 'present' ? 'done' : 'failed',
      before: { state: file.state },
      after: { state, actualSha256 },
    });
    if (state !== 'present') tx.publish(fileDamaged, { ...eventOf(file), state, actualSha256 });
  });
}
