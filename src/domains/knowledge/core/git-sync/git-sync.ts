/**
 * Entries that everybody may read, and a folder of Markdown under git, kept the same in both directions. Where both sides
 * changed neither is touched. What a side gives up stays behind it: versions and removed entries here, commits there.
 */
import { createHash } from 'node:crypto';
import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { isKuraError, KuraError } from '#kernel/errors';
import type { IdSource } from '#kernel/ids';
import { acquireLock } from '#platform/files';
import type { Actor } from '#platform/unit-of-work';

import type { SyncReport, SyncRow } from '../../contract/index.ts';
import type { GitFolder } from '../../ports.ts';
import { attachmentsOf } from '../../store/attachment-store.ts';
import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import { deleteSynced, putSynced, type SyncedEntry } from '../../store/sync-store.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { type EntriesDeps, publishSaved, removeEntry, subjectOf, type Writer } from '../entries/entry-changes.ts';
import type { Entry } from '../entries/entry-content.ts';
import { isOpenToReaders } from '../entries/reading-scope.ts';
import { exportAttachments } from '../exchange/export-attachments.ts';
import { fileNameOf } from '../exchange/export-knowledge.ts';
import { importAttachments } from '../exchange/import-attachments.ts';
import { planBatch, type ReadableRecord, writeBatch } from '../exchange/import-batch.ts';
import { type ImportRecord, isSkipReason } from '../exchange/import-record.ts';
import { writeMarkdown } from '../exchange/markdown-file.ts';
import { eraseInFolder, type FolderFile, readFolderFile, writeInFolder } from './folder-files.ts';
import { findPairs, rowOf, type SyncPair } from './sync-pairs.ts';
import { type PreferredSide, syncStep } from './sync-step.ts';

export interface SyncOptions {
  readonly signal: AbortSignal;
  /** Which side counts where both changed; neither when left out. */
  readonly prefer?: PreferredSide | undefined;
}

export interface GitSync {
  /**
   * Commits what people changed in the folder, joins it with what others pushed, then compares entry by entry.
   * @throws KuraError `git.no-repository`, `git.diverged`, `git.failed`, `git.not-installed`; `knowledge.sync-nowhere` without a folder, `files.locked` while another run is at it.
   */
  syncFolder(actor: Actor, folder: string | undefined, options: SyncOptions): Promise<SyncReport>;
}

export interface GitSyncDeps extends EntriesDeps {
  readonly ids: IdSource;
  readonly attachments: Pick<Attachments, 'attach'>;
  readonly git: GitFolder | undefined;
  /** Where a run says that it is at a folder; made with the first. */
  readonly lockFolder: string;
}

export function createGitSync(deps: GitSyncDeps): GitSync {
  return {
    async syncFolder(actor, folder, { signal, prefer }) {
      const { git } = deps;
      if (folder === undefined || git === undefined) throw new KuraError('invalid', 'knowledge.sync-nowhere');
      await git.check(folder, signal);
      await using _ = await lockFolder(deps, folder, signal);
      await git.commit(folder, 'knowledge: changes in the folder', signal);
      await git.pull(folder, signal);
      const run = new SyncRun(deps, { actor, folder: await realpath(folder), signal, prefer });
      const { rows, unchanged } = await run.all();
      const committed = await git.commit(folder, 'knowledge: entries of Kura', signal);
      const pushed = await git.push(folder, signal);
      if (rows.length > 0) await noteSync(deps, actor, { folder, rows: rows.length, pushed });
      return { folder, rows, unchanged, committed, pushed };
    },
  };
}

/**
 * One run per folder at a time, from here or from another process with the same data directory: two would each write
 * what the other just agreed on.
 */
async function lockFolder(
  { clock, lockFolder }: GitSyncDeps,
  folder: string,
  signal: AbortSignal,
): Promise<AsyncDisposable> {
  const name = `sync-${createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 16)}`;
  await mkdir(lockFolder, { recursive: true });
  return await acquireLock({ folder: lockFolder, name, command: 'knowledge sync', clock, waitMs: 0, signal });
}

