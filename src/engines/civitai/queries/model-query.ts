/** GET /models: what may be asked and what the server really does with it (civitai-api.md §0.2, §2.1). */
import type { ModelId, VersionId } from '../ids.ts';
import {
  addLimit,
  addRepeated,
  addWord,
  draftQuery,
  type QueryDraft,
  type QueryParameter,
  type SentQuery,
} from './sent-query.ts';

export const modelSorts = [
  'Highest Rated',
  'Most Downloaded',
  'Most Liked',
  'Most Discussed',
  'Most Collected',
  'Most Images',
  'Newest',
  'Oldest',
] as const;
export const periods = ['Day', 'Week', 'Month', 'Year', 'AllTime'] as const;
/** The largest page the server serves. */
const LARGEST_MODEL_PAGE = 100;

export interface ModelQuery {
  /** Text over names, creators, hashes and trigger words; trimmed, empty = browse. */
  readonly query?: string;
  /** One exact tag. The server ignores tags it does not know, so check the answer (`recheck`). */
  readonly tag?: string;
  readonly username?: string;
  /** Any of these. Written as the API spells them. */
  readonly types?: readonly string[];
  /** Any of these; not validated by the server, a typo gives an empty list. */
  readonly baseModels?: readonly string[];
  /** Trained or Merge. */
  readonly checkpointType?: string;
  /** One of `modelSorts`; without effect beside `query`. */
  readonly sort?: string;
  /** One of `periods`. */
  readonly period?: string;
  /** published or stats. */
  readonly periodMode?: string;
  /** Without effect beside `query`. */
  readonly ids?: readonly ModelId[];
  readonly versionIds?: readonly VersionId[];
  /** false = models that contain the PG bit, which is no guarantee (`recheck`); true = everything. */
  readonly nsfw?: boolean;
  readonly primaryFileOnly?: boolean;
  /** The account's own bookmarks; needs a token. */
  readonly favorites?: boolean;
  /** What the account has hidden; needs a token. */
  readonly hidden?: boolean;
  readonly supportsGeneration?: boolean;
  readonly fromPlatform?: boolean;
  readonly earlyAccess?: boolean;
  readonly followed?: boolean;
  readonly archived?: boolean;
  readonly newCreators?: boolean;
  /** Any of these rights. */
  readonly allowCommercialUse?: readonly string[];
  readonly allowNoCredit?: boolean;
  readonly allowDerivatives?: boolean;
  readonly allowDifferentLicense?: boolean;
  /** Any of these. */
  readonly fileFormats?: readonly string[];
  /** Public, Unsearchable, Private or EarlyAccess. */
  readonly availability?: string;
  /** Models per page, 1–100. */
  readonly limit?: number;
  /** `nextCursor` of the page before, unchanged; all other fields must stay the same. */
  readonly cursor?: string;
  /** Parameters that are not part of the documented API and have no field here; sent as they are. */
  readonly unnamed?: readonly QueryParameter[];
}

const checkpointTypes = ['Trained', 'Merge'];
const periodModes = ['published', 'stats'];
const availabilities = ['Public', 'Unsearchable', 'Private', 'EarlyAccess'];
const commercialRights = ['None', 'Image', 'RentCivit', 'Rent', 'Sell'];
const coercedSwitches = ['supportsGeneration', 'fromPlatform', 'earlyAccess', 'followed', 'archived'] as const;
const brokenSwitches = ['allowNoCredit', 'allowDerivatives', 'allowDifferentLicense'] as const;

/** Whether the query can only be answered to somebody signed in. */
export function needsAccount(query: ModelQuery): boolean {
  return query.favorites === true || query.hidden === true || query.followed === true;
}

export function buildModelQuery(query: ModelQuery): SentQuery {
  const draft = draftQuery();
  const text = query.query?.normalize('NFC').trim() ?? '';
  addLimit(draft, query.limit, LARGEST_MODEL_PAGE);
  if (text !== '') draft.add('query', text);
  addSelection(draft, query);
  addOrder(draft, query, text !== '');
  addSwitches(draft, query);
  addLists(draft, query);
  if (query.cursor !== undefined && query.cursor !== '') draft.add('cursor', query.cursor);
  return draft.finish();
}

function addSelection(draft: QueryDraft, query: ModelQuery): void {
  if (query.tag !== undefined && query.tag.trim() !== '') {
    draft.add('tag', query.tag.trim());
    draft.recheck('tag');
  }
  if (query.username !== undefined && query.username.trim() !== '') draft.add('username', query.username.trim());
  addWord(draft, 'checkpointType', query.checkpointType, checkpointTypes);
  addWord(draft, 'availability', query.availability, availabilities);
}

function addOrder(draft: QueryDraft, query: ModelQuery, searchesText: boolean): void {
  if (query.sort !== undefined && searchesText) draft.leaveOut('sort', query.sort, 'ignored-with-query');
  else addWord(draft, 'sort', query.sort, modelSorts);
  addWord(draft, 'period', query.period, periods);
  addWord(draft, 'periodMode', query.periodMode, periodModes);
  if (query.ids !== undefined && query.ids.length > 0) {
    if (searchesText) draft.leaveOut('ids', query.ids.join(','), 'ignored-with-query');
    else draft.add('ids', query.ids.join(','));
  }
  if (query.versionIds !== undefined && query.versionIds.length > 0) {
    draft.add('modelVersionIds', query.versionIds.join(','));
  }
}

function addSwitches(draft: QueryDraft, query: ModelQuery): void {
  if (query.nsfw !== undefined) draft.add('nsfw', query.nsfw);
  if (query.nsfw !== true) draft.recheck('nsfw');
  if (query.primaryFileOnly === true) draft.add('primaryFileOnly', true);
  if (query.newCreators === true) draft.add('newCreators', true);
  // Presence alone asks for a session, also `=false` (civitai-api.md §0.2 no. 4).
  if (query.favorites === true) draft.add('favorites', true);
  if (query.hidden === true) draft.add('hidden', true);
  for (const name of coercedSwitches) {
    if (query[name] === true) draft.add(name, true);
    if (query[name] === false) draft.leaveOut(name, false, 'false-means-true');
  }
  for (const name of brokenSwitches) {
    const value = query[name];
    if (value !== undefined) draft.leaveOut(name, value, 'refused');
  }
}

function addLists(draft: QueryDraft, query: ModelQuery): void {
  // A comma list is a 400 here; no type has a comma in its name.
  for (const type of (query.types ?? []).flatMap((entry) => entry.split(','))) {
    if (type.trim() !== '') draft.add('types', type.trim());
  }
  for (const baseModel of query.baseModels ?? []) {
    if (baseModel.trim() !== '') draft.add('baseModels', baseModel.trim());
  }
  for (const right of query.allowCommercialUse ?? []) addWord(draft, 'allowCommercialUse', right, commercialRights);
  addRepeated(draft, 'fileFormats', query.fileFormats ?? []);
  for (const { name, value } of query.unnamed ?? []) draft.add(name, value);
}
