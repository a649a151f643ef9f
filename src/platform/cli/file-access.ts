/** The files that commands write for people and read from them; what protects files takes the place of these. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { writeFileAtomic } from '#platform/files';

export type FileContent = string | Uint8Array | AsyncIterable<string | Uint8Array>;

export interface SavedFile {
  /** Where it is now: a sealed file has another ending than was asked for. */
  readonly file: string;
  readonly bytes: number;
}

export interface FileAccess {
  /** Whether `save` seals; then one file is better than a folder of many. */
  readonly seals: boolean;
  /** Writes a whole file, or none. @param mode As of `writeFileAtomic`; a sealed file is always its owner's. */
  readonly save: (path: string, content: FileContent, mode?: number) => Promise<SavedFile>;
  /** The whole content of a file; of a sealed one, what it holds. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

export const plainFiles: FileAccess = {
  seals: false,
  async save(path, content, mode = 0o644) {
    const file = resolve(path);
    await writeFileAtomic(file, content, { mode });
    const { size } = await stat(file);
    return { file, bytes: size };
  },
  read: (path) => readFile(path),
};
