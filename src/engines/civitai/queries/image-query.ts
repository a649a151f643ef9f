/** GET /images (civitai-api.md §2.11). Page numbers are left out on purpose: they mostly do nothing. */
import type { ModelId, VersionId } from '../ids.ts';
import { periods } from './model-query.ts';
import { addLimit, addWord, draftQuery, type QueryDraft, type SentQuery } from './sent-query.ts';

export interface ImageQuery {
  readonly modelId?: ModelId;
  readonly versionId?: VersionId;
  readonly imageId?: number;
  readonly postId?: number;
  readonly userId?: number;
  readonly username?: string;
  /** Ids of tags; servers differ in whether all or any of them must match. */
  readonly tagIds?: readonly number[];
  /** One of `imageSorts`; beside `modelId` the server always answers newest first. */
  readonly sort?: string;
  readonly period?: string;
  /** Bit mask of the ratings wanted, PG 1 … XXX 16; default PG only. */
  readonly browsingLevel?: number;
  /** image, video or audio. */
  readonly type?: string;
  /** Unknown names are a 400. */
  readonly baseModels?: readonly string[];
  /** Asks for prompts and generation data. */
  readonly withMeta?: boolean;
  /** Only images that have generation data. */
  readonly requiringMeta?: boolean;
  /** Asks for the tags of each image; they stand in its `extra`. */
  readonly withTags?: boolean;
  /** Images per page, 1–200. */
  readonly limit?: number;
  readonly cursor?: string;
}

const imageSorts = ['Most Reactions', 'Most Comments', 'Most Collected', 'Newest', 'Oldest', 'Random'] as const;
const switches = ['withMeta', 'requiringMeta', 'withTags'] as const;
const imageTypes = ['image', 'video', 'audio'];
const LARGEST_IMAGE_PAGE = 200;
/** The server's own default is disputed (50 or 100), so a size always travels. */
export const IMAGE_PAGE = 100;

export function buildImageQuery(query: ImageQuery): SentQuery {
  const draft = draftQuery();
  addLimit(draft, query.limit ?? IMAGE_PAGE, LARGEST_IMAGE_PAGE);
  addSource(draft, query);
  if (query.sort !== undefined && query.modelId !== undefined) draft.leaveOut('sort', query.sort, 'ignored');
  else addWord(draft, 'sort', query.sort, imageSorts);
  addWord(draft, 'period', query.period, periods);
  addWord(draft, 'type', query.type, imageTypes);
  if (query.browsingLevel !== undefined) draft.add('browsingLevel', query.browsingLevel);
  // Here commas are right, unlike in /models.
  if (query.baseModels !== undefined && query.baseModels.length > 0)
    draft.add('baseModels', query.baseModels.join(','));
  for (const name of switches) if (query[name] === true) draft.add(name, true);
  if (query.cursor !== undefined && query.cursor !== '') draft.add('cursor', query.cursor);
  return draft.finish();
}

function addSource(draft: QueryDraft, query: ImageQuery): void {
  if (query.modelId !== undefined) draft.add('modelId', query.modelId);
  if (query.versionId !== undefined) draft.add('modelVersionId', query.versionId);
  if (query.imageId !== undefined) draft.add('imageId', query.imageId);
  if (query.postId !== undefined) draft.add('postId', query.postId);
  if (query.userId !== undefined) draft.add('userId', query.userId);
  if (query.tagIds !== undefined && query.tagIds.length > 0) {
    draft.add('tags', query.tagIds.join(','));
    if (query.tagIds.length > 1) draft.recheck('tags');
  }
  if (query.username !== undefined && query.username.trim() !== '') draft.add('username', query.username.trim());
}
