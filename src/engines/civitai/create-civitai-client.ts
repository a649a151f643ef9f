import type { Sha256 } from '#kernel/brands';
import type { Clock, Random } from '#kernel/clock';
import { isKuraError, KuraError } from '#kernel/errors';

import { type ApiCaller, type CacheUse, type CallLimits, createApiCaller, defaultLimits } from './calls/api-caller.ts';
import { type CallGuard, openGuard } from './calls/call-guard.ts';
import type { LiveAnswer } from './calls/live-answer.ts';
import { createPace, type Pace } from './calls/pace.ts';
import type { RequestLogEntry } from './calls/request-log.ts';
import { sleep as realSleep, type Sleep } from './calls/sleep.ts';
import type { OnWait } from './calls/wait.ts';
import type { CivitaiClient, DirectoryQuery } from './civitai-client.ts';
import { buildDownloadUrl } from './download-url.ts';
import { type ApiBase, readApiBase } from './hosts.ts';
import type { HttpTransport } from './http-transport.ts';
import { buildImageQuery, type ImageQuery } from './queries/image-query.ts';
import { buildModelQuery, type ModelQuery, needsAccount } from './queries/model-query.ts';
import { addLimit, draftQuery, type QueryParameter } from './queries/sent-query.ts';
import { readAccount, readCreator, readEnums, readHashMatch, readTag } from './shapes/directory.ts';
import { type Image, readImage } from './shapes/image.ts';
import type { Raw, Reading, ReadList } from './shapes/lenient.ts';
import { readMiniVersion } from './shapes/mini-version.ts';
import { type Model, readModel } from './shapes/model.ts';
import { type ModelVersion, readVersion } from './shapes/model-version.ts';
import { type Page, readArray, readNumberedPage, readOne, readPage } from './shapes/page.ts';
import { walkPages } from './walk-pages.ts';

export interface CivitaiClientOptions {
  /** `https://civitai.com`, with or without `/api/v1`; any compatible server. */
  readonly baseUrl: string;
  /** API key; travels in the Authorization header, only to `baseUrl`, only over https or on this machine. */
  readonly token?: string;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  /** Shared by all clients of a process; default: one of its own, one request per two seconds. */
  readonly pace?: Pace;
  readonly sleep?: Sleep;
  readonly limits?: Partial<CallLimits>;
  /** A circuit breaker; default: none. */
  readonly guard?: CallGuard;
  /** Keeps answers to GET; default: every question goes to the site. */
  readonly cache?: CacheUse;
  /** Called for every answer that came from the site, not for stored ones. What it throws is swallowed. */
  readonly onAnswer?: (answer: LiveAnswer) => void;
  /** Told of waits before a retry; waits for a turn are told by the pace. */
  readonly onWait?: OnWait;
  /** Called after every exchange, retried ones included. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
  /** A product token with an address; words of browsers in it change the server's answers (civitai-api.md §4.2). */
  readonly userAgent?: string;
}

/** Limits of the bulk lookups (civitai-api.md §2.9). */
const VERSIONS_PER_REQUEST = 100;
const IDS_PER_REQUEST = 10_000;
const LARGEST_DIRECTORY_PAGE = 200;

/** @throws KuraError `civitai.base-url-invalid`. */
export function createCivitaiClient(options: CivitaiClientOptions): CivitaiClient {
  const base = readApiBase(options.baseUrl);
  const token = options.token?.trim() || undefined;
  const usableToken = base.safeForToken ? token : undefined;
  const caller = callerFor(options, base, usableToken);
  return clientOver(caller, { base, tokenUse: tokenUseOf(token, usableToken) });
}

interface ClientFacts {
  readonly base: ApiBase;
  readonly tokenUse: CivitaiClient['tokenUse'];
}

function clientOver(caller: ApiCaller, facts: ClientFacts): CivitaiClient {
  const { base, tokenUse } = facts;
  const signedIn = tokenUse === 'sent';
  return {
    siteUrl: base.siteUrl,
    tokenUse,
    ...modelCalls(caller, signedIn),
    ...hashCalls(caller),
    ...imageCalls(caller),
    ...directoryCalls(caller, signedIn),
    with: (options) => clientOver({ call: async (call) => caller.call({ ...call, options }) }, facts),
    downloadUrl: (version, file) => buildDownloadUrl(base.siteUrl, version, file),
  };
}

function callerFor(options: CivitaiClientOptions, base: ApiBase, token: string | undefined): ApiCaller {
  const { transport, clock, random, sleep = realSleep } = options;
  return createApiCaller({
    base,
    host: base.host,
    token,
    transport,
    clock,
    random,
    sleep,
    userAgent: options.userAgent ?? 'Kura/1',
    pace: options.pace ?? createPace({ clock, sleep }),
    guard: options.guard ?? openGuard,
    cache: options.cache,
    ...defaultLimits,
    ...options.limits,
    onRequest: (entry) => options.onRequest?.(entry),
    onAnswer: (answer) => options.onAnswer?.(answer),
    onWait: (wait) => options.onWait?.(wait),
  });
}

function tokenUseOf(given: string | undefined, usable: string | undefined): CivitaiClient['tokenUse'] {
  if (given === undefined) return 'none';
  return usable === undefined ? 'withheld' : 'sent';
}

