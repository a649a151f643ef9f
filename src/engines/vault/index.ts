/**
 * vault – content-addressed backups of folders: back up, verify, restore. Works alone; the repository format is
 * documented byte for byte in docs/en/vault-format.md and needs neither Kura nor its database to be read.
 */
import type { Catalogues } from '#kernel/messages';

import { en } from './messages/en.ts';
import { ja } from './messages/ja.ts';

/** Messages of this engine's errors and notes. */
export const vaultMessages: Catalogues = { en, ja };

export type { BackupProgress, BackupRequest, BackupResult } from './backup/backup-request.ts';
export type { SourceStream, StreamBackupRequest } from './backup/backup-stream.ts';
export type { Difference } from './browse/diff-snapshots.ts';
export type { FoundEntry, FoundFile } from './browse/find-files.ts';
export type { RestoreFileRequest } from './browse/read-file.ts';
export type { CopyProgress, CopyRequest, CopyResult } from './copy/copy-snapshots.ts';
export type { ForgetRequest, ForgetResult } from './forget/forget.ts';
export type { KeepPolicy, KeepReason } from './forget/plan-retention.ts';
export type { BlobId as SnapshotId } from './format/blob.ts';
export type { Hold } from './holds/hold-records.ts';
export type { LiftedHold, PlaceHold } from './holds/holds.ts';
export {
  addRecoveryKey,
  addVaultKey,
  listVaultKeys,
  type NewKey,
  type RotatedKey,
  removeVaultKey,
  rotateVaultKey,
  type VaultKeyAccess,
  type VaultKeySlot,
} from './keys/change-keys.ts';
export type { PruneProgress, PruneRequest, PruneResult } from './prune/prune.ts';
export type { RebuiltSnapshot } from './repair/rebuild-snapshots.ts';
export type { Healed, RepairResult } from './repair/repair.ts';
export { type InitVaultOptions, type InitVaultResult, initVault } from './repository/init-vault.ts';
export type { LockFacts } from './repository/locks.ts';
export { type OpenVaultOptions, openVault } from './repository/open-vault.ts';
export type { Retained } from './repository/remover.ts';
export type { VaultStats } from './repository/vault-stats.ts';
export type {
  ConflictRule,
  RestoreNote,
  RestoreProblem,
  RestoreProgress,
  RestoreRequest,
  RestoreResult,
} from './restore/restore-request.ts';
export { createSigningKey, type SigningKey, type SnapshotSignature } from './signing/snapshot-signature.ts';
export type {
  Snapshot,
  SnapshotList,
  SnapshotNote,
  SnapshotOrigin,
  SnapshotTotals,
  SourceProblem,
} from './snapshot/snapshot.ts';
export type { ChunkRef, Content, EntryFacts, FileEntry, TreeEntry } from './snapshot/tree-entry.ts';
export { parseExcludeFile, type SelectionRules } from './source/selection.ts';
export { createLocalDiskStorage, type LocalDiskOptions } from './storage/local-disk-storage.ts';
export type { ByteRange, StoredItem, VaultStorage } from './storage/storage.ts';
export {
  objectExists,
  objectMissing,
  objectRetained,
  objectTruncated,
  objectUnreadable,
  requireKey,
  storageFull,
  storageReadOnly,
  storageRefused,
  storageUnreachable,
} from './storage/storage-errors.ts';
export type { RepairOptions, Vault } from './vault.ts';
export type { Coverage } from './verify/checked-ledger.ts';
export type { VerifyNote, VerifyProgress, VerifyRequest, VerifyResult } from './verify/verify.ts';
export type { VerifyProblem } from './verify/verify-findings.ts';
export type { Subset } from './verify/verify-items.ts';
export type { SignatureReport } from './verify/verify-signatures.ts';
