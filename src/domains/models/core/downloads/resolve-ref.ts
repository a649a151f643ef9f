/** From what a person wrote to the version and file that is meant (models.md M-029, civitai-api.md §3). */
import {
  type FileHashes,
  isGated,
  type Model,
  type ModelId,
  type ModelRef,
  type ModelVersion,
  parseModelRef,
} from '#engines/civitai';
import type { Clock } from '#kernel/clock';
import { isKuraError, KuraError, toKuraError } from '#kernel/errors';
import type { Database } from '#platform/db';

import type { FileMirror, ModelSource } from '../../ports.ts';
import { hasToken } from './batches/batch-fault.ts';
import { lastKnown } from './mirrors/last-known.ts';
import { mirrorsMayHelp } from './mirrors/mirrors-may-help.ts';
import { closedDoor } from './refused.ts';
import { filesByPointer, filesBySelector } from './select-file.ts';
import type { WantedFile } from './wanted-file.ts';

export interface ResolveDeps {
  readonly source: ModelSource;
  readonly clock: Clock;
  readonly database: Database;
  /** Where there are some, what was known of a file is enough to ask them for it. */
  readonly mirrors?: readonly FileMirror[] | undefined;
}

type DoorDeps = Pick<ResolveDeps, 'source' | 'clock'>;

/** Hashes and gates decide what is fetched, so answers kept from minutes ago are not enough. */
const asItIsNow = { refresh: true };

/** A version, and its model unless the site no longer shows it. */
export interface Found {
  readonly model: Model | null;
  readonly version: ModelVersion;
}

/**
 * The files a reference means: one, or all with the selector `all`.
 * @throws KuraError `civitai.ref-invalid`, `models.not-downloadable`, `civitai.archived`, `civitai.download-disabled`,
 * `civitai.early-access`, `civitai.paid-access` when nobody is signed in, `models.ref-mismatch`, `models.hash-unknown`,
 * `models.no-such-file`; what the site says: `civitai.not-found`, ….
 */
export async function resolveRef(
  deps: ResolveDeps,
  ref: string,
  selector: string | undefined,
  signal: AbortSignal,
): Promise<readonly WantedFile[]> {
  const choice = { ref, pointer: parseModelRef(ref, { hosts: deps.source.refHosts }), selector };
  try {
    return filesOf(deps, await findVersion(deps, choice.pointer, signal), choice);
  } catch (error) {
    signal.throwIfAborted();
    const remembered = await rememberedFiles(deps, choice, toKuraError(error));
    if (remembered.length === 0) throw error;
    return remembered;
  }
}

/** The site no longer has it, or is away: files that mirrors can be asked for, because their SHA-256 is known. */
async function rememberedFiles(
  deps: ResolveDeps,
  { ref, pointer, selector }: FileChoice,
  siteFault: KuraError,
): Promise<readonly WantedFile[]> {
  if ((deps.mirrors ?? []).length === 0 || !mirrorsMayHelp(siteFault)) return [];
  const known = await lastKnown(deps, pointer);
  if (known === undefined) return [];
  return chooseIfThere(pointer, known.version, selector)
    .filter(({ hashes }) => hashes.sha256 !== null)
    .map((file) => ({ ref, ...known, file, alternatives: [], siteFault }));
}

function chooseIfThere(pointer: ModelRef, version: ModelVersion, selector: string | undefined) {
  try {
    return choose(pointer, version, selector);
  } catch (error) {
    if (isKuraError(error) && error.code === 'models.no-such-file') return [];
    throw error;
  }
}

export interface FileChoice {
  readonly ref: string;
  readonly pointer: ModelRef;
  readonly selector: string | undefined;
}

/** Which files of a version are meant. @throws KuraError `models.no-such-file`, and those of a closed door. */
export function filesOf(deps: DoorDeps, found: Found, { ref, pointer, selector }: FileChoice): readonly WantedFile[] {
  assertDownloadable(deps, found);
  const chosen = choose(pointer, found.version, selector);
  return chosen.map((file) => ({
    ref,
    ...found,
    file,
    alternatives: found.version.files.filter((other) => other.fileId !== file.fileId),
  }));
}

