/** `kura models collections list | pause | resume`. */
import { z } from 'zod';

import { type Command, defineCommand, table } from '#platform/cli';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';

const define = defineCommand<Models>();

const listCommand = define({
  words: ['models', 'collections', 'list'],
  options: [{ flags: '--status <status...>' }, { flags: '--limit <n>' }],
  remote: true,
  input: z.object({
    status: z.array(contract.collectionStatusSchema).optional(),
    limit: contract.listCollections.query.shape.limit,
  }),
  async run(query, { call, out, translator }) {
    const answer = await call(contract.listCollections, { query });
    out.result(answer, () =>
      answer.items.length === 0
        ? translator.text('cli.models.collections.list.empty')
        : table(
            answer.items.map(({ id, status, pages, models, versions, updatedAt, query: asked }) => [
              id,
              status,
              translator.text('cli.models.collect.progress', { pages, models, versions }),
              updatedAt,
              JSON.stringify(asked),
            ]),
          ),
    );
    return 0;
  },
});

function changeCommand(word: 'pause' | 'resume'): Command<Models> {
  const route = word === 'pause' ? contract.pauseCollection : contract.resumeCollection;
  return define({
    words: ['models', 'collections', word],
    arguments: [{ name: 'id', required: true }],
    remote: true,
    input: z.object({ id: z.uuid() }),
    async run({ id }, { call, out, translator }) {
      const collection = await call(route, { params: { id } });
      const { status } = collection;
      out.result(collection, () => translator.text('cli.models.collections.changed', { id, status }));
      return 0;
    },
  });
}

export const collectionsCommands: ReadonlyArray<Command<Models>> = [
  listCommand,
  changeCommand('pause'),
  changeCommand('resume'),
];
