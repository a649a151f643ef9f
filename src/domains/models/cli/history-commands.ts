/** `kura models history` and `history run`. */
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes, table } from '#platform/cli';

import * as contract from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import type { Models } from '../models.ts';
import { renderSearch } from './search-table.ts';

const define = defineCommand<Models>();

const listCommand = define({
  words: ['models', 'history'],
  options: [{ flags: '--kind <kind>' }, { flags: '--limit <n>' }, { flags: '--cursor <cursor>' }],
  remote: true,
  input: z.object(contract.listHistory.query.shape),
  async run(query, { call, out, translator }) {
    const answer = await call(contract.listHistory, { query });
    out.result(answer, () =>
      answer.items.length === 0
        ? translator.text('cli.models.history.empty')
        : table(
            answer.items.map(({ id, kind, startedAt, found, stopped, query: asked }) => [
              id,
              kind,
              startedAt,
              translator.number(found),
              stopped,
              JSON.stringify(asked),
            ]),
          ),
    );
    return 0;
  },
});

const runCommand = define({
  words: ['models', 'history', 'run'],
  arguments: [{ name: 'id', required: true }],
  remote: true,
  input: z.object({ id: z.uuid() }),
  async run({ id }, context) {
    const { kind, query } = await context.call(contract.readHistory, { params: { id } });
    return kind === 'search' ? searchAgain(query, context) : collectAgain(query, context);
  },
});

async function searchAgain(query: contract.CollectQuery, context: CommandContext<Models>): Promise<number> {
  const { call, out, translator } = context;
  const answer = await call(contract.searchModels, { query: { ...query, limit: Math.min(query.limit ?? 20, 1000) } });
  out.result(answer, () => renderSearch(answer, false, translator));
  return answer.error === undefined ? exitCodes.done : exitCodes.partlyDone;
}

async function collectAgain(query: contract.CollectQuery, context: CommandContext<Models>): Promise<number> {
  const { call, globals, open, out, signal, translator } = context;
  const request = contract.startCollectionSchema.parse({ query, refresh: true });
  if (globals.server !== undefined) {
    const started = await call(contract.startCollection, { body: request });
    out.result(started, () => started.collection.id);
    return exitCodes.done;
  }
  const { collecting } = await open();
  const { collection } = await collecting.start(request, false, localActor);
  await collecting.run(collection.id, {
    signal,
    onProgress: ({ pages, models, versions }) =>
      out.progress(translator.text('cli.models.collect.progress', { pages, models, versions })),
  });
  out.progress(undefined);
  const ended = await call(contract.readCollection, { params: { id: collection.id } });
  const { pages, models, versions, status } = ended;
  const key = status === 'completed' ? 'completed' : 'partial';
  out.result({ how: 'started', collection: ended }, () =>
    translator.text(`cli.models.collect.${key}`, { pages, models, versions }),
  );
  if (status === 'completed') return exitCodes.done;
  return signal.aborted ? exitCodes.interrupted : exitCodes.partlyDone;
}

export const historyCommands: ReadonlyArray<Command<Models>> = [listCommand, runCommand];
