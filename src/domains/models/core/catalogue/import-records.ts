/** Recorded answers and side-cars into the catalogue (models.md M-287). Running it again changes nothing. */
import type { Clock } from '#kernel/clock';
import type { Actor, UnitOfWork } from '#platform/unit-of-work';

import { type Reason, type RecordContents, readRecord } from './read-record.ts';
import { findRecordFiles, type RecordFile, readRecordFile } from './record-files.ts';
import { modelIdsOf, writeRecord } from './write-record.ts';

/** Files per transaction: few enough to keep other writers waiting only for a moment. */
const BATCH = 50;

export interface ImportRecordsDeps {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

export interface ImportRecordsOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export interface ImportedRecords {
  /** Files looked into. */
  readonly files: number;
  /** Different models in them, those of single versions included. */
  readonly models: number;
  /** Different versions in them. */
  readonly versions: number;
  readonly skipped: readonly SkippedRecords[];
}

export interface SkippedRecords {
  readonly file: string;
  /** At least one. */
  readonly reasons: readonly Reason[];
  /** Other entries of the file were taken. */
  readonly partly: boolean;
}

interface ReadFile extends RecordFile {
  readonly contents: RecordContents;
}

/** Reads files, and folders with everything below them. @throws the signal's reason; what was imported stays */
export async function importRecords(
  deps: ImportRecordsDeps,
  actor: Actor,
  paths: readonly string[],
  { signal, onProgress }: ImportRecordsOptions,
): Promise<ImportedRecords> {
  const found = await findRecordFiles(paths, deps.clock, signal);
  const skipped: SkippedRecords[] = found.skipped.map(({ file, reason }) => skip(file, reason));
  const models = new Set<number>();
  const versions = new Set<number>();
  for (let start = 0; start < found.files.length; start += BATCH) {
    const batch = await readBatch(found.files.slice(start, start + BATCH), skipped, signal);
    await writeBatch(deps.unitOfWork, actor, batch, signal);
    for (const { contents } of batch) {
      for (const id of modelIdsOf(contents)) models.add(id);
      for (const id of versionIdsOf(contents)) versions.add(id);
    }
    onProgress(Math.min(start + BATCH, found.files.length), found.files.length);
  }
  return {
    files: found.files.length,
    models: models.size,
    versions: versions.size,
    skipped: skipped.sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}

/** What can be taken of the files; the rest goes to `skipped`. */
async function readBatch(
  files: readonly RecordFile[],
  skipped: SkippedRecords[],
  signal: AbortSignal,
): Promise<readonly ReadFile[]> {
  const batch: ReadFile[] = [];
  for (const file of files) {
    const read = await readRecordFile(file.path, signal);
    if ('reason' in read) {
      skipped.push(skip(file.path, read.reason));
      continue;
    }
    const contents = readRecord(read.value);
    const taken = contents.models.length + contents.versions.length + contents.enums.length > 0;
    if (taken) batch.push({ ...file, contents });
    if (contents.faults.length > 0) skipped.push({ file: file.path, reasons: contents.faults, partly: taken });
  }
  return batch;
}

async function writeBatch(
  unitOfWork: UnitOfWork,
  actor: Actor,
  batch: readonly ReadFile[],
  signal: AbortSignal,
): Promise<void> {
  if (batch.length === 0) return;
  await unitOfWork.write(
    actor,
    async (tx) => {
      for (const { contents, at } of batch) await writeRecord(tx, contents, at);
      await tx.audit({
        action: 'models.import-records',
        subject: { kind: 'catalogue', id: 'catalogue' },
        result: 'done',
        after: {
          files: batch.length,
          models: new Set(batch.flatMap(({ contents }) => modelIdsOf(contents))).size,
          versions: new Set(batch.flatMap(({ contents }) => versionIdsOf(contents))).size,
        },
      });
    },
    { signal },
  );
}

function versionIdsOf({ models, versions }: RecordContents): readonly number[] {
  return [...models.flatMap((model) => model.versions), ...versions].map(({ versionId }) => versionId);
}

function skip(file: string, { code, params }: Reason): SkippedRecords {
  return { file, reasons: [{ code, params }], partly: false };
}
