/**
 * A downloaded, measured and verified file that does not have its final name yet, so that the caller can scan it first.
 * Until it is committed or discarded it keeps the lock on its part; disposing it releases the lock and keeps the part,
 * which the next download of the same target takes up without fetching anything again (a file of up to 1 MiB has no
 * journal, and is fetched again).
 */
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Bytes } from '#kernel/brands';
import { KuraError, systemCode, toKuraError } from '#kernel/errors';

import type { FileHashes, HashName } from './file-hashes.ts';
import { syncFolder, syncPath } from './folder-sync.ts';
import { hashFile } from './hash-file.ts';
import { removePart, removeProof } from './part-state.ts';

export interface CommitOptions {
  /** Another final name than `target`, in the same volume: the server's name, or quarantine. */
  readonly to?: string | undefined;
  /** Replace what stands there, in one step; default: refuse to replace different content. */
  readonly replace?: boolean | undefined;
}

export interface CommittedFile {
  readonly path: string;
  /** `already-there`: a file of the same content stood under that name and was left alone. */
  readonly outcome: 'created' | 'replaced' | 'already-there';
}

export interface StagedFileFacts {
  /** The `.part` file. */
  readonly path: string;
  readonly target: string;
  readonly hashes: FileHashes;
  readonly sizeBytes: Bytes;
  /** Bytes taken over from an earlier run, 0 when none were. */
  readonly resumedFrom: number;
  /** Bytes that came over the network in this run, wasted ones included. */
  readonly networkBytes: number;
  /** Requests that were made again because one before had failed. */
  readonly retries: number;
  /** The published hash the file agrees with; undefined when none was given: then nobody vouches for the content. */
  readonly verifiedBy: HashName | undefined;
  /** The first download did not match its hash, a second one did. */
  readonly refetched: boolean;
  /** Name from Content-Disposition as sent; use `safeFileName` on it. */
  readonly serverFileName: string | undefined;
  readonly seconds: number;
}

export interface StagedFile extends StagedFileFacts, AsyncDisposable {
  /**
   * Gives the file its name: fsync, then a rename that never replaces different content unasked.
   * @throws KuraError `transfer.target-exists`, `transfer.part-changed` when somebody wrote to the part since.
   */
  commit(options?: CommitOptions): Promise<CommittedFile>;
  /** Removes part and journal. */
  discard(): Promise<void>;
}

/** `hasProof`: journal and log stand beside the part. */
export async function stageFile(facts: StagedFileFacts, lock: AsyncDisposable, hasProof = true): Promise<StagedFile> {
  const measured = await stat(facts.path, { bigint: true });
  return {
    ...facts,
    async commit(options = {}) {
      const now = await stat(facts.path, { bigint: true }).catch(() => undefined);
      if (now?.size !== measured.size || now.mtimeNs !== measured.mtimeNs || now.ino !== measured.ino) {
        throw partChanged(facts.path);
      }
      const committed = await placeFile(facts, options).catch((error: unknown) => {
        throw toKuraError(error);
      });
      if (committed.outcome === 'already-there') await removePart(facts.path);
      else if (hasProof) await removeProof(facts.path);
      await lock[Symbol.asyncDispose]();
      return committed;
    },
    async discard() {
      await removePart(facts.path);
      await lock[Symbol.asyncDispose]();
    },
    [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
  };
}

/** Somebody wrote to the file that was measured, or took its place. */
export function partChanged(path: string): KuraError {
  return new KuraError('mismatch', 'transfer.part-changed', { params: { path } });
}

/** Gives the file at `facts.path` its name. @throws KuraError `transfer.target-exists`, or the system's error. */
export async function placeFile(facts: StagedFileFacts, options: CommitOptions): Promise<CommittedFile> {
  const path = options.to ?? facts.target;
  await syncPath(facts.path);
  const created = await createOnly(facts.path, path);
  if (created) {
    await syncFolder(dirname(path));
    return { path, outcome: 'created' };
  }
  if (await hasSameContent(path, facts)) return { path, outcome: 'already-there' };
  if (options.replace !== true) {
    throw new KuraError('conflict', 'transfer.target-exists', { params: { path, part: basename(facts.path) } });
  }
  await rename(facts.path, path);
  await syncFolder(dirname(path));
  return { path, outcome: 'replaced' };
}

/** A rename would replace silently; a hard link fails when the name is taken. False when it is. */
async function createOnly(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    await unlink(part);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error) ?? '')) throw error;
    return createWithoutLinks(part, path);
  }
}

/** exFAT and some network shares have no hard links: take the name with an empty file, then rename over it. */
async function createWithoutLinks(part: string, path: string): Promise<boolean> {
  try {
    const placeholder = await open(path, 'wx');
    await placeholder.close();
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  await rename(part, path);
  return true;
}

async function hasSameContent(path: string, facts: StagedFileFacts): Promise<boolean> {
  const there = await stat(path);
  if (!there.isFile() || there.size !== facts.sizeBytes) return false;
  const { hashes } = await hashFile(path, { names: [] });
  return hashes.SHA256 === facts.hashes.SHA256;
}
