/** A copy as a drill sees it, whatever made it. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Vault } from '#engines/vault';
import { toKuraError } from '#kernel/errors';

import { newestOfJob } from '../vaults/newest-of-job.ts';
import type { ComparableEntry } from '../verification/compare-tree.ts';
import type { Finding } from './drill-record.ts';

export interface ContentSnapshot {
  readonly id: string;
  readonly at: string;
  readonly files: number;
  readonly bytes: number;
}

/** `modifiedMs`: milliseconds since 1970, where the list says so. */
export type ContentEntry = ComparableEntry & { readonly modifiedMs: number | undefined };
export type ContentFile = Extract<ContentEntry, { type: 'file' }>;

export interface RestoreWish {
  readonly snapshot: string;
  /** Folder to restore into. */
  readonly target: string;
  readonly signal: AbortSignal;
  readonly onProgress: (soFar: { readonly files: number; readonly bytes: number }) => void;
}

export interface CopyContent extends AsyncDisposable {
  /** @throws KuraError not-found where there is none. */
  newest(signal: AbortSignal): Promise<ContentSnapshot>;
  entries(snapshot: string, signal: AbortSignal): AsyncIterable<ContentEntry>;
  /** Answers with what could not be restored. */
  restoreAll(wish: RestoreWish): Promise<readonly Finding[]>;
  restoreSome(wish: RestoreWish, files: readonly ContentFile[]): Promise<readonly Finding[]>;
}

/** `job`: key of the job whose snapshots count; the vault may hold those of others. */
export function vaultContent(vault: Vault, job: string): CopyContent {
  return {
    async newest(signal) {
      const { id, endedAt, totals } = await newestOfJob(vault, job, signal);
      return { id, at: endedAt, files: totals.files, bytes: totals.bytes };
    },
    async *entries(snapshot, signal) {
      for await (const entry of vault.entries(snapshot, signal)) {
        yield { ...entry, modifiedMs: Number(entry.mtimeNs / 1_000_000n) };
      }
    },
    async restoreAll({ snapshot, target, signal, onProgress }) {
      const { problems } = await vault.restore({ snapshot, target, signal, onProgress });
      return problems.map(({ path, error }) => lost(path, error));
    },
    restoreSome: (wish, files) => restoreFiles(vault, wish, files),
    [Symbol.asyncDispose]: () => vault[Symbol.asyncDispose](),
  };
}

async function restoreFiles(
  vault: Vault,
  { snapshot, target, signal, onProgress }: RestoreWish,
  files: readonly ContentFile[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const soFar = { files: 0, bytes: 0 };
  for (const { path, size } of files) {
    // The sandbox holds names as the text they read as; `restoreAndCompareSome` looks for them there, too.
    const place = join(target, path.toString());
    await mkdir(dirname(place), { recursive: true });
    try {
      await vault.restoreFile({ snapshot, path, target: place, signal });
      soFar.files += 1;
      soFar.bytes += size;
    } catch (error) {
      signal.throwIfAborted();
      findings.push(lost(path.toString(), error));
    }
    onProgress(soFar);
  }
  return findings;
}

/** In the words of whoever could not read it. */
export function lost(path: string, error: unknown): Finding {
  return { code: 'backups.difference-lost', params: { path, reason: toKuraError(error).message } };
}
