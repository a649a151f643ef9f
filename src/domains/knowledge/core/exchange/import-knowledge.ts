/**
 * Import in whole batches: a process that dies leaves every batch complete or absent, and the same import again does
 * only what is missing, because each record knows which entry it is.
 */
import type { IdSource } from '#kernel/ids';
import { MIB } from '#kernel/units';
import type { Database } from '#platform/db';
import type { Actor, UnitOfWork, WriteTransaction } from '#platform/unit-of-work';

import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { Writer } from '../entries/entry-changes.ts';
import { entriesImported } from '../entries/entry-events.ts';
import type { EntryWriter } from '../entries/entry-writer.ts';
import { afterLostRace } from '../entries/lost-race.ts';
import { createDuplicateWatch } from './duplicate-watch.ts';
import { importAttachments } from './import-attachments.ts';
import { type BatchPlan, type KnownTerms, planBatch, type ReadableRecord, writeBatch } from './import-batch.ts';
import { isSkipReason, type SkipReason } from './import-record.ts';
import { readSources } from './source-files.ts';
import type { SourceRecord } from './source-record.ts';

export interface SkippedRecord {
  readonly file: string;
  readonly line?: number;
  readonly reason: SkipReason;
}

export interface ImportReport {
  /** New entries. */
  readonly imported: number;
  readonly updated: number;
  /** Were already there, word for word. */
  readonly unchanged: number;
  readonly skipped: readonly SkippedRecord[];
}

export interface ImportOptions {
  readonly signal: AbortSignal;
  /** After each batch, with the numbers so far. */
  readonly onProgress?: (soFar: ImportReport) => void;
  /** Says what would become of each record, and writes nothing. */
  readonly trial?: boolean;
}

export interface ImportDeps {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly writer: EntryWriter;
  readonly ids: IdSource;
  readonly attachments: Pick<Attachments, 'attach'>;
}

/** Words and index entries of a large batch cost less than those of several small ones. */
const recordsPerBatch = 1000;
const bodyPerBatch = 4 * MIB;

export async function importKnowledge(
  deps: ImportDeps,
  actor: Actor,
  paths: readonly string[],
  { signal, onProgress, trial = false }: ImportOptions,
): Promise<ImportReport> {
  const run: ImportRun = { deps, actor, signal, trial, id: deps.ids.next() };
  const attaching = {
    reads: deps.database.tables<KnowledgeTables>(),
    attachments: deps.attachments,
    writer: fullWriter(actor),
    signal,
  };
  const report = { imported: 0, updated: 0, unchanged: 0, skipped: [] as SkippedRecord[] };
  for await (const batch of batchesOf(readSources(paths, signal))) {
    report.unchanged += batch.repeated;
    const plan = await importBatch(run, batch.records);
    report.imported += plan.added.length;
    report.updated += plan.replaced.length;
    report.unchanged += plan.unchanged;
    const left = trial ? [] : await importAttachments(attaching, batch.records);
    report.skipped.push(...[...batch.skipped, ...plan.refused, ...left].map(skippedOf));
    onProgress?.(report);
  }
  if (!trial && report.imported + report.updated >= worthTidying) await tidyIndex(run);
  return report;
}

/** Nothing is hidden from who imports: it is their machine. */
function fullWriter(actor: Actor): Writer {
  return { ...actor, permissions: new Set(['knowledge:read', 'knowledge:write', 'knowledge:manage'] as const) };
}

/** With fewer changes than that an index is as good as before. */
const worthTidying = 2000;

async function tidyIndex({ deps, actor, signal }: ImportRun): Promise<void> {
  for (let step = 0, goesOn = true; goesOn; step += 1) {
    goesOn = await deps.unitOfWork.write(actor, async (tx) => deps.writer.tidy(tx, step), { signal });
  }
}

type SkippedSource = SourceRecord & { readonly read: SkipReason };

interface Batch {
  readonly records: ReadableRecord[];
  readonly skipped: SkippedSource[];
  /** Word for word what an earlier record of this import said. */
  repeated: number;
}

async function* batchesOf(sources: AsyncIterable<SourceRecord>): AsyncGenerator<Batch> {
  const watch = createDuplicateWatch();
  let batch: Batch = { records: [], skipped: [], repeated: 0 };
  let size = 0;
  for await (const source of sources) {
    const seen = isReadable(source) ? watch.see(source) : source.read;
    if (seen === 'new' && isReadable(source)) {
      batch.records.push(source);
      size += source.read.body.length;
    } else if (typeof seen === 'string') batch.repeated += 1;
    else if (isSkipReason(seen)) batch.skipped.push({ ...source, read: seen });
    if (batch.records.length === recordsPerBatch || size >= bodyPerBatch) {
      yield batch;
      batch = { records: [], skipped: [], repeated: 0 };
      size = 0;
    }
  }
  yield batch;
}

function isReadable(source: SourceRecord): source is ReadableRecord {
  return !isSkipReason(source.read);
}

interface ImportRun {
  readonly deps: ImportDeps;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly trial: boolean;
  readonly id: string;
}

async function importBatch(run: ImportRun, records: readonly ReadableRecord[]): Promise<BatchPlan> {
  const { database, unitOfWork, writer } = run.deps;
  const terms: KnownTerms = new Map();
  // Analysing takes longer than writing: it is done here, while others can write.
  const expected = await planBatch(database.tables<KnowledgeTables>(), records, terms);
  if (run.trial || expected.added.length + expected.replaced.length === 0) return expected;
  return afterLostRace(() =>
    unitOfWork.write(
      run.actor,
      async (tx) => {
        const plan = await planBatch(tx.tables<KnowledgeTables>(), records, terms);
        await writeBatch(tx, writer, plan);
        await recordBatch(tx, run, plan);
        return plan;
      },
      { signal: run.signal },
    ),
  );
}

/** One audit record and one event per batch: an import of a large base would otherwise bury everything else. */
async function recordBatch(tx: WriteTransaction, run: ImportRun, plan: BatchPlan): Promise<void> {
  const counts = { imported: plan.added.length, updated: plan.replaced.length };
  await tx.audit({
    action: 'knowledge.import-entries',
    subject: { kind: 'knowledge-import', id: run.id },
    result: 'done',
    after: counts,
  });
  tx.publish(entriesImported, counts);
}

function skippedOf({ file, line, read }: SkippedSource): SkippedRecord {
  return { file, ...(line === undefined ? {} : { line }), reason: read };
}