/** What leaves as files is out of reach of every permission. */
async function noteSync(
  { unitOfWork }: Pick<EntriesDeps, 'unitOfWork'>,
  actor: Actor,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  const subject = { kind: 'knowledge', id: 'entries' };
  await unitOfWork.write(actor, async (tx) =>
    tx.audit({ action: 'knowledge.sync-folder', category: 'access', subject, result: 'done', after }),
  );
}

interface SyncContext {
  readonly actor: Actor;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly prefer: PreferredSide | undefined;
}

class SyncRun {
  readonly #deps: GitSyncDeps;
  readonly #context: SyncContext;
  readonly #writer: Writer;

  constructor(deps: GitSyncDeps, context: SyncContext) {
    this.#deps = deps;
    this.#context = context;
    // Only who manages everything may begin this.
    const permissions = new Set(['knowledge:read', 'knowledge:write', 'knowledge:manage'] as const);
    this.#writer = { ...context.actor, permissions };
  }

  async all(): Promise<Pick<SyncReport, 'rows' | 'unchanged'>> {
    const rows: SyncRow[] = [];
    let unchanged = 0;
    for (const pair of await findPairs(this.#reads, this.#context)) {
      this.#context.signal.throwIfAborted();
      const row = await this.#settled(pair);
      if (row === undefined) unchanged += 1;
      else rows.push(row);
    }
    return { rows, unchanged };
  }

  get #reads() {
    return this.#deps.database.tables<KnowledgeTables>();
  }