function choose(pointer: ModelRef, version: ModelVersion, selector: string | undefined) {
  if (selector !== undefined) return filesBySelector(version, selector);
  if (pointer.kind === 'hash') return version.files.filter((file) => hashOf(file.hashes, pointer) === pointer.digest);
  return filesByPointer(version, pointer.kind === 'version' ? pointer.file : undefined);
}

async function findVersion(deps: DoorDeps, pointer: ModelRef, signal: AbortSignal): Promise<Found> {
  if (pointer.kind === 'model')
    return newestOf(await deps.source.model(pointer.modelId, signal, asItIsNow), deps.clock);
  return pointer.kind === 'version' ? namedVersion(deps.source, pointer, signal) : byHash(deps.source, pointer, signal);
}

/** The first version that is open to everybody; when all are gated the site decides about the first. */
export function newestOf(model: Model, clock: Clock): Found {
  const withFiles = model.versions.filter((version) => version.files.length > 0);
  const version = withFiles.find((one) => !isGated(one, clock.now())) ?? withFiles[0];
  if (version === undefined) throw withoutFiles(model);
  return { model, version };
}

async function namedVersion(
  source: ModelSource,
  pointer: Extract<ModelRef, { kind: 'version' }>,
  signal: AbortSignal,
): Promise<Found> {
  const alone = await source.version(pointer.versionId, signal, asItIsNow);
  if (pointer.modelId !== null && alone.modelId !== null && alone.modelId !== pointer.modelId) {
    throw new KuraError('invalid', 'models.ref-mismatch', {
      params: { versionId: pointer.versionId, modelId: alone.modelId, asked: pointer.modelId },
    });
  }
  return withModel(source, alone, signal);
}

async function byHash(
  source: ModelSource,
  pointer: Extract<ModelRef, { kind: 'hash' }>,
  signal: AbortSignal,
): Promise<Found> {
  const version = await source.versionByHash(pointer.digest, signal, asItIsNow);
  const file = version?.files.find(({ hashes }) => hashOf(hashes, pointer) === pointer.digest);
  // Short hashes collide: without a published SHA-256 to hold the download against, it could be another file.
  if (version === null || file === undefined || file.hashes.sha256 === null) {
    throw new KuraError('not-found', 'models.hash-unknown', { params: { hash: pointer.digest } });
  }
  return withModel(source, version, signal);
}

/** The model's answer knows more of a version (names after renaming, tags, licence); without it the version stands alone. */
async function withModel(source: ModelSource, alone: ModelVersion, signal: AbortSignal): Promise<Found> {
  const model = alone.modelId === null ? null : await modelIfShown(source, alone.modelId, signal);
  const within = model?.versions.find(({ versionId }) => versionId === alone.versionId);
  if (within === undefined || within.files.length === 0) return { model, version: alone };
  return { model, version: { ...within, usageControl: alone.usageControl, model: alone.model } };
}

async function modelIfShown(source: ModelSource, id: ModelId, signal: AbortSignal): Promise<Model | null> {
  try {
    return await source.model(id, signal, asItIsNow);
  } catch (error) {
    if (isKuraError(error) && error.kind === 'not-found') return null;
    throw error;
  }
}

function assertDownloadable({ clock, source }: DoorDeps, found: Found): void {
  const closed = closedDoor({ ...found, now: clock.now(), isSignedIn: hasToken(source) });
  if (closed !== undefined) throw closed;
}

function withoutFiles({ name, mode }: Model): KuraError {
  if (mode === 'Archived') return new KuraError('not-found', 'civitai.archived');
  return new KuraError('forbidden', 'models.not-downloadable', { params: { name, state: mode ?? 'no-files' } });
}

function hashOf(hashes: FileHashes, { algorithm }: Extract<ModelRef, { kind: 'hash' }>): string | null {
  const byAlgorithm = {
    sha256: hashes.sha256,
    autov1: hashes.autoV1,
    autov2: hashes.autoV2,
    autov3: hashes.autoV3,
    crc32: hashes.crc32,
    blake3: hashes.blake3,
  };
  return byAlgorithm[algorithm];
}
