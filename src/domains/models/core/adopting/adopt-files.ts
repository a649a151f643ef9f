/**
 * Model files that people have already (models.md M-144): known by their bytes, scanned, and recorded where they stand.
 * Nothing is moved, renamed or written beside them.
 */
import { basename } from 'node:path';

import { nowInstant } from '#kernel/clock';
import { type KuraError, toKuraError } from '#kernel/errors';

import type { PublishedHashes } from '../../contract/index.ts';
import { saveFileScan } from '../../store/file-scan-store.ts';
import { findLibraryFileAt, type LibraryFile, saveLibraryFile } from '../../store/library-store.ts';
import type { RunOptions } from '../downloads/download-deps.ts';
import { eventOf, originOf } from '../downloads/place-file.ts';
import { sidecarBase } from '../downloads/target-path.ts';
import type { HashMemory } from '../hashing/hash-memory.ts';
import { hashPath } from '../hashing/hash-paths.ts';
import type { SpelledHashes } from '../hashing/spell-hashes.ts';
import { companionsOf } from '../library/companions.ts';
import { sizeOf } from '../library/intact-file.ts';
import type { LibraryDeps } from '../library/library-deps.ts';
import { filePlaced } from '../models-events.ts';
import { admissionBy } from '../scanning/admission.ts';
import { type CheckedFile, checkFile } from '../scanning/check-file.ts';
import { ruleByPolicy } from '../scanning/rule-by-policy.ts';
import { isAdmitted, type Ruling } from '../scanning/scan-policy.ts';
import { walkFiles } from '../walk-files.ts';
import { contentOrigin } from './content-origin.ts';
import { createPublishedLookup, type PublishedLookup } from './published-lookup.ts';

export interface AdoptRequest {
  /** Folders and files; folders are walked, links in them are not followed. */
  readonly paths: readonly string[];
  /** Only the catalogue is asked which model a file is. */
  readonly offline: boolean;
  /** Files that policy asks about are taken. */
  readonly acceptRisk: boolean;
  /** Says what would be adopted; nothing comes into the library. */
  readonly dryRun: boolean;
}

export interface AdoptDeps extends LibraryDeps {
  readonly hashMemory: HashMemory;
}

export interface AdoptOptions extends RunOptions {
  readonly onHashed: (path: string, hashedBytes: number, totalBytes: number) => void;
}

/**
 * `adopted`: recorded (or would be); `already`: the library has a file of this size there; `refused`: policy keeps it out,
 * it stays where it is.
 */
export type AdoptedFile =
  | { readonly outcome: 'adopted'; readonly file: LibraryFile; readonly isPublished: boolean }
  | { readonly outcome: 'already'; readonly file: LibraryFile }
  | { readonly outcome: 'refused'; readonly path: string; readonly checked: CheckedFile; readonly ruling: Ruling }
  | { readonly outcome: 'failed'; readonly path: string; readonly error: KuraError };

/** Files that programs load as models, by name; archives say nothing of what is in them. */
const modelFile = /\.(?:safetensors|sft|ckpt|pt|pth|pt2|bin|gguf|onnx|npz)$/i;

/** One result for each model file, in order of names. @throws the signal's reason */
export async function* adoptFiles(
  deps: AdoptDeps,
  request: AdoptRequest,
  options: AdoptOptions,
): AsyncGenerator<AdoptedFile> {
  const published = createPublishedLookup(deps, { offline: request.offline });
  for (const root of request.paths) {
    for await (const entry of walkFiles(root, options.signal)) {
      if (entry.kind === 'unreadable') yield { outcome: 'failed', path: entry.path, error: entry.error };
      if (entry.kind !== 'file' || !modelFile.test(entry.path)) continue;
      yield await adoptFile(entry.path, { deps, published, request, options });
    }
  }
}

interface Adopting {
  readonly deps: AdoptDeps;
  readonly published: PublishedLookup;
  readonly request: AdoptRequest;
  readonly options: AdoptOptions;
}

