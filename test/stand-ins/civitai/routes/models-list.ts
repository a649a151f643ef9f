/** GET /api/v1/models: every parameter and every quirk of the contract note §2.1–2.3. */
import { z } from 'zod';

import { DAY } from '#kernel/units';
import type { CatalogueFile, CatalogueModel, CatalogueVersion } from '../catalogue/entities.ts';
import { modelTypes } from '../catalogue/enumerations.ts';
import { bendPage, overlapOf, type Page, servedSize } from './bend-page.ts';
import { type Answer, refusal, type Site, type SiteRequest } from './exchange.ts';
import { type Position, type SortName, sortNames } from './listing.ts';
import { presentListed } from './present-model.ts';
import { anyText, booleanString, commaIntegers, readQuery, repeatable } from './query-schema.ts';

const querySchema = z.object({
  limit: z.coerce.number().min(0).max(100).default(100),
  cursor: z.string().optional(),
  page: z.coerce.number().min(1).optional(),
  query: z.string().optional(),
  tag: z.string().optional(),
  tagname: z.string().optional(),
  username: z.string().optional(),
  user: z.string().optional(),
  types: repeatable(z.enum([...modelTypes, 'HoloLattice'])).optional(),
  baseModels: repeatable(z.string()).optional(),
  checkpointType: z.enum(['Trained', 'Merge']).optional(),
  sort: z.enum(sortNames).default('Highest Rated'),
  period: z.enum(['Day', 'Week', 'Month', 'Year', 'AllTime']).default('AllTime'),
  periodMode: z.enum(['published', 'stats']).default('published'),
  ids: commaIntegers.optional(),
  modelVersionIds: commaIntegers.optional(),
  nsfw: booleanString.optional(),
  primaryFileOnly: booleanString.optional(),
  favorites: booleanString.optional(),
  hidden: booleanString.optional(),
  supportsGeneration: anyText.optional(),
  fromPlatform: anyText.optional(),
  earlyAccess: anyText.optional(),
  archived: anyText.optional(),
  followed: anyText.optional(),
  needsReview: anyText.optional(),
  newCreators: booleanString.optional(),
  allowCommercialUse: repeatable(z.enum(['None', 'Image', 'RentCivit', 'Rent', 'Sell'])).optional(),
  // Real booleans and numbers: no query string can satisfy these, exactly as on the site.
  allowNoCredit: z.boolean().optional(),
  allowDerivatives: z.boolean().optional(),
  allowDifferentLicense: z.boolean().optional(),
  browsingLevel: z.number().optional(),
  fileFormats: z.array(z.string()).optional(),
  availability: z.enum(['Public', 'Unsearchable', 'Private', 'EarlyAccess']).optional(),
  rating: z.coerce.number().optional(),
});

type ModelQuery = z.output<typeof querySchema>;

export async function listModels(site: Site, request: SiteRequest): Promise<Answer> {
  const read = readQuery(querySchema, request.query);
  if (!read.ok) return read.answer;
  const query = read.value;
  const refused = refuse(site, request, query);
  if (refused !== undefined) return refused;
  const page = query.query === undefined ? byOrder(site, request, query) : await byText(site, request, query);
  if ('status' in page) return page;
  const items = await Promise.all(
    page.models.map((model) =>
      presentListed(site, model, {
        origin: request.origin,
        versions: listedVersions(model, query),
        allPictures: query.nsfw === true,
        primaryFileOnly: query.primaryFileOnly === true,
      }),
    ),
  );
  return {
    status: 200,
    body: { items, metadata: metadataOf(request, query, page.nextCursor) },
    cache: request.account === undefined ? 'public' : 'none',
  };
}

