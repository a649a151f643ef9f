/** What can be asked of CivitAI, or of any server that speaks its REST API v1. */
import type { Sha256 } from '#kernel/brands';

import type { ReadOptions } from './calls/read-options.ts';
import type { NumberedWalkStep } from './endpoints/walk-numbered.ts';
import type { FileId, ModelId, VersionId } from './ids.ts';
import type { CollectionQuery, DirectoryQuery, VaultQuery } from './queries/directory-query.ts';
import type { ImageQuery } from './queries/image-query.ts';
import type { ModelQuery } from './queries/model-query.ts';
import type { Account, Permissions, User } from './shapes/account.ts';
import type { Collection } from './shapes/collection.ts';
import type { Creator, Enums, HashMatch, Tag } from './shapes/directory.ts';
import type { Image } from './shapes/image.ts';
import type { Raw, ReadList } from './shapes/lenient.ts';
import type { MiniVersion } from './shapes/mini-version.ts';
import type { Model } from './shapes/model.ts';
import type { ModelVersion } from './shapes/model-version.ts';
import type { NumberedPage, Page } from './shapes/page.ts';
import type { Vault, VaultEntry, VaultMembership, VaultToggle } from './shapes/vault.ts';
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

  /**
   * Many models by id, those above PG included; misses are absent, which does not mean deleted: confirm with `model`.
   * One request per 100 ids.
   */
  modelsByIds(ids: readonly ModelId[], signal: AbortSignal): Promise<ReadList<Model>>;
  /** What the header of a safetensors or GGUF file says, as sent; same access rules as its download. */
  tensorMetadata(file: FileId, signal: AbortSignal): Promise<Raw>;

  images(query: ImageQuery, signal: AbortSignal): Promise<Page<Image>>;
  imagePages(query: ImageQuery, signal: AbortSignal): AsyncIterable<WalkStep<Image>>;
  creators(query: DirectoryQuery, signal: AbortSignal): Promise<NumberedPage<Creator>>;
  tags(query: DirectoryQuery, signal: AbortSignal): Promise<NumberedPage<Tag>>;
  /** All pages from `query.page` (or the first) on, each entry once; the cursor of a step is the number of a page. */
  creatorPages(query: DirectoryQuery, signal: AbortSignal): AsyncIterable<NumberedWalkStep<Creator>>;
  tagPages(query: DirectoryQuery, signal: AbortSignal): AsyncIterable<NumberedWalkStep<Tag>>;
  enums(signal: AbortSignal): Promise<Enums>;
  /** Public ones only; what is in a collection cannot be asked. */
  collections(query: CollectionQuery, signal: AbortSignal): Promise<Page<Collection>>;
  collectionPages(query: CollectionQuery, signal: AbortSignal): AsyncIterable<WalkStep<Collection>>;
  collection(id: number, signal: AbortSignal): Promise<Collection>;
  articles(query: CollectionQuery, signal: AbortSignal): Promise<Page<Collection>>;
  articlePages(query: CollectionQuery, signal: AbortSignal): AsyncIterable<WalkStep<Collection>>;
  article(id: number, signal: AbortSignal): Promise<Collection>;

  /** The token's account; `civitai.token-needed` without a token or with a dead one. */
  me(signal: AbortSignal): Promise<Account>;
  users(
    wanted: { readonly ids: readonly number[] } | { readonly query: string },
    signal: AbortSignal,
  ): Promise<ReadList<User>>;
  /** Whether the account may generate on the site with these versions; says nothing about downloads. */
  mayGenerate(versions: readonly VersionId[], signal: AbortSignal): Promise<Permissions>;

  /** The account's storage on the site, for paid members; all of these need a token. */
  vault(signal: AbortSignal): Promise<Vault>;
  vaultEntries(query: VaultQuery, signal: AbortSignal): Promise<NumberedPage<VaultEntry>>;
  vaultPages(query: VaultQuery, signal: AbortSignal): AsyncIterable<NumberedWalkStep<VaultEntry>>;
  inVault(versions: readonly VersionId[], signal: AbortSignal): Promise<ReadList<VaultMembership>>;
  /** Puts the version in or takes it out, whichever it is not; tried once only, so ask `inVault` after an error. */
  toggleInVault(version: VersionId, signal: AbortSignal): Promise<VaultToggle>;

  /** The same client whose calls are made with these options. */
  with(options: ReadOptions): CivitaiClient;

  /** Address of a download; with `file` it means exactly that file, without it the server chooses. */
  downloadUrl(version: VersionId, file?: FileId): string;
  /** Address of material that is no file of a version: by attachment, by version (its training data), by vault entry. */
  materialUrl(kind: 'attachments' | 'training' | 'vault', id: number): string;
}