async function adoptFile(path: string, adopting: Adopting): Promise<AdoptedFile> {
  const { deps, options } = adopting;
  try {
    const there = await findLibraryFileAt(deps.database, path);
    if (there?.state === 'present' && there.sizeBytes === (await sizeOf(path))) {
      return { outcome: 'already', file: there };
    }
    const measured = await hashPath(path, deps.hashThread, {
      signal: options.signal,
      onProgress: options.onHashed,
      memory: deps.hashMemory,
    });
    if ('error' in measured) return { outcome: 'failed', path, error: measured.error };
    return await judge({ path, sizeBytes: measured.sizeBytes, hashes: measured.hashes, there }, adopting);
  } catch (error) {
    options.signal.throwIfAborted();
    return { outcome: 'failed', path, error: toKuraError(error) };
  }
}

interface Measured {
  readonly path: string;
  readonly sizeBytes: number;
  readonly hashes: SpelledHashes;
  /** What the library remembers of this path. */
  readonly there: LibraryFile | undefined;
}

async function judge(measured: Measured, { deps, published, request, options }: Adopting): Promise<AdoptedFile> {
  const { path, sizeBytes, there } = measured;
  const hashes = asMeasured(measured.hashes);
  const sha256 = measured.hashes.SHA256.toLowerCase();
  const checked = await checkFile(deps, { path, name: path, sha256 }, options);
  const ruling = ruleByPolicy(deps, checked);
  if (!isAdmitted(ruling, { acceptRisk: request.acceptRisk, riskReason: null })) {
    return { outcome: 'refused', path, checked, ruling };
  }
  const found = await published.find(sha256, options.signal);
  const now = nowInstant(deps.clock);
  const name = basename(path);
  const file: LibraryFile = {
    ...(found === undefined
      ? await contentOrigin(deps.database, { modelName: sidecarBase(name), sha256 })
      : originOf(found)),
    id: there?.id ?? deps.ids.next(),
    path,
    name,
    sizeBytes,
    sha256,
    hashes,
    sidecars: await companionsOf(path),
    state: 'present',
    verdict: checked.verdict,
    admitted: admissionBy(options.actor, ruling, { reason: null, at: now }),
    placedAt: there?.placedAt ?? now,
    // Bytes nobody published are kept, and not called verified (civitai-api.md §4.5).
    verifiedAt: found === undefined ? null : now,
  };
  if (!request.dryRun) await record(deps, { file, checked }, options);
  return { outcome: 'adopted', file, isPublished: found !== undefined };
}

/** In the spelling of `FileHashes`. */
function asMeasured(hashes: SpelledHashes): PublishedHashes {
  return Object.fromEntries(
    Object.entries(hashes).flatMap(([name, digest]) =>
      digest === undefined ? [] : [[name, name === 'CRC32' ? digest : digest.toLowerCase()]],
    ),
  );
}

interface Adopted {
  readonly file: LibraryFile;
  readonly checked: CheckedFile;
}

async function record(deps: AdoptDeps, { file, checked }: Adopted, { actor, signal }: RunOptions): Promise<void> {
  await using _lock = await deps.lock.acquire({ signal });
  await deps.unitOfWork.write(actor, async (tx) => {
    await saveLibraryFile(tx, file);
    await saveFileScan(tx, file.path, checked);
    const { path, sha256, sizeBytes, verdict, admitted } = file;
    await tx.audit({
      action: 'models.adopt-file',
      subject: { kind: 'library-file', id: file.id, name: file.name },
      level: admitted === null ? 'info' : 'warning',
      category: admitted === null ? 'data' : 'security-scan',
      result: 'done',
      after: { path, sha256, sizeBytes, verdict, ...(admitted === null ? {} : { admitted }) },
    });
    tx.publish(filePlaced, eventOf(file));
  });
}
