/** What can be asked of the small lists: creators, tags, collections, articles and the vault (civitai-api.md §2.12, §2.14). */

export interface DirectoryQuery {
  /** Part of the name. */
  readonly query?: string;
  /** From 1. */
  readonly page?: number;
  /** Entries per page, 1–200. */
  readonly limit?: number;
}

export interface CollectionQuery {
  /** Part of the name, at most 100 characters. */
  readonly query?: string;
  /** Newest or Most Followers. */
  readonly sort?: string;
  readonly nsfw?: boolean;
  /** 1–100. */
  readonly limit?: number;
  readonly cursor?: string;
}

export interface VaultQuery extends DirectoryQuery {
  /** Recently Added, Recently Created, Model Name or Model Size. */
  readonly sort?: string;
  readonly types?: readonly string[];
  readonly categories?: readonly string[];
  readonly baseModels?: readonly string[];
}
