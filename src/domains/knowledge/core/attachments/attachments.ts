/**
 * Files beside entries (K-065). Whoever may read an entry may read its files, whatever way leads there; they go with the
 * entry when it is removed, come back with it, and are gone for good when it is.
 */
import { nowInstant } from '#kernel/clock';
import { KuraError } from '#kernel/errors';
import type { ReadTables } from '#platform/db';
import type { WriteTransaction } from '#platform/unit-of-work';

import { type Attachment, mostAttachments, type ReadAttachment } from '../../contract/index.ts';
import { attachmentsOf, deleteAttachment, putAttachment } from '../../store/attachment-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import type { EntriesWithPlaces } from '../entries/entries.ts';
import { type EntriesDeps, entryIn, subjectOf, type Writer } from '../entries/entry-changes.ts';
import type { Entry } from '../entries/entry-content.ts';
import type { Reader } from '../entries/reading-scope.ts';
import { sha256Of } from './attachment-files.ts';
import { type CheckedAttachment, checkAttachment } from './check-attachment.ts';
import { dropUnheld } from './drop-unheld.ts';

export interface AttachmentRules {
  /** Largest file in MiB. */
  readonly mostMiB: number;
}

/** What a virus scanner says of a file; the name of what it found. */
export type FileScan = (path: string, signal: AbortSignal) => Promise<string | undefined>;

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Another file of this name gives way. */
  readonly replace?: boolean;
}

export interface Attachments {
  /** By name. @throws KuraError `knowledge.entry-not-found`. */
  attachments(reader: Reader, reference: string): Promise<readonly Attachment[]>;
  /**
   * The same file again changes nothing.
   * @throws KuraError `knowledge.entry-not-found`, `-attachment-name-taken`, `-too-many-attachments`, and as `checkAttachment`.
   */
  attach(writer: Writer, reference: string, file: GivenFile, signal: AbortSignal): Promise<Attachment>;
  /** @throws KuraError `knowledge.entry-not-found`, `knowledge.attachment-not-found`, `knowledge.attachment-damaged`. */
  readAttachment(reader: Reader, reference: string, name: string): Promise<ReadFile>;
  /** At once and for good. @throws KuraError `knowledge.entry-not-found`, `knowledge.attachment-not-found`. */
  detach(writer: Writer, reference: string, name: string): Promise<void>;
}

export interface ReadFile {
  readonly attachment: Attachment;
  readonly bytes: Uint8Array;
}

export interface AttachmentsDeps extends EntriesDeps {
  readonly attachmentRules: () => AttachmentRules;
  readonly scanFile?: FileScan | undefined;
}

export function createAttachments(deps: AttachmentsDeps, entries: Pick<EntriesWithPlaces, 'find'>): Attachments {
  const { database, clock, files } = deps;
  return {
    async attachments(reader, reference) {
      const { id } = await entries.find(reader, reference);
      return await attachmentsOf(database.tables<KnowledgeTables>(), id);
    },

    async attach(actor, reference, { name: given, bytes, replace = false }, signal) {
      const { id } = await entries.find(actor, reference);
      const checked = checkAttachment(given, bytes, deps.attachmentRules().mostMiB);
      const sha256 = sha256Of(bytes);
      const fresh = freshAttachment(checked, bytes, { sha256, at: nowInstant(clock), by: actor.name });
      await files.put(sha256, bytes);
      const dropped = [sha256];
      try {
        await refuseInfected(deps, fresh, signal);
        const { kept, former } = await add(deps, actor, id, { fresh, replace });
        dropped.push(...former);
        return kept;
      } finally {
        // Somebody who took the last other one away meanwhile has taken this, too.
        await files.put(sha256, bytes);
        await dropUnheld(deps, dropped);
      }
    },

    async readAttachment(reader, reference, name) {
      const entry = await entries.find(reader, reference);
      const attachment = await findAttachment(database.tables<KnowledgeTables>(), entry, name);
      const bytes = await files.read(attachment.sha256);
      if (bytes !== undefined) return { attachment, bytes };
      throw new KuraError('internal', 'knowledge.attachment-damaged', { params: { name, title: entry.title } });
    },

    async detach(actor, reference, name) {
      const { id } = await entries.find(actor, reference);
      await dropUnheld(deps, [await takeAway(deps, actor, id, name)]);
    },
  };
}

async function refuseInfected(
  { scanFile, files }: AttachmentsDeps,
  { sha256, name }: Attachment,
  signal: AbortSignal,
): Promise<void> {
  const signature = await scanFile?.(files.pathOf(sha256), signal);
  if (signature === undefined) return;
  throw new KuraError('forbidden', 'knowledge.attachment-infected', { params: { name, signature } });
}

/** With the content that gave way. */
function add(
  { unitOfWork, writer }: AttachmentsDeps,
  actor: Writer,
  id: string,
  { fresh, replace }: { readonly fresh: Attachment; readonly replace: boolean },
): Promise<{ readonly kept: Attachment; readonly former: readonly string[] }> {
  return unitOfWork.write(actor, async (tx) => {
    const entry = await entryIn(tx, actor, id);
    const tables = tx.tables<KnowledgeTables>();
    const all = await attachmentsOf(tables, id);
    const before = all.find((one) => one.name === fresh.name);
    if (before?.sha256 === fresh.sha256) return { kept: before, former: [] };
    if (before !== undefined && !replace) throw taken(entry, fresh.name);
    if (before === undefined && all.length >= mostAttachments) throw tooMany(entry);
    await putAttachment(tables, id, fresh);
    await writer.reindex(tx, entry);
    await note(tx, 'knowledge.attach-file', entry, fresh);
    return { kept: fresh, former: before === undefined ? [] : [before.sha256] };
  });
}

/** Its content, which others may hold, too. */
function takeAway({ unitOfWork, writer }: AttachmentsDeps, actor: Writer, id: string, name: string): Promise<string> {
  return unitOfWork.write(actor, async (tx) => {
    const entry = await entryIn(tx, actor, id);
    const tables = tx.tables<KnowledgeTables>();
    const attachment = await findAttachment(tables, entry, name);
    await deleteAttachment(tables, id, name);
    await writer.reindex(tx, entry);
    await note(tx, 'knowledge.detach-file', entry, attachment);
    return attachment.sha256;
  });
}

async function findAttachment(reads: ReadTables<KnowledgeTables>, entry: Entry, name: string): Promise<Attachment> {
  const found = (await attachmentsOf(reads, entry.id)).find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new KuraError('not-found', 'knowledge.attachment-not-found', { params: { name, title: entry.title } });
}

/** As an answer carries it. */
export function readAttachmentView({ attachment, bytes }: ReadFile): ReadAttachment {
  return { ...attachment, content: Buffer.from(bytes).toString('base64') };
}

interface Adding {
  readonly sha256: string;
  readonly at: string;
  readonly by: string;
}

function freshAttachment(checked: CheckedAttachment, bytes: Uint8Array, { sha256, at, by }: Adding): Attachment {
  return { ...checked, sizeBytes: bytes.byteLength, sha256, addedAt: at, addedBy: by };
}

async function note(tx: WriteTransaction, action: string, entry: Entry, { sha256, sizeBytes }: Attachment) {
  await tx.audit({ action, subject: subjectOf(entry), result: 'done', after: { sha256, sizeBytes } });
}

function taken({ title }: Entry, name: string): KuraError {
  return new KuraError('conflict', 'knowledge.attachment-name-taken', { params: { name, title } });
}

function tooMany({ title }: Entry): KuraError {
  return new KuraError('limit', 'knowledge.too-many-attachments', { params: { title, most: mostAttachments } });
}
