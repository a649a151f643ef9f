/** `kura models search`. */
import { z } from 'zod';

import { toKuraError } from '#kernel/errors';
import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import { ApiProblem } from '#platform/contract';
import { describeError } from '#platform/i18n';

import * as contract from '../contract/index.ts';
import { type ListFile, openListFile } from '../core/outputs/list-file.ts';
import type { ListWriter } from '../core/outputs/list-format.ts';
import type { Models } from '../models.ts';
import { adviseCollecting } from './advise-collecting.ts';
import { listInputShape, listOptions, listWriterFor } from './list-options.ts';
import { type AskedSearch, readSearch, searchInputShape, searchOptions } from './search-options.ts';
import { accountOf, renderSearch } from './search-table.ts';
import { type Asking, joinAnswers, LARGEST_CALL, walkAnswers } from './walk-answers.ts';

type Context = CommandContext<Models>;

const limitSchema = z
  .union([z.literal('all').transform(() => Number.POSITIVE_INFINITY), z.coerce.number().int().min(1)])
  .default(20);

export const searchCommand: Command<Models> = defineCommand<Models>()({
  words: ['models', 'search'],
  arguments: [{ name: 'query', variadic: true }],
  options: [
    ...searchOptions,
    { flags: '--limit <n>' },
    { flags: '--top <n>' },
    { flags: '--by <field>' },
    { flags: '--cursor <cursor>' },
    ...listOptions,
    { flags: '--explain' },
  ],
  remote: true,
  input: z.object({
    ...searchInputShape,
    ...listInputShape,
    limit: limitSchema,
    top: z.coerce.number().int().min(1).optional(),
    by: contract.sortFieldSchema.default('quality'),
    cursor: contract.searchQuerySchema.shape.cursor,
    explain: z.boolean().default(false),
  }),
  async run({ limit, top, by, cursor, format, output, columns, bom, explain, ...asked }, context) {
    const query = { ...readSearch(asked), ...(top === undefined ? {} : { sortBy: by }) };
    if ((top ?? limit) > LARGEST_CALL) adviseCollecting(query, context);
    const writer = listWriterFor({ format, output, columns, bom });
    const answers = askAll({ query, limit: top ?? limit, cursor }, context);
    const answer = await (writer === undefined || (output === undefined && context.out.json)
      ? showAll(answers, explain, context)
      : writeAll(answers, { writer, output }, context));
    if (context.signal.aborted) return exitCodes.interrupted;
    return isWhole(answer) ? exitCodes.done : exitCodes.partlyDone;
  },
});

interface Asked {
  readonly query: AskedSearch;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Tells on the way how far it got and what to know about the answers. */
async function* askAll({ query, limit, cursor }: Asked, { call, out, translator }: Context) {
  const told = new Set<string>();
  let count = 0;
  const asking: Asking = {
    ask: async (range) =>
      call(contract.searchModels, {
        query: { ...query, limit: range.limit, ...(range.cursor === undefined ? {} : { cursor: range.cursor }) },
      }),
    describe: (error) => {
      if (error instanceof ApiProblem) return { code: error.problem.code, message: error.problem.title };
      const { code, title } = describeError(toKuraError(error), translator);
      return { code, message: title };
    },
  };
  for await (const answer of walkAnswers({ limit, cursor }, asking)) {
    count += answer.items.length;
    out.progress(translator.text('cli.models.search.progress', { count: translator.number(count) }));
    for (const { code, message } of answer.warnings) {
      if (!told.has(code + message)) out.warn(message);
      told.add(code + message);
    }
    if (answer.error !== undefined) out.warn(translator.text('cli.models.search.cut-short', answer.error));
    yield answer;
  }
}

type Answers = AsyncIterable<contract.SearchAnswer>;

async function showAll(answers: Answers, isExplained: boolean, { out, translator }: Context) {
  let whole: contract.SearchAnswer | undefined;
  for await (const answer of answers) whole = joinAnswers(whole, answer);
  if (whole === undefined) throw new Error('A search has at least one answer.');
  const shown = whole;
  out.result(shown, () => renderSearch(shown, isExplained, translator));
  return shown;
}

interface Target {
  readonly writer: ListWriter;
  /** Undefined = standard output. */
  readonly output: string | undefined;
}

/** Item by item, so that memory does not grow with the list; the file appears when it is whole, also after Ctrl-C. */
async function writeAll(answers: Answers, { writer, output }: Target, { out, translator }: Context) {
  await using file = output === undefined ? undefined : await openListFile(output);
  const write = sinkOf(file, out);
  let account: contract.SearchAnswer | undefined;
  let count = 0;
  await write(writer.head);
  for await (const { items, ...rest } of answers) {
    for (const item of items) await write(writer.item(item));
    count += items.length;
    account = joinAnswers(account, { ...rest, items: [] });
  }
  if (account === undefined) throw new Error('A search has at least one answer.');
  const { items: _none, ...end } = account;
  await write(writer.end(end));
  await file?.finish();
  for (const line of accountOf(account, translator)) out.note(line);
  if (output !== undefined) {
    out.result({ ...account, output: { path: output, items: count } }, () =>
      translator.text('cli.models.search.written', { path: output, count: translator.number(count) }),
    );
  }
  return account;
}

function sinkOf(file: ListFile | undefined, out: Context['out']): (text: string) => Promise<void> {
  return async (text) => {
    if (text === '') return;
    if (file === undefined) out.event({}, () => text);
    else await file.write(text);
  };
}

/** Everything that was asked for is there. */
function isWhole({ stopped }: contract.SearchAnswer): boolean {
  return stopped === 'limit' || stopped === 'end';
}
