/** One batch of an import: what each record means for what is already there, written in one transaction. */
import { isKuraError } from '#kernel/errors';
import type { ReadTables } from '#platform/db';
import type { WriteTransaction } from '#platform/unit-of-work';

import { findEntries } from '../../store/entry-store.ts';
import type { KnowledgeTables } from '../../store/knowledge-tables.ts';
import {
  contentHash,
  type Entry,
  type EntryCare,
  type EntryContent,
  guessLang,
  plainCare,
} from '../entries/entry-content.ts';
import { type EntryTerms, termsOf } from '../entries/entry-terms.ts';
import type { AddedEntry, EntryWriter, ReplacedEntry } from '../entries/entry-writer.ts';
import { namedTags, readTagNames, type TagNames } from '../tags/tag-names.ts';
import { type ImportRecord, type SkipReason, skipBecause } from './import-record.ts';
import type { SourceRecord } from './source-record.ts';

export interface ReadableRecord extends SourceRecord {
  readonly read: ImportRecord;
}

export interface BatchPlan {
  readonly added: readonly AddedEntry[];
  readonly replaced: readonly ReplacedEntry[];
  readonly unchanged: number;
  readonly refused: ReadonlyArray<SourceRecord & { readonly read: SkipReason }>;
}

/** Terms already made for a content, so that planning again inside the transaction costs next to nothing. */
export type KnownTerms = Map<string, EntryTerms | SkipReason>;

export async function planBatch(
  reads: ReadTables<KnowledgeTables>,
  records: readonly ReadableRecord[],
  terms: KnownTerms,
): Promise<BatchPlan> {
  const names = await readTagNames(reads);
  const existing = await existingFor(reads, records, names);
  const [added, replaced, refused]: [AddedEntry[], ReplacedEntry[], BatchPlan['refused'][number][]] = [[], [], []];
  let unchanged = 0;
  for (const record of records) {
    const before = existing.of(record.read);
    const content = namedTags(names, contentOf(record.read, before));
    const hash = contentHash(content);
    if (before?.contentHash === hash || (isAnonymous(record.read) && existing.contents.has(hash))) {
      unchanged += 1;
      continue;
    }
    const ofContent = knownTerms(terms, hash, content);
    if ('code' in ofContent) refused.push({ ...record, read: ofContent });
    else if (before === undefined) added.push({ ...identityOf(record.read), content, terms: ofContent });
    else replaced.push({ before, content, terms: ofContent });
  }
  return { added, replaced, unchanged, refused };
}

export async function writeBatch(tx: WriteTransaction, writer: EntryWriter, plan: BatchPlan): Promise<void> {
  await writer.add(tx, plan.added);
  await writer.replace(tx, plan.replaced);
}

interface Existing {
  of(record: ImportRecord): Entry | undefined;
  /** Hashes of contents that are there. */
  readonly contents: ReadonlySet<string>;
}

async function existingFor(
  reads: ReadTables<KnowledgeTables>,
  records: readonly ReadableRecord[],
  names: TagNames,
): Promise<Existing> {
  const read = records.map((record) => record.read);
  const byId = await findEntries(
    reads,
    'id',
    read.flatMap(({ kuraId }) => kuraId ?? []),
  );
  const byExternalId = await findEntries(
    reads,
    'external_id',
    read.flatMap(({ id }) => id ?? []),
  );
  const hashes = read.filter(isAnonymous).map((record) => contentHash(namedTags(names, contentOf(record, undefined))));
  const byContent = await findEntries(reads, 'content_hash', hashes);
  const ids = new Map(byId.map((entry) => [entry.id, entry]));
  const externalIds = new Map(byExternalId.map((entry) => [entry.externalId, entry]));
  return {
    of: ({ kuraId, id }) => ids.get(kuraId ?? '') ?? externalIds.get(id ?? ''),
    contents: new Set(byContent.map((entry) => entry.contentHash)),
  };
}

/** Without any id, a record is what it says. */
function isAnonymous({ kuraId, id }: ImportRecord): boolean {
  return kuraId === undefined && id === undefined;
}

/** What the record leaves open stays as it is. */
function contentOf(record: ImportRecord, before: Entry | undefined): EntryContent {
  const { title, type, body, tags } = record;
  return {
    title,
    type,
    body,
    tags,
    lang: record.lang ?? before?.lang ?? guessLang(`${title}\n${body}`),
    status: record.status ?? before?.status ?? 'published',
    ...careOfRecord(record, before ?? plainCare),
  };
}

/** A department counts only where one sees the entry; a record that names one means that. */
function careOfRecord(record: ImportRecord, before: EntryCare): EntryCare {
  const department = record.department ?? before.department;
  const visibility = record.visibility ?? (record.department === undefined ? before.visibility : 'department');
  const isOfDepartment = visibility === 'department' && department !== null;
  return {
    // Without a department nobody would be one of it: only who has to do with it sees it then.
    visibility: visibility === 'department' && !isOfDepartment ? 'confidential' : visibility,
    department: isOfDepartment ? department : null,
    owner: record.owner ?? before.owner,
    reviewer: record.reviewer ?? before.reviewer,
    reviewOn: record.reviewOn ?? before.reviewOn,
    severity: record.severity ?? before.severity,
  };
}

function identityOf({ kuraId, id, created, updated }: ImportRecord): Omit<AddedEntry, 'content' | 'terms'> {
  return { id: kuraId, externalId: id, createdAt: created, updatedAt: updated };
}

function knownTerms(known: KnownTerms, hash: string, content: EntryContent): EntryTerms | SkipReason {
  const before = known.get(hash);
  if (before !== undefined) return before;
  const made = termsOrReason(content);
  known.set(hash, made);
  return made;
}

function termsOrReason(content: EntryContent): EntryTerms | SkipReason {
  try {
    return termsOf(content);
  } catch (error) {
    if (!isKuraError(error) || error.code !== 'knowledge.too-many-words') throw error;
    return skipBecause('knowledge.skip-too-many-words');
  }
}