function refuse(site: Site, request: SiteRequest, query: ModelQuery): Answer | undefined {
  const { refuseAbove: maximum } = request.effects;
  if (maximum !== undefined && query.limit > maximum) {
    const message = `Too big: expected number to be <=${maximum}`;
    const issues = [{ origin: 'number', code: 'too_big', maximum, inclusive: true, path: ['limit'], message }];
    return refusal(400, { name: 'ZodError', message: JSON.stringify(issues, null, 2) });
  }
  if (query.page !== undefined) {
    if (query.query !== undefined && query.query !== '') {
      return refusal(400, 'Cannot use page param with query search. Use cursor-based pagination.');
    }
    if (query.page * query.limit > 1000) {
      return refusal(429, "You've requested too many pages, please use cursors instead");
    }
  }
  // Presence is enough: `favorites=false` without a token is a 401 too.
  if ((query.favorites !== undefined || query.hidden !== undefined) && request.account === undefined) {
    return refusal(401, 'Unauthorized');
  }
  const username = query.username ?? query.user;
  if (username !== undefined && !site.catalogue.creators.has(username)) {
    return { status: 404, body: { message: 'User not found' }, cache: 'none' };
  }
  return undefined;
}

function byOrder(site: Site, request: SiteRequest, query: ModelQuery): Page | Answer {
  const position = readCursor(query.sort, query.cursor);
  if (position === 'invalid')
    return refusal(400, {
      issues: [{ code: 'custom', path: ['cursor'], message: 'Invalid cursor' }],
      name: 'ZodError',
    });
  const { models, next } = takePage(site, request, query, position);
  const from = models[0] ?? next;
  const start = from === undefined ? (query.cursor ?? '') : writeCursor(site.listing.positionOf(query.sort, from));
  const nextCursor = next === undefined ? undefined : writeCursor(site.listing.positionOf(query.sort, next));
  return bendPage({ models, nextCursor }, { effects: request.effects, asked: query.cursor, start });
}

/** The models of a page, and the one the next page begins with. */
function takePage(site: Site, request: SiteRequest, query: ModelQuery, position: Position | undefined) {
  const accepts = acceptance(site, request, query);
  const size = servedSize(request.effects, query.limit);
  const models: CatalogueModel[] = [];
  for (const model of site.listing.from(query.sort, position)) {
    if (!accepts(model)) continue;
    if (models.length === size) {
      const overlap = overlapOf(request.effects, size);
      return { models, next: overlap === 0 ? model : models.at(-overlap) };
    }
    models.push(model);
  }
  return { models, next: undefined };
}

/** Types are applied inside the search; everything else only after it picked its hits, so pages come out short. */
async function byText(site: Site, request: SiteRequest, query: ModelQuery): Promise<Page | Answer> {
  const offset = Number(query.cursor ?? '0');
  if (!Number.isInteger(offset) || offset < 0) return refusal(400, { issues: [], name: 'ZodError' });
  const text = query.query ?? '';
  const byHash = /^[0-9a-f]{8,64}$/i.test(text) ? await modelsByHash(site, text) : [];
  const found = [...byHash, ...site.listing.search(text)].filter(
    (model) => query.types === undefined || query.types.some((type) => type === model.type),
  );
  const size = servedSize(request.effects, query.limit);
  const end = offset + size;
  const page = {
    models: found.slice(offset, end).filter(acceptance(site, request, { ...query, ids: undefined })),
    nextCursor: end < found.length ? String(end - overlapOf(request.effects, size)) : undefined,
  };
  return bendPage(page, { effects: request.effects, asked: query.cursor, start: String(offset) });
}

async function modelsByHash(site: Site, hash: string): Promise<CatalogueModel[]> {
  const files = await site.hashIndex.find(hash.toUpperCase());
  return [...new Set(files.map((file) => site.catalogue.model(file.modelId)))].filter((model) => model !== undefined);
}

function acceptance(site: Site, request: SiteRequest, query: ModelQuery): (model: CatalogueModel) => boolean {
  const tag = (query.tag ?? query.tagname)?.toLowerCase();
  const knownTag = tag !== undefined && site.catalogue.tags.some((known) => known.toLowerCase() === tag);
  const username = query.username ?? query.user;
  const since = site.clock.now() - periodLength(query);
  const favorites = query.favorites === true ? (request.account?.favorites ?? []) : undefined;
  return (model) =>
    visible(model, query) &&
    listedVersions(model, query).length > 0 &&
    (!knownTag || model.tags.some((own) => own.toLowerCase() === tag)) &&
    (username === undefined || model.creator === username) &&
    (query.types === undefined || query.types.some((type) => type === model.type)) &&
    (query.checkpointType === undefined || model.checkpointType === query.checkpointType) &&
    (query.ids === undefined || query.ids.includes(model.id)) &&
    (favorites === undefined || favorites.includes(model.id)) &&
    query.hidden !== true &&
    (query.followed !== true || request.account === undefined) &&
    (query.newCreators !== true || site.catalogue.creators.get(model.creator ?? '') === 1) &&
    licensed(model, query) &&
    Date.parse(model.publishedAt) >= since;
}