function modelCalls(caller: ApiCaller, signedIn: boolean) {
  async function searchModels(query: ModelQuery, signal: AbortSignal): Promise<Page<Model>> {
    // Without a session these answer 401; dropping them would answer another question.
    if (needsAccount(query) && !signedIn) throw tokenNeeded('/models');
    const sent = buildModelQuery(query);
    const answer = await caller.call({ path: '/models', parameters: sent.sentParameters, signal });
    return { ...readPage(answer, '/models', readModel), ...sent };
  }

  async function readOneOf<Item>(path: string, read: (raw: Raw) => Reading<Item>, signal: AbortSignal): Promise<Item> {
    return readOne(await caller.call({ path, signal }), path, read);
  }

  return {
    searchModels,
    modelPages: (query, signal) =>
      walkPages<Model>({
        fetchPage: async (cursor) => searchModels(cursor === null ? query : { ...query, cursor }, signal),
        identify: (model) => model.modelId,
        cursor: query.cursor ?? null,
      }),
    model: async (id, signal) => readOneOf(`/models/${id}`, readModel, signal),
    version: async (id, signal) => readOneOf(`/model-versions/${id}`, readVersion, signal),
    mini: async (id, file, signal) => {
      const path = `/model-versions/mini/${id}`;
      const parameters = file === null ? [] : [{ name: 'modelFileId', value: String(file) }];
      return readOne(await caller.call({ path, parameters, signal }), path, readMiniVersion);
    },
  } satisfies Partial<CivitaiClient>;
}

function hashCalls(caller: ApiCaller) {
  return {
    versionByHash: async (digest, signal) => {
      const path = `/model-versions/by-hash/${encodeURIComponent(digest)}`;
      try {
        return readOne(await caller.call({ path, signal }), path, readVersion);
      } catch (error) {
        if (isKuraError(error) && error.code === 'civitai.not-found') return null;
        throw error;
      }
    },
    versionsByHashes: async (hashes, signal) => {
      const found = await lookUp(hashes, VERSIONS_PER_REQUEST, async (body) => {
        const path = '/model-versions/by-hash';
        return readArray(await caller.call({ path, body, signal }), path, (raw) => readVersion(raw));
      });
      // One entry per matching file, so a version can come twice.
      const byId = new Map<number, ModelVersion>(found.items.map((version) => [version.versionId, version]));
      return { items: [...byId.values()], skipped: found.skipped };
    },
    versionIdsByHashes: async (hashes, signal) =>
      lookUp(hashes, IDS_PER_REQUEST, async (body) => {
        const path = '/model-versions/by-hash/ids';
        return readArray(await caller.call({ path, body, signal }), path, readHashMatch);
      }),
  } satisfies Partial<CivitaiClient>;
}

async function lookUp<Item>(
  hashes: readonly Sha256[],
  perRequest: number,
  ask: (hashes: readonly Sha256[]) => Promise<ReadList<Item>>,
): Promise<ReadList<Item>> {
  const unique = [...new Set(hashes)];
  const answers: ReadList<Item>[] = [];
  for (let start = 0; start < unique.length; start += perRequest) {
    answers.push(await ask(unique.slice(start, start + perRequest)));
  }
  return {
    items: answers.flatMap((answer) => answer.items),
    skipped: answers.flatMap((answer) => answer.skipped),
  };
}

function imageCalls(caller: ApiCaller) {
  async function images(query: ImageQuery, signal: AbortSignal): Promise<Page<Image>> {
    const sent = buildImageQuery(query);
    const answer = await caller.call({ path: '/images', parameters: sent.sentParameters, signal });
    return { ...readPage(answer, '/images', readImage), ...sent };
  }

  return {
    images,
    imagePages: (query, signal) =>
      walkPages<Image>({
        fetchPage: async (cursor) => images(cursor === null ? query : { ...query, cursor }, signal),
        identify: (image) => image.imageId,
        cursor: query.cursor ?? null,
      }),
  } satisfies Partial<CivitaiClient>;
}

function directoryCalls(caller: ApiCaller, signedIn: boolean) {
  return {
    creators: async (query, signal) => {
      const answer = await caller.call({ path: '/creators', parameters: directoryParameters(query), signal });
      return readNumberedPage(answer, '/creators', readCreator);
    },
    tags: async (query, signal) => {
      const answer = await caller.call({ path: '/tags', parameters: directoryParameters(query), signal });
      return readNumberedPage(answer, '/tags', readTag);
    },
    enums: async (signal) => readOne(await caller.call({ path: '/enums', signal }), '/enums', readEnums),
    me: async (signal) => {
      if (!signedIn) throw tokenNeeded('/me');
      return readOne(await caller.call({ path: '/me', signal }), '/me', readAccount);
    },
  } satisfies Partial<CivitaiClient>;
}

function directoryParameters(query: DirectoryQuery): readonly QueryParameter[] {
  const draft = draftQuery();
  const text = query.query?.trim() ?? '';
  addLimit(draft, query.limit, LARGEST_DIRECTORY_PAGE);
  if (query.page !== undefined && query.page > 1) draft.add('page', Math.floor(query.page));
  if (text !== '') draft.add('query', text);
  return draft.finish().sentParameters;
}

function tokenNeeded(path: string): KuraError {
  return new KuraError('unauthenticated', 'civitai.token-needed', { params: { path, status: 401, detail: '' } });
}