  async #settled(pair: SyncPair): Promise<SyncRow | undefined> {
    const { agreed, entry, file } = pair;
    const states = {
      agreed: agreed === undefined ? undefined : { entry: agreed.entryState, file: agreed.fileState },
      entry: entry === undefined ? undefined : await this.#stateOf(entry),
      file: file?.state,
    };
    const step = syncStep(states, this.#context.prefer);
    const row = rowOf(pair);
    try {
      if (step === 'nothing' || step === 'forget') {
        await this.#noted(pair);
        return undefined;
      }
      if (step === 'clash' && (await this.#saysTheSame(pair))) return undefined;
      const action = step === 'read' && (await this.#isOfHidden(pair)) ? 'clash' : step;
      await this.#take(action, pair);
      return { ...row, action };
    } catch (error) {
      this.#context.signal.throwIfAborted();
      if (!isKuraError(error)) throw error;
      return { ...row, action: 'left', reason: { code: error.code, params: textParams(error.params) } };
    }
  }

  async #take(step: SyncRow['action'], { agreed, entry, file }: SyncPair): Promise<void> {
    if (step === 'read' && file !== undefined) await this.#readIn(file, agreed);
    if (step === 'write' && entry !== undefined)
      await this.#writeOut(entry, file?.file ?? agreed?.file ?? fileNameOf(entry));
    if (step === 'erase' && agreed !== undefined) await this.#erase({ ...agreed, file: file?.file ?? agreed.file });
    if (step === 'remove' && entry !== undefined) await this.#remove(entry);
  }

  /** Where the file is now; nothing when both are gone. */
  async #noted({ agreed, entry, file }: SyncPair): Promise<void> {
    if (entry !== undefined && file !== undefined && agreed?.file !== file.file) await this.#writeOut(entry, file.file);
    if (entry === undefined && file === undefined && agreed !== undefined) await this.#forget(agreed.entryId);
  }

  /** Both changed to the same: they agree from now on. */
  async #saysTheSame({ entry, file }: SyncPair): Promise<boolean> {
    if (entry === undefined || file === undefined || isSkipReason(file.read)) return false;
    const record = this.#recordOf(file, file.read, entry.id);
    const { unchanged } = await planBatch(this.#reads, [record], new Map());
    if (unchanged === 1) await this.#writeOut(entry, file.file);
    return unchanged === 1;
  }

  async #readIn(file: FolderFile, agreed: SyncedEntry | undefined): Promise<void> {
    if (isSkipReason(file.read)) {
      const { code, params } = file.read;
      throw new KuraError('invalid', code, { params });
    }
    const record = this.#recordOf(file, file.read, agreed?.entryId ?? file.read.kuraId ?? this.#deps.ids.next());
    const entry = await this.#saved(record);
    const { signal } = this.#context;
    const attaching = { reads: this.#reads, attachments: this.#deps.attachments, writer: this.#writer, signal };
    const [left] = await importAttachments(attaching, [record]);
    if (isOpenToReaders(entry)) await this.#writeOut(entry, file.file);
    else await this.#erase({ entryId: entry.id, file: file.file });
    if (left !== undefined) throw new KuraError('invalid', left.read.code, { params: left.read.params });
  }

  /**
   * A file in the folder of an entry that is not for everybody, named by either of its ids or agreed on before it was
   * hidden: it must not be overwritten from there.
   */
  async #isOfHidden({ agreed, entry, file }: SyncPair): Promise<boolean> {
    if (entry !== undefined || file === undefined || isSkipReason(file.read)) return false;
    const { kuraId, id } = this.#recordOf(file, file.read, agreed?.entryId ?? file.read.kuraId).read;
    const byId = await findEntries(this.#reads, 'id', kuraId === undefined ? [] : [kuraId]);
    return byId.length > 0 || (await findEntries(this.#reads, 'external_id', id === undefined ? [] : [id])).length > 0;
  }

  /** The name of the file is no id: another folder may have one of the same name. */
  #recordOf({ file }: FolderFile, read: ImportRecord, kuraId: string | undefined): ReadableRecord {
    const id = read.id === file ? undefined : read.id;
    return { file: join(this.#context.folder, file), read: { ...read, kuraId, id } };
  }

  async #saved(record: ReadableRecord): Promise<Entry> {
    const { unitOfWork, writer, rules } = this.#deps;
    return await unitOfWork.write(this.#context.actor, async (tx) => {
      const tables = tx.tables<KnowledgeTables>();
      const plan = await planBatch(tables, [record], new Map());
      const [refused] = plan.refused;
      if (refused !== undefined) throw new KuraError('invalid', refused.read.code, { params: refused.read.params });
      const [written] = [...plan.added, ...plan.replaced];
      if (rules().fourEyes && written?.content.status === 'published')
        throw new KuraError('conflict', 'knowledge.review-first', { params: { title: written.content.title } });
      await writeBatch(tx, writer, plan);
      const { kuraId = '', id } = record.read;
      const [byId] = await findEntries(tables, 'id', [kuraId]);
      const entry = byId ?? (id === undefined ? [] : await findEntries(tables, 'external_id', [id]))[0];
      if (entry === undefined) throw new KuraError('internal', 'kernel.unexpected', { params: { reason: kuraId } });
      await tx.audit({ action: 'knowledge.sync-entry', subject: subjectOf(entry), result: 'done' });
      publishSaved(tx, entry);
      return entry;
    });
  }

  async #writeOut(entry: Entry, file: string): Promise<void> {
    const { folder, actor } = this.#context;
    const places = await exportAttachments({ reads: this.#reads, files: this.#deps.files }, entry, folder);
    await writeInFolder(folder, file, writeMarkdown(entry, places));
    const { state: fileState } = await readFolderFile(folder, file);
    const synced = { entryId: entry.id, file, fileState, entryState: await this.#stateOf(entry) };
    await this.#deps.unitOfWork.write(actor, async (tx) => putSynced(tx.tables<KnowledgeTables>(), folder, synced));
  }

  async #erase({ entryId, file }: Pick<SyncedEntry, 'entryId' | 'file'>): Promise<void> {
    await eraseInFolder(this.#context.folder, file);
    await this.#forget(entryId);
  }

  async #remove(entry: Entry): Promise<void> {
    const { actor, folder } = this.#context;
    await this.#deps.unitOfWork.write(actor, async (tx) => {
      await removeEntry(tx, this.#deps, entry);
      await deleteSynced(tx.tables<KnowledgeTables>(), folder, entry.id);
    });
  }

  async #forget(entryId: string): Promise<void> {
    const { actor, folder } = this.#context;
    await this.#deps.unitOfWork.write(actor, async (tx) => deleteSynced(tx.tables<KnowledgeTables>(), folder, entryId));
  }

  async #stateOf({ id, contentHash }: Entry): Promise<string> {
    const files = await attachmentsOf(this.#reads, id);
    const parts = [contentHash, ...files.map(({ name, sha256 }) => `${name} ${sha256}`)];
    return createHash('sha256').update(parts.join('\n')).digest('hex');
  }
}

function textParams(params: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}
