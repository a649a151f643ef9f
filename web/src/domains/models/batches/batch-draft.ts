/** What somebody has filled in for a new download job, and the request it stands for. */
import {
  type BatchOrder,
  type BatchPriority,
  type BatchRequest,
  type BatchStrategy,
  batchRequestSchema,
  type DownloadMode,
  searchQuerySchema,
} from '#models/contract';

import type { ModelSearch } from '../search/model-search.ts';
import type { BatchOrigin, BatchSearch } from './batch-search.ts';

export interface BatchDraft {
  readonly origin: BatchOrigin;
  readonly list: string;
  readonly collection: string;
  readonly search: ModelSearch;
  readonly where: string;
  readonly creator: string;
  readonly top: number | '';
  readonly name: string;
  readonly priority: BatchPriority;
  readonly strategy: BatchStrategy;
  readonly parallel: number | '';
  readonly order: BatchOrder;
  readonly retryRounds: number | '';
  readonly pauseSeconds: number | '';
  readonly batchSize: number | '';
  readonly priorityBoost: boolean;
  readonly mode: DownloadMode | 'usual';
  /** Why policy may be overridden; empty = it is not. */
  readonly riskReason: string;
  readonly maxFiles: number | '';
  readonly maxGib: number | '';
  readonly maxMinutes: number | '';
  readonly windows: readonly string[];
  readonly acceptRisk: boolean;
  readonly acceptLikeness: boolean;
}

const gib = 1024 ** 3;

export function draftFrom({ from, collection, search }: BatchSearch): BatchDraft {
  return {
    origin: from ?? 'list',
    list: '',
    collection: collection ?? '',
    search: search ?? {},
    where: '',
    creator: '',
    top: from === 'search' ? 100 : '',
    name: '',
    priority: 'normal',
    strategy: 'adaptive',
    parallel: 3,
    order: 'listed',
    retryRounds: 3,
    pauseSeconds: 0,
    batchSize: '',
    priorityBoost: true,
    mode: 'usual',
    riskReason: '',
    maxFiles: '',
    maxGib: '',
    maxMinutes: '',
    windows: [],
    acceptRisk: false,
    acceptLikeness: false,
  };
}

/** Undefined while something that is needed is missing or wrong. */
export function requestOf(draft: BatchDraft): BatchRequest | undefined {
  const request = batchRequestSchema.safeParse({ source: sourceOf(draft), options: optionsOf(draft) });
  return request.success ? request.data : undefined;
}

function sourceOf(draft: BatchDraft): object {
  const { origin, list, collection, search, where, creator, top } = draft;
  const first = top === '' ? {} : { top };
  const sources: Readonly<Record<BatchOrigin, object>> = {
    list: list.trim() === '' ? {} : { list },
    collection: collection === '' ? {} : { collection },
    search: { search: searchQuerySchema.parse(search), ...first },
    where: where.trim() === '' ? {} : { where, ...first },
    creator: creator.trim() === '' ? {} : { creator },
    missing: { missing: true },
  };
  return sources[origin];
}

function optionsOf(draft: BatchDraft): object {
  const { priority, strategy, order, windows, acceptRisk, acceptLikeness } = draft;
  const { parallel, retryRounds, pauseSeconds, batchSize } = draft;
  const counts = given({ parallel, retryRounds, pauseSeconds, batchSize });
  const maxBytes = draft.maxGib === '' ? '' : Math.max(1, Math.round(draft.maxGib * gib));
  return {
    ...given({ name: draft.name.trim(), riskReason: acceptRisk ? draft.riskReason.trim() : '' }),
    ...(draft.mode === 'usual' ? {} : { mode: draft.mode }),
    priorityBoost: draft.priorityBoost,
    priority,
    strategy,
    order,
    windows,
    acceptRisk,
    acceptLikeness,
    ...counts,
    caps: given({ maxFiles: draft.maxFiles, maxBytes, maxMinutes: draft.maxMinutes }),
  };
}

/** Without what was left empty. */
function given(values: Readonly<Record<string, number | string>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
