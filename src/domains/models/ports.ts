/** What the models domain needs from outside. */
import type {
  Enums,
  FileId,
  Image,
  ImageQuery,
  Model,
  ModelId,
  ModelQuery,
  ModelVersion,
  ReadOptions,
  VersionId,
  WalkStep,
} from '#engines/civitai';
import type { EgressPolicy, SourceAddress } from '#engines/transfer';
import type { Instant } from '#kernel/brands';
import type { MessageParams } from '#kernel/errors';

import type { BatchProgressView } from './contract/batch-shapes.ts';
import type { ScanVerdict } from './contract/index.ts';

/** Where models come from: CivitAI, or a server that speaks its API. Errors are those of `#engines/civitai`. Answers may come out
 * of a store of earlier ones: `options.refresh` asks the site in any case, `options.onSeen` hears how old each is. */
export interface ModelSource {
  /** Base of page addresses, e.g. `https://civitai.com`. */
  readonly siteUrl: string;
  /** Hosts (with port) besides CivitAI's own whose addresses may name a model. */
  readonly refHosts: readonly string[];
  modelPages(query: ModelQuery, signal: AbortSignal, options?: ReadOptions): AsyncIterable<WalkStep<Model>>;
  model(id: ModelId, signal: AbortSignal, options?: ReadOptions): Promise<Model>;
  version(id: VersionId, signal: AbortSignal, options?: ReadOptions): Promise<ModelVersion>;
  /** Null when the site knows no file with this hash. */
  versionByHash(digest: string, signal: AbortSignal, options?: ReadOptions): Promise<ModelVersion | null>;
  enums(signal: AbortSignal, options?: ReadOptions): Promise<Enums>;
  /** Pictures of the gallery; see `modelPages`. */
  imagePages(query: ImageQuery, signal: AbortSignal, options?: ReadOptions): AsyncIterable<WalkStep<Image>>;
  /** Where exactly this file can be fetched; carries the account's credentials where they belong. */
  fileAddress(version: VersionId, file: FileId): SourceAddress;
  /** The same for an address the API sent, for files that belong to another version (a linked VAE). */
  sentAddress(url: string): SourceAddress;
}

/**
 * Another place that may have published files. It is never believed: what it sends is held against the hashes that
 * CivitAI published, and files without a published SHA-256 are not asked for.
 */
export interface FileMirror {
  /** For people and records: host and port. */
  readonly name: string;
  /** Where this file would be. */
  address(file: { readonly sha256: string; readonly name: string }): SourceAddress;
  /** What may be reached on the way there; CivitAI's own files have nothing to do with it. */
  readonly egress: EgressPolicy;
}

/** What a repair has to bring back. */
export interface WantedFile {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Other places that may hold a file of the library: the backups. */
export interface RepairSource {
  /** Name for people and records: `backup`. */
  readonly name: string;
  /**
   * Writes the wanted bytes to `target`, which does not exist yet. False when this source does not have them. The
   * caller measures what was written.
   */
  recover(wanted: WantedFile, target: string, signal: AbortSignal): Promise<boolean>;
}

/** How well a file is protected elsewhere. */
export interface ProtectionView {
  readonly copies: number;
  readonly verifiedCopies: number;
  readonly locations: readonly string[];
}

export interface Protection {
  /** Null when nobody looks after this file. */
  of(file: WantedFile): Promise<ProtectionView | null>;
}

/** What a virus scanner says of itself. */
export interface VirusEngine {
  /** Name and version: `ClamAV 1.4.6`. */
  readonly name: string;
  /** Null parts where the scanner does not say. */
  readonly signatures: { readonly version: string | null; readonly date: Instant | null };
}

/** A scan that did not happen is `not-scanned` with its reason, never `clean`. */
export interface VirusScan {
  readonly result: 'clean' | 'infected' | 'not-scanned';
  /** Name of what was found. */
  readonly signature: string | null;
  /** Null when nobody answered. */
  readonly engine: VirusEngine | null;
  /** Why nothing was scanned: message code and parameters. */
  readonly reason: { readonly code: string; readonly params: MessageParams } | null;
}

/** A local virus scanner, asked beside our own scan. */
export interface VirusScanner {
  /** Reads the file as a stream. @throws the signal's reason, nothing else. */
  scan(path: string, signal: AbortSignal): Promise<VirusScan>;
  /** @throws KuraError unavailable when it cannot be asked; the signal's reason. */
  state(signal: AbortSignal): Promise<VirusEngine>;
}

export interface ExternalFinding {
  readonly rule: string;
  readonly severity: 'suspicious' | 'dangerous';
  /** In the words of the scanner, whatever its language. */
  readonly message: string;
}

/** A scan that did not happen is `not-scanned` with its reason, never `clean`; what it had found until then stays. */
export interface ExternalScan {
  readonly scanner: string;
  readonly result: 'clean' | 'suspicious' | 'dangerous' | 'not-scanned';
  readonly findings: readonly ExternalFinding[];
  /** Why nothing was scanned: message code and parameters. */
  readonly reason: { readonly code: string; readonly params: MessageParams } | null;
  /** How the program was kept apart, `quickjs` for a plugin; null when it did not run. */
  readonly isolation: 'bubblewrap' | 'limited' | 'quickjs' | null;
}

/** What is known of a file that is given to other scanners. */
export interface FileToScan {
  /** Under which a loader would see it. */
  readonly name: string;
  /** As our own scan calls it. */
  readonly format: string;
  /** Ours. */
  readonly verdict: ScanVerdict;
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
}

/** A program that scans files beside our own scan; nobody trusts it. */
export interface ExternalScanner {
  readonly name: string;
  /** Formats it is asked about, as our own scan calls them; undefined: all. */
  readonly formats: ReadonlySet<string> | undefined;
  /** @throws the signal's reason, nothing else. */
  scan(path: string, signal: AbortSignal, file: FileToScan): Promise<ExternalScan>;
  /** Another one when the program, its settings, its signatures or what it would look at besides the bytes have changed. */
  version(file: FileToScan): Promise<string>;
}

/** Hears how a file is getting on, many times a second at most; must not throw. */
export interface ProgressSink {
  downloadProgressed(progress: DownloadProgress): void;
  /** At most once a second and batch. */
  batchProgressed?(progress: BatchProgressView): void;
}

export interface DownloadProgress {
  readonly downloadId: string;
  readonly status: 'downloading' | 'verifying' | 'scanning';
  readonly receivedBytes: number;
  readonly totalBytes: number | null;
  readonly bytesPerSecond: number;
  readonly etaSeconds: number | null;
  /** Requests that had to be made again; told when all bytes are here. */
  readonly retries?: number;
}
