/** What `kura models batches start` takes: where the files come from, and how they are fetched. */

import { z } from 'zod';
import { KuraError } from '#kernel/errors';
import { withoutUndefined } from '#kernel/without-undefined';

import * as contract from '../contract/index.ts';
import { choiceInputShape, choiceOptions, requestedChoice } from './download-choice.ts';
import { readListFile } from './read-list-file.ts';
import { readSearch, searchInputShape, searchOptions, sizeSchema } from './search-options.ts';

/** The search's own `--strategy` gives way to that of the download job. */
const filters = searchOptions.filter(({ flags }) => flags !== '--strategy <strategy>');

export const batchStartOptions = [
  { flags: '--from <file>' },
  { flags: '--search <query>' },
  ...filters,
  { flags: '--where <query>' },
  { flags: '--top <n>' },
  { flags: '--by <field>' },
  { flags: '--collection <id>' },
  { flags: '--missing' },
  { flags: '--name <name>' },
  { flags: '--file <selector>' },
  ...choiceOptions,
  { flags: '--layout <layout>' },
  { flags: '--connections <n>' },
  { flags: '--mode <mode>' },
  { flags: '--strategy <strategy>' },
  { flags: '--parallel <n>' },
  { flags: '--order <order>' },
  { flags: '--priority <priority>' },
  { flags: '--retry-rounds <n>' },
  { flags: '--pause <seconds>' },
  { flags: '--batch-size <n>' },
  { flags: '--no-boost' },
  { flags: '--max-files <n>' },
  { flags: '--max-bytes <size>' },
  { flags: '--max-minutes <n>' },
  { flags: '--window <window...>' },
  { flags: '--accept-risk' },
  { flags: '--reason <text>' },
  { flags: '--accept-likeness' },
  { flags: '--dry-run' },
  { flags: '--background' },
] as const;

const { query: _query, strategy: _strategy, ...filterShape } = searchInputShape;
const filterSchema = z.object(filterShape);
const source = contract.batchSourceSchema.shape;
const options = contract.batchOptionsSchema.shape;
const caps = contract.batchCapsSchema.shape;

/** Also those of `batches change`. */
export const capInputShape = {
  maxFiles: caps.maxFiles,
  maxBytes: sizeSchema.optional(),
  maxMinutes: caps.maxMinutes,
};

export const batchStartInput = filterSchema.extend({
  ref: z.array(z.string()).default([]),
  from: z.string().min(1).optional(),
  search: z.string().max(500).optional(),
  where: source.where,
  top: source.top,
  by: source.by,
  collection: source.collection,
  missing: z.boolean().default(false),
  name: options.name,
  ...choiceInputShape,
  layout: options.layout,
  connections: options.connections,
  mode: options.mode,
  strategy: options.strategy,
  parallel: options.parallel,
  order: options.order,
  priority: options.priority,
  retryRounds: options.retryRounds,
  pause: options.pauseSeconds,
  batchSize: options.batchSize,
  boost: options.priorityBoost,
  ...capInputShape,
  window: options.windows,
  acceptRisk: z.boolean().default(false),
  reason: options.riskReason,
  acceptLikeness: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  background: z.boolean().default(false),
});
type StartInput = z.output<typeof batchStartInput>;

/** @throws KuraError `models.no-refs`, `models.filters-without-search`, and what the search says of its filters. */
export async function batchRequest(input: StartInput): Promise<contract.BatchRequest> {
  const found = contract.batchSourceSchema.safeParse(given(await sourceOf(input)));
  if (!found.success) throw new KuraError('invalid', 'models.no-refs');
  const { name, layout, connections, window: windows, pause: pauseSeconds } = input;
  const { mode, batchSize, boost: priorityBoost } = input;
  const { strategy, parallel, order, priority, retryRounds } = input;
  const { acceptRisk, reason: riskReason, acceptLikeness } = input;
  const consents = { acceptRisk, riskReason, acceptLikeness };
  const turns = { mode, batchSize, priorityBoost };
  const how = { ...turns, strategy, parallel, order, priority, retryRounds, pauseSeconds, ...consents, windows };
  return {
    source: found.data,
    options: contract.batchOptionsSchema.parse(
      given({ name, layout, connections, ...requestedChoice(input), ...how, caps: capsOf(input) }),
    ),
  };
}

export function capsOf({ maxFiles, maxBytes, maxMinutes }: Pick<StartInput, keyof typeof capInputShape>): object {
  return given({ maxFiles, maxBytes, maxMinutes });
}

async function sourceOf(input: StartInput) {
  const { ref, from, search, where, top, by, collection, creator, missing } = input;
  if (search === undefined) requireNoFilters(input);
  return {
    refs: ref.length === 0 ? undefined : ref,
    list: from === undefined ? undefined : await readListFile(from),
    search: search === undefined ? undefined : searchOf(search, input),
    creator: search === undefined ? creator : undefined,
    missing: missing ? true : undefined,
    collection,
    where,
    top,
    by,
  };
}

/** The options of the job itself are not part of the search. */
const searchAlone = z.object(contract.searchQuerySchema.shape);

function searchOf(words: string, input: StartInput): contract.SearchQuery {
  return searchAlone.parse(given(readSearch({ ...input, query: [words], strategy: 'direct' })));
}

/** A filter that changes nothing would be a filter that somebody believes in. */
function requireNoFilters(input: StartInput): void {
  const without = Object.entries(filterSchema.omit({ creator: true }).parse({}));
  const ignored = Object.keys(filterShape).filter((name) => name !== 'creator');
  const told = new Map<string, unknown>(Object.entries(input));
  const defaults = new Map<string, unknown>(without);
  if (ignored.every((name) => JSON.stringify(told.get(name)) === JSON.stringify(defaults.get(name)))) return;
  throw new KuraError('invalid', 'models.filters-without-search');
}

/** Without what was not given. */
function given(values: object): object {
  return withoutUndefined(values);
}