/** Without `nsfw=true` the mask must contain the PG bit; higher bits do not matter (contract note §6). */
function visible(model: CatalogueModel, query: ModelQuery): boolean {
  if (model.poi && model.spelling?.listedPerson !== true) return false;
  if (query.nsfw !== true && (model.nsfwLevel & 1) === 0) return false;
  if (
    query.availability !== undefined &&
    query.availability !== 'EarlyAccess' &&
    model.availability !== query.availability
  )
    return false;
  if (restrictsAvailability(query) && model.availability !== 'Public') return false;
  if (query.archived === true) return model.mode === 'Archived';
  if (model.mode === 'Archived' && query.ids === undefined && query.username === undefined) return false;
  return (
    (query.supportsGeneration !== true || model.supportsGeneration) &&
    (query.fromPlatform !== true || model.fromPlatform)
  );
}

function licensed(model: CatalogueModel, query: ModelQuery): boolean {
  if (query.allowCommercialUse === undefined) return true;
  return query.allowCommercialUse.some((right) =>
    right === 'None' ? model.allowCommercialUse.length === 0 : model.allowCommercialUse.includes(right),
  );
}

function listedVersions(model: CatalogueModel, query: ModelQuery): CatalogueVersion[] {
  return model.versions.filter(
    (version) =>
      version.status === 'Published' &&
      (query.baseModels === undefined || query.baseModels.includes(version.baseModel)) &&
      (query.modelVersionIds === undefined || query.modelVersionIds.includes(version.id)) &&
      (query.fileFormats === undefined || hasFormat(version.files, query.fileFormats)) &&
      accessible(version, query),
  );
}

function accessible(version: CatalogueVersion, query: ModelQuery): boolean {
  if (query.earlyAccess === true || query.availability === 'EarlyAccess') return version.availability === 'EarlyAccess';
  return !restrictsAvailability(query) || version.availability === 'Public';
}

function restrictsAvailability(query: ModelQuery): boolean {
  const named = query.ids ?? query.modelVersionIds ?? query.username ?? query.user ?? query.availability;
  return named === undefined && query.earlyAccess !== true;
}

function hasFormat(files: readonly CatalogueFile[], formats: readonly string[]): boolean {
  return files.some((file) => formats.includes(file.metadata.format ?? ''));
}

function periodLength(query: ModelQuery): number {
  if (query.periodMode === 'stats') return Number.POSITIVE_INFINITY;
  return { Day: DAY, Week: 7 * DAY, Month: 30 * DAY, Year: 365 * DAY, AllTime: Number.POSITIVE_INFINITY }[query.period];
}

function readCursor(sort: SortName, cursor: string | undefined): Position | undefined | 'invalid' {
  if (cursor === undefined) return undefined;
  const numbers = cursor.split('|').map((part) => (part === '' ? Number.NaN : Number(part)));
  const arity = sort === 'Newest' || sort === 'Oldest' ? 2 : 3;
  const id = numbers.at(-1);
  if (id === undefined || numbers.length !== arity || numbers.some(Number.isNaN)) return 'invalid';
  return { keys: numbers.slice(0, -1), id };
}

function writeCursor(position: Position): string {
  return [...position.keys, position.id].join('|');
}

/** `nextPage` repeats the whole query, `page` and `token` included: the reason clients should rebuild it themselves. */
function metadataOf(request: SiteRequest, query: ModelQuery, nextCursor: string | undefined) {
  const paging = query.page === undefined ? {} : { currentPage: query.page, pageSize: query.limit };
  if (nextCursor === undefined) return paging;
  const params = new URLSearchParams(request.query);
  params.set('cursor', nextCursor);
  return { nextCursor, nextPage: `${request.origin}${request.path}?${params.toString()}`, ...paging };
}
