/** What can be asked of CivitAI, or of any server that speaks its REST API v1. */
import type { Sha256 } from '#kernel/brands';

import type { ReadOptions } from './calls/read-options.ts';
import type { FileId, ModelId, VersionId } from './ids.ts';
import type { ImageQuery } from './queries/image-query.ts';
import type { ModelQuery } from './queries/model-query.ts';
import type { Account, Creator, Enums, HashMatch, Tag } from './shapes/directory.ts';
import type { Image } from './shapes/image.ts';
import type { ReadList } from './shapes/lenient.ts';
import type { MiniVersion } from './shapes/mini-version.ts';
import type { Model } from './shapes/model.ts';
import type { ModelVersion } from './shapes/model-version.ts';
import type { NumberedPage, Page } from './shapes/page.ts';
import type { WalkStep } from './walk-pages.ts';

/**
 * Every call waits for its turn on the host, retries what can recover, and rejects with a `KuraError`:
 * `civitai.not-found`, `civitai.token-needed`, `civitai.rate-limited` and the other codes of the catalogue, or
 * `kernel.interrupted` when `signal` aborts.
 */
export interface CivitaiClient {
  /** Base of page addresses, e.g. `https://civitai.com`. */
  readonly siteUrl: string;
  /**
   * `withheld`: a token was given, but the base URL is plain http to another machine, so it stays here.
   */
  readonly tokenUse: 'sent' | 'withheld' | 'none';

  /** One page of models. */
  searchModels(query: ModelQuery, signal: AbortSignal): Promise<Page<Model>>;
  /** All pages from `query.cursor` (or the first) on, each model once; see `WalkStep`. Never throws. */
  modelPages(query: ModelQuery, signal: AbortSignal): AsyncIterable<WalkStep<Model>>;
  model(id: ModelId, signal: AbortSignal): Promise<Model>;
  version(id: VersionId, signal: AbortSignal): Promise<ModelVersion>;
  /** The short form of a version, or of one of its files. */
  mini(id: VersionId, file: FileId | null, signal: AbortSignal): Promise<MiniVersion>;

  /**
   * The oldest published version that has a file with this hash (any published algorithm), null when the site knows
   * none. Short hashes collide: confirm with SHA-256. A miss proves nothing about the file.
   */
  versionByHash(digest: string, signal: AbortSignal): Promise<ModelVersion | null>;
  /** The versions behind many files, each once, in no order; misses are absent. One request per 100 hashes. */
  versionsByHashes(hashes: readonly Sha256[], signal: AbortSignal): Promise<ReadList<ModelVersion>>;
  /** Only the ids behind many files: one request per 10,000 hashes. */
  versionIdsByHashes(hashes: readonly Sha256[], signal: AbortSignal): Promise<ReadList<HashMatch>>;

  images(query: ImageQuery, signal: AbortSignal): Promise<Page<Image>>;
  imagePages(query: ImageQuery, signal: AbortSignal): AsyncIterable<WalkStep<Image>>;
  creators(query: DirectoryQuery, signal: AbortSignal): Promise<NumberedPage<Creator>>;
  tags(query: DirectoryQuery, signal: AbortSignal): Promise<NumberedPage<Tag>>;
  enums(signal: AbortSignal): Promise<Enums>;
  /** The token's account; `civitai.token-needed` without a token or with a dead one. */
  me(signal: AbortSignal): Promise<Account>;

  /** The same client whose calls are made with these options. */
  with(options: ReadOptions): CivitaiClient;

  /** Address of a download; with `file` it means exactly that file, without it the server chooses. */
  downloadUrl(version: VersionId, file?: FileId): string;
}

export interface DirectoryQuery {
  /** Part of the name. */
  readonly query?: string;
  /** From 1. */
  readonly page?: number;
  /** Entries per page, 1–200. */
  readonly limit?: number;
}
