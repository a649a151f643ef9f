/** Verifications of a copy that a tool makes. */
import { mkdir, rm } from 'node:fs/promises';

import type { VerificationKind } from '../../contract/index.ts';
import type { BackupsTables } from '../../store/backups-tables.ts';
import { countPassedReads } from '../../store/verification-store.ts';
import type { BackupsContext } from '../backups-context.ts';
import type { Copy } from '../register/protected-job.ts';
import { type ComparableEntry, compareTree } from '../verification/compare-tree.ts';
import type { Examination, VerificationProgress } from '../verification/examination.ts';
import { requireRoom } from '../verification/examine-restore.ts';
import { scratchOf } from '../verification/scratch.ts';
import type { EngineEntry } from './backup-engine.ts';
import { type EngineCopy, openEngineCopy } from './engine-copy.ts';
import { noSnapshots } from './engine-errors.ts';

export interface EngineExamination {
  readonly copy: Copy;
  readonly kind: VerificationKind;
  readonly signal: AbortSignal;
  readonly report: ((progress: VerificationProgress) => void) | undefined;
}

/** @throws KuraError as `openEngineCopy` and `BackupEngine`; not-found `vault.no-snapshots`. */
export async function examineEngineCopy(context: BackupsContext, wanted: EngineExamination): Promise<Examination> {
  const opened = await openEngineCopy(context, wanted.copy, wanted.signal);
  return wanted.kind === 'restore'
    ? await examineRestored(context, opened, wanted)
    : await examineStored(context, opened, wanted);
}

async function examineStored(
  context: BackupsContext,
  { engine, call, settings }: EngineCopy,
  { copy, kind }: EngineExamination,
): Promise<Examination> {
  const part = kind === 'data' ? await nextPart(context, copy.id, settings.verifyParts) : undefined;
  const findings = await engine.verify(call, { depth: kind === 'data' ? 'data' : 'structure', part });
  const { storedBytes, snapshots } = await engine.stats(call);
  return {
    objects: snapshots,
    bytes: kind === 'data' ? Math.round(storedBytes / (part?.of ?? 1)) : 0,
    snapshot: null,
    errors: findings.length,
    findings,
    verified: 'nothing',
  };
}

/** Verifications that passed, counted on: after as many as there are parts, every byte was read. */
export async function nextPart(
  { database }: Pick<BackupsContext, 'database'>,
  copyId: string,
  of: number,
): Promise<{ readonly part: number; readonly of: number }> {
  if (of === 1) return { part: 1, of };
  const passed = await countPassedReads(database.tables<BackupsTables>(), copyId);
  return { part: (passed % of) + 1, of };
}

async function examineRestored(
  context: BackupsContext,
  { engine, call }: EngineCopy,
  { copy, signal, report }: EngineExamination,
): Promise<Examination> {
  const newest = (await engine.snapshots(call)).find(({ tags }) => tags.includes(copy.job));
  if (newest === undefined) throw noSnapshots(copy.repository);
  const entries = await engine.entries(call, newest.id);
  const folder = scratchOf(context, copy.id);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const totalBytes = entries.reduce((sum, { size }) => sum + size, 0);
    await requireRoom(folder, { totals: { bytes: totalBytes } });
    const lost = await engine.restore(call, { snapshot: newest.id, target: folder, include: undefined });
    const compared = await compareTree(folder, comparable(entries), {
      signal,
      onProgress: ({ files, bytes, differences }) =>
        report?.({ objects: files, bytes, totalBytes, errors: differences.length }),
    });
    const findings = [...lost, ...compared.differences.map(({ line }) => line)];
    return {
      objects: compared.files,
      bytes: compared.bytes,
      snapshot: newest.id,
      errors: findings.length,
      findings,
      verified: compared.matching,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** In the words of the comparison; where the tool keeps no hash, it was the tool that compared contents. */
async function* comparable(entries: readonly EngineEntry[]): AsyncGenerator<ComparableEntry> {
  for (const { path, type, size, sha256 } of entries) {
    const named = { path: Buffer.from(path) };
    if (type === 'file') yield { ...named, type, size, sha256 };
    else yield type === 'symlink' ? { ...named, type, target: null } : { ...named, type };
  }
}
