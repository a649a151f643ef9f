/**
 * vault – content-addressed backups of folders: back up, verify, restore. Works alone; the repository format is
 * documented byte for byte in docs/en/vault-format.md and needs neither Kura nor its database to be read.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

/** Messages of this engine's errors and notes. */
export const vaultMessages: Catalogues = { en, ja };

export type { BackupProgress, BackupRequest, BackupResult } from './backup.ts';
export type { BlobId as SnapshotId } from './blob.ts';
export { type InitVaultOptions, type InitVaultResult, initVault } from './init-vault.ts';
export { createLocalDiskStorage, type LocalDiskOptions } from './local-disk-storage.ts';
export { type OpenVaultOptions, openVault } from './open-vault.ts';
export type { RestoreProblem, RestoreProgress, RestoreRequest, RestoreResult } from './restore.ts';
export type { Snapshot, SnapshotList, SnapshotTotals, SourceProblem } from './snapshot.ts';
export type { ByteRange, StoredItem, VaultStorage } from './storage.ts';
export type { ChunkRef, Content, EntryFacts, FileEntry, TreeEntry } from './tree-entry.ts';
export type { FoundFile, RestoreFileRequest, Vault, VaultStats } from './vault.ts';
export type { VerifyNote, VerifyProgress, VerifyRequest, VerifyResult } from './verify.ts';
export type { VerifyProblem } from './verify-findings.ts';
