/** Whether a file still is what it was. */
import { stat } from 'node:fs/promises';

import { type BandwidthLimit, type HashThread, hashFile } from '#engines/transfer';
import { systemCode } from '#kernel/errors';

import type { LibraryState } from '../../contract/index.ts';

export interface ExpectedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface MeasuredFile {
  readonly state: LibraryState;
  /** Null when the file is missing, or its size alone says that it is another. */
  readonly actualSha256: string | null;
}

export interface MeasureOptions {
  readonly thread: HashThread;
  readonly signal: AbortSignal;
  readonly onHashed?: (bytes: number) => void;
  readonly bandwidth?: BandwidthLimit | undefined;
}

/** Reads the whole file unless it is missing or of another size. Errors of reading it come through. */
export async function measureFile(expected: ExpectedFile, options: MeasureOptions): Promise<MeasuredFile> {
  const size = await sizeOf(expected.path);
  if (size === undefined) return { state: 'missing', actualSha256: null };
  if (size !== expected.sizeBytes) return { state: 'damaged', actualSha256: null };
  const { hashes } = await hashFile(expected.path, {
    names: [],
    thread: options.thread,
    signal: options.signal,
    bandwidth: options.bandwidth,
    onProgress: (hashed) => options.onHashed?.(hashed),
  });
  return { state: hashes.SHA256 === expected.sha256 ? 'present' : 'damaged', actualSha256: hashes.SHA256 };
}

/** Undefined when there is no plain file. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
