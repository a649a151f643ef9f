/** `kura models collect`: a search read to its end, here or by the server that `--server` names. */

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SECOND } from '#kernel/units';
import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import type { RouteOutput } from '#platform/contract';

import * as contract from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import type { Models } from '../models.ts';
import { adviseSorting } from './advise-collecting.ts';
import { type CollectedFormat, collectedFormats, formatFor, writeCollected } from './collected-list.ts';
import { readSearch, searchInputShape, searchOptions } from './search-options.ts';

type Context = CommandContext<Models>;
type Started = RouteOutput<typeof contract.startCollection>;

export const collectCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'collect'],
  arguments: [{ name: 'query', variadic: true }],
  options: [
    ...searchOptions,
    { flags: '--limit <n>' },
    { flags: '--resume' },
    { flags: '--max-age <span>' },
    { flags: '--new-since-last' },
    { flags: '--format <format>' },
    { flags: '--output <file>' },
  ],
  remote: true,
  input: z.object({
    ...searchInputShape,
    limit: contract.collectQuerySchema.shape.limit,
    resume: z.boolean().default(false),
    maxAge: contract.spanSchema.optional(),
    newSinceLast: z.boolean().default(false),
    format: z.enum(collectedFormats).optional(),
    output: z.string().min(1).optional(),
  }),
  async run({ limit, resume, maxAge, newSinceLast, format, output, ...asked }, context) {
    const { refresh } = asked;
    const search = readSearch({ ...asked, refresh: false });
    if (limit !== undefined) adviseSorting(search, context);
    const query = contract.collectQuerySchema.parse(given({ ...search, limit }));
    const request = { query, resume, refresh, ...(maxAge === undefined ? {} : { maxAgeMs: maxAge }) };
    const started = await collect(request, context);
    const { collection } = started;
    const only = newSinceLast ? 'new' : 'all';
    const written = output === undefined ? undefined : await write(collection.id, { output, format, only }, context);
    context.out.result({ ...started, ...(written === undefined ? {} : { written }) }, () =>
      render(started, newSinceLast, context),
    );
    return exitCodeOf(collection.status, context.signal.aborted);
  },
});

/** Without what was not given. */
function given(query: object): object {
  return withoutUndefined(query);
}

async function collect(request: contract.StartCollection, context: Context): Promise<Started> {
  const started = context.globals.server === undefined ? await here(request, context) : await there(request, context);
  context.out.progress(undefined);
  return started;
}

async function here(request: contract.StartCollection, { call, open, out, signal, translator }: Context) {
  const models = await open();
  const { collection, how } = await models.collecting.start(request, false, localActor);
  out.note(translator.text(`cli.models.collect.${how}`, { pages: collection.pages, at: collection.updatedAt }));
  if (how !== 'reused') {
    await models.collecting.run(collection.id, {
      signal,
      onProgress: ({ pages, models: count, versions }) =>
        out.progress(translator.text('cli.models.collect.progress', { pages, models: count, versions })),
    });
  }
  return { how, collection: await call(contract.readCollection, { params: { id: collection.id } }) };
}

/** The server reads; whoever waits here may leave without stopping it. */
async function there(request: contract.StartCollection, { call, out, signal, translator }: Context): Promise<Started> {
  const { how, collection: first } = await call(contract.startCollection, { body: request });
  let collection = first;
  while (!signal.aborted && (collection.status === 'queued' || collection.status === 'running')) {
    const { pages, models, versions } = collection;
    out.progress(translator.text('cli.models.collect.progress', { pages, models, versions }));
    await sleep(SECOND, undefined, { signal }).catch(() => undefined);
    collection = await call(contract.readCollection, { params: { id: first.id } });
  }
  return { how, collection };
}

interface Target {
  readonly output: string;
  readonly format: CollectedFormat | undefined;
  readonly only: 'all' | 'new';
}

async function write(id: string, { output, format, only }: Target, context: Context) {
  const lines = await writeCollected(output, format ?? formatFor(output), itemsOf(id, only, context));
  context.out.note(context.translator.text('cli.models.collect.written', { count: lines, path: output }));
  return { path: output, lines };
}

async function* itemsOf(id: string, only: 'all' | 'new', { call }: Context) {
  let cursor: string | undefined;
  do {
    const page = await call(contract.listCollectionItems, { params: { id }, query: { only, limit: 1000, cursor } });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

function render({ collection }: Started, isNewsAsked: boolean, { translator }: Context): string {
  const { status, pages, models, versions, newVersions, reason } = collection;
  const key = status === 'completed' || status === 'paused' ? status : 'partial';
  const news =
    newVersions === null
      ? translator.text('cli.models.collect.first-time')
      : translator.text('cli.models.collect.new', { count: newVersions });
  return [
    translator.text(`cli.models.collect.${key}`, { pages, models, versions }),
    ...(reason === null ? [] : [`  ${reason.message}`, `  [${reason.code}]`]),
    ...(newVersions !== null || isNewsAsked ? [news] : []),
  ].join('\n');
}

function exitCodeOf(status: contract.CollectionStatus, isAborted: boolean): number {
  if (status === 'completed') return exitCodes.done;
  if (status === 'failed') return exitCodes.failed;
  return isAborted ? exitCodes.interrupted : exitCodes.partlyDone;
}
