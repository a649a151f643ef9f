/**
 * Holds files of the living source against the newest snapshot. What was changed after the backup cannot be compared; what
 * has the size and time of the backup must have its content, too: else it rotted, or somebody changed it and hid it.
 */
import { lstat } from 'node:fs/promises';

import { systemCode } from '#kernel/errors';

import { hashFile } from '../verification/compare-tree.ts';
import { createSampler } from './choose-sample.ts';
import type { ContentFile, CopyContent } from './copy-content.ts';
import type { Finding } from './drill-record.ts';

export interface SourceComparison {
  readonly files: number;
  readonly bytes: number;
  /** Changed or removed since the backup, and therefore not compared. */
  readonly outdated: number;
  readonly differing: number;
  readonly findings: readonly Finding[];
}

export interface CompareSource {
  readonly content: CopyContent;
  readonly snapshot: string;
  /** Folder that is protected. */
  readonly source: string;
  readonly count: number;
  readonly seed: string;
  readonly now: number;
  readonly signal: AbortSignal;
  readonly onProgress: (soFar: { readonly files: number; readonly bytes: number }) => void;
}

export async function compareSource(wish: CompareSource): Promise<SourceComparison> {
  const { content, snapshot, count, seed, now, signal } = wish;
  const sampler = createSampler<ContentFile>({ count, seed, now });
  for await (const entry of content.entries(snapshot, signal)) {
    if (entry.type === 'file' && entry.sha256 !== null) sampler.offer(entry);
  }
  const counts = { files: 0, bytes: 0, outdated: 0, differing: 0 };
  const findings: Finding[] = [];
  for (const file of sampler.chosen()) {
    const found = await look(wish, file);
    if (found === 'outdated') {
      counts.outdated += 1;
      continue;
    }
    counts.files += 1;
    counts.bytes += file.size;
    if (found !== undefined) {
      counts.differing += 1;
      findings.push(found);
    }
    wish.onProgress(counts);
  }
  return { ...counts, findings };
}

async function look({ source, signal }: CompareSource, file: ContentFile): Promise<Finding | 'outdated' | undefined> {
  const path = Buffer.concat([Buffer.from(`${source}/`), file.path]);
  try {
    const facts = await lstat(path);
    const isSame = facts.isFile() && facts.size === file.size && Math.floor(facts.mtimeMs) === file.modifiedMs;
    if (!isSame) return 'outdated';
    const found = await hashFile(path, signal);
    if (found === file.sha256) return undefined;
    return { code: 'backups.difference-silent', params: { path: file.path.toString(), found, expected: file.sha256 } };
  } catch (error) {
    signal.throwIfAborted();
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return 'outdated';
    throw error;
  }
}
