/** Any address to a file of a chosen name, or of the server's in a chosen folder, for the person at the keyboard: private addresses are allowed. */
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import {
  type BandwidthLimit,
  clearLeftovers,
  downloadFile,
  hashFile,
  type SteeringDecision,
  type SteeringMode,
  safeFileName,
  type TransferDeps,
  type TransferProgress,
} from '#engines/transfer';
import type { Bytes, Sha256 } from '#kernel/brands';
import { isKuraError, KuraError, systemCode } from '#kernel/errors';

export interface FetchRequest {
  readonly url: string;
  /** The file to write; where a folder stands, the file gets the name that the server gives it. */
  readonly target: string;
  readonly sha256: Sha256 | undefined;
  readonly connections: number | undefined;
  readonly mode: SteeringMode | undefined;
  readonly bandwidth: BandwidthLimit | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TransferProgress) => void;
  readonly onDecision: (decision: SteeringDecision) => void;
}

export interface FetchedFile {
  readonly path: string;
  readonly sizeBytes: Bytes;
  readonly sha256: Sha256;
  readonly seconds: number;
  /** Byte from which an earlier, broken-off run was continued; 0 = none. */
  readonly resumedFrom: number;
  /** The same content stood there already. */
  readonly wasThere: boolean;
}

/**
 * Fetches, verifies, and gives the file its name; folders on the way are made. What broke off is continued by the same
 * request.
 * @throws KuraError invalid `models.fetch-target-not-a-file`; conflict `models.fetch-target-differs` (nothing was
 * fetched), `models.fetch-target-exists` (the new bytes wait beside it); those of `downloadFile`.
 */
export async function fetchToFile(request: FetchRequest, deps: TransferDeps): Promise<FetchedFile> {
  const there = await lookAt(request);
  if (there !== undefined) {
    await clearLeftovers(there.path, deps.clock);
    return there;
  }
  const { url, sha256, connections, mode, bandwidth, signal, onProgress, onDecision } = request;
  const isFolder = (await statIfThere(request.target))?.isDirectory() === true;
  const target = isFolder ? join(request.target, nameIn(url)) : request.target;
  await using staged = await downloadFile(
    {
      source: { url },
      target,
      expected: { hashes: { SHA256: sha256 } },
      // The SHA-256 is always measured; nobody asked for more.
      hashes: [],
      connections,
      mode,
      bandwidth,
      signal,
      onProgress,
      onDecision,
    },
    deps,
  );
  const to = isFolder ? join(request.target, safeFileName(staged.serverFileName ?? basename(target))) : target;
  const { outcome } = await staged.commit({ to }).catch((error: unknown) => {
    throw explained(error, to, staged.path);
  });
  const { sizeBytes, seconds, resumedFrom, hashes } = staged;
  return {
    path: to,
    sizeBytes,
    sha256: hashes.SHA256,
    seconds,
    resumedFrom,
    wasThere: outcome === 'already-there',
  };
}

/** What stands at the target, when that settles the matter before anything is asked of the network. */
async function lookAt({ target, sha256, signal }: FetchRequest): Promise<FetchedFile | undefined> {
  const facts = await statIfThere(target);
  if (facts === undefined || facts.isDirectory()) return undefined;
  if (!facts.isFile()) throw new KuraError('invalid', 'models.fetch-target-not-a-file', { params: { path: target } });
  if (sha256 === undefined) return undefined;
  const { hashes, sizeBytes } = await hashFile(target, { names: [], signal });
  if (hashes.SHA256 !== sha256) {
    throw new KuraError('conflict', 'models.fetch-target-differs', { params: { path: target, actual: hashes.SHA256 } });
  }
  return { path: target, sizeBytes, sha256, seconds: 0, resumedFrom: 0, wasThere: true };
}

/** The last part of the address: under it the bytes wait until the server has told their name. */
function nameIn(url: string): string {
  const { pathname } = new URL(url);
  try {
    return safeFileName(decodeURIComponent(pathname));
  } catch {
    return safeFileName(pathname);
  }
}

async function statIfThere(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The engine's advice speaks of replacing, which this use case does not offer. */
function explained(error: unknown, path: string, part: string): unknown {
  if (!isKuraError(error) || error.code !== 'transfer.target-exists') return error;
  return new KuraError('conflict', 'models.fetch-target-exists', {
    params: { path, part: basename(part) },
    cause: error,
  });
}
