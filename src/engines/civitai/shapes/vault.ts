/** The paid members' own storage on the site (civitai-api.md §2.14). */
import { z } from 'zod';

import type { Bytes, Instant } from '#kernel/brands';

import { isCivitaiId, type ModelId, modelId, type VersionId, versionId } from '../ids.ts';
import {
  anything,
  type Lossless,
  leftOver,
  list,
  number,
  type Raw,
  type Reading,
  readElsewhere,
  readInstant,
  readList,
  readSize,
  record,
  type SkippedItem,
  text,
} from './lenient.ts';

export interface Vault extends Lossless {
  /** Null for accounts that have no vault. */
  readonly space: { readonly totalBytes: Bytes | null; readonly usedBytes: Bytes | null } | null;
}

/** One version kept there. */
export interface VaultEntry extends Lossless {
  /** For `vaultDownloadUrl`; unrelated to model and version. */
  readonly vaultItemId: number;
  readonly versionId: VersionId | null;
  readonly modelId: ModelId | null;
  readonly modelName: string;
  readonly versionName: string;
  readonly creatorName: string | null;
  readonly type: string;
  readonly baseModel: string | null;
  readonly category: string | null;
  /** Stored, Pending, Failed (open). */
  readonly status: string | null;
  readonly addedAt: Instant | null;
  readonly files: readonly VaultFile[];
  readonly skipped: readonly SkippedItem[];
}

export interface VaultFile extends Lossless {
  readonly fileId: number;
  readonly name: string;
  readonly url: string | null;
}

/** Whether a version is in the vault. */
export interface VaultMembership extends Lossless {
  readonly versionId: VersionId;
  readonly vaultItem: VaultEntry | null;
}

/** What the switch did: the version is in the vault now exactly when there is a `vaultId`. */
export interface VaultToggle extends Lossless {
  readonly success: boolean;
  readonly vaultId: number | null;
}

const spaceSchema = z.object({ storageKb: number, usedStorageKb: number });
const entrySchema = z.object({
  id: anything,
  modelVersionId: anything,
  modelId: anything,
  modelName: text,
  versionName: text,
  creatorName: text,
  type: text,
  baseModel: text,
  category: text,
  status: text,
  addedAt: text,
  files: list,
});
const fileSchema = z.object({ id: anything, displayName: text, url: text });
const membershipSchema = z.object({ modelVersionId: anything, vaultItem: record });

export function readVault(raw: Raw): Reading<Vault> {
  const vault = raw['vault'];
  // Sizes are sent in KiB, so they stand in `extra` as they came.
  const space = record.parse(vault);
  if (!space) return { item: { space: null, extra: leftOver(raw, { vault: null }) } };
  const { storageKb, usedStorageKb } = spaceSchema.parse(space);
  return { item: { space: { totalBytes: readSize(storageKb), usedBytes: readSize(usedStorageKb) }, extra: raw } };
}

export function readVaultEntry(raw: Raw): Reading<VaultEntry> {
  const fields = entrySchema.parse(raw);
  if (!isCivitaiId(fields.id)) return { reason: 'no-id' };
  const files = readList(fields.files ?? [], readVaultFile);
  const facts = {
    versionId: isCivitaiId(fields.modelVersionId) ? versionId(fields.modelVersionId) : null,
    modelId: isCivitaiId(fields.modelId) ? modelId(fields.modelId) : null,
    modelName: fields.modelName ?? '',
    versionName: fields.versionName ?? '',
    creatorName: fields.creatorName ?? null,
    type: fields.type ?? '',
    baseModel: fields.baseModel ?? null,
    category: fields.category ?? null,
    status: fields.status ?? null,
    addedAt: readInstant(fields.addedAt),
  };
  const { versionId: modelVersionId, ...same } = facts;
  const taken = { ...same, id: fields.id, modelVersionId, files: readElsewhere(raw['files']) };
  const extra = leftOver(raw, taken);
  return { item: { vaultItemId: fields.id, ...facts, files: files.items, skipped: files.skipped, extra } };
}

export function readVaultMembership(raw: Raw): Reading<VaultMembership> {
  const { modelVersionId, vaultItem } = membershipSchema.parse(raw);
  if (!isCivitaiId(modelVersionId)) return { reason: 'no-id' };
  const entry = vaultItem ? readVaultEntry(vaultItem) : null;
  const kept = entry !== null && 'item' in entry ? entry.item : null;
  const taken = { modelVersionId, vaultItem: kept === null ? null : raw['vaultItem'] };
  return { item: { versionId: versionId(modelVersionId), vaultItem: kept, extra: leftOver(raw, taken) } };
}

export function readVaultToggle(raw: Raw): Reading<VaultToggle> {
  const { success, vaultId } = raw;
  const known = { success: success === true, vaultId: isCivitaiId(vaultId) ? vaultId : null };
  return { item: { ...known, extra: leftOver(raw, known) } };
}

function readVaultFile(raw: Raw): Reading<VaultFile> {
  const { id, displayName, url } = fileSchema.parse(raw);
  if (!isCivitaiId(id)) return { reason: 'no-id' };
  const facts = { name: displayName ?? '', url: url ?? null };
  return { item: { fileId: id, ...facts, extra: leftOver(raw, { id, displayName: facts.name, url: facts.url }) } };
}
