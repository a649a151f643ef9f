import type { FileId, ModelId, VersionId } from '../ids.ts';

/** What a person pointed at. A model leaves the version open; a version leaves the file open unless `file` says. */
export type ModelRef = ModelPointer | VersionPointer | HashPointer;

export interface ModelPointer {
  readonly kind: 'model';
  readonly modelId: ModelId;
}

export interface VersionPointer {
  readonly kind: 'version';
  readonly versionId: VersionId;
  /** Named beside the version; a hint to check, not a fact. */
  readonly modelId: ModelId | null;
  readonly file: FilePointer;
}

export interface HashPointer {
  readonly kind: 'hash';
  readonly algorithm: HashAlgorithm;
  /** Lower-case hex digits. */
  readonly digest: string;
}

/** Which file of the version; all null = the client chooses. */
export interface FilePointer {
  readonly fileId: FileId | null;
  readonly type: string | null;
  readonly format: string | null;
  readonly size: string | null;
  readonly fp: string | null;
  readonly quantType: string | null;
}

export type HashAlgorithm = 'sha256' | 'autov1' | 'autov2' | 'autov3' | 'crc32' | 'blake3';

export const anyFile: FilePointer = { fileId: null, type: null, format: null, size: null, fp: null, quantType: null };
