/** `kura models batches list | show | run | pause | resume | cancel | retry | change | report`. */
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import type { Pieces } from '#platform/contract';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';
import { batchIdInput, wholeBatchId } from './batch-id.ts';
import { batchStartCommand } from './batch-start-command.ts';
import { capInputShape, capsOf } from './batch-start-options.ts';
import { batchDetailText, batchesTable, batchText, itemsTable } from './batch-text.ts';
import { commaList } from './comma-list.ts';
import { runBatch } from './run-batch.ts';

type Context = CommandContext<Models>;
const define = defineCommand<Models>();
const withId = { arguments: [{ name: 'id', required: true }], remote: true } as const;

const listCommand = define({
  words: ['models', 'batches', 'list'],
  options: [{ flags: '--status <status...>' }, { flags: '--limit <n>' }],
  remote: true,
  input: z.object({
    status: commaList.pipe(z.array(contract.batchStatusSchema).optional()),
    limit: contract.listBatches.query.shape.limit,
  }),
  async run(query, { call, out, translator }) {
    const answer = await call(contract.listBatches, { query });
    out.result(answer, () =>
      answer.items.length === 0
        ? translator.text('cli.models.batches.list.empty')
        : batchesTable(answer.items, translator),
    );
    return exitCodes.done;
  },
});

const showCommand = define({
  words: ['models', 'batches', 'show'],
  ...withId,
  options: [{ flags: '--items' }, { flags: '--status <status...>' }],
  input: z.object({
    id: batchIdInput,
    items: z.boolean().default(false),
    status: commaList.pipe(z.array(contract.batchItemStatusSchema).optional()),
  }),
  async run({ id, items: asked, status }, context) {
    const { call, out, translator } = context;
    const whole = await wholeBatchId(id, context);
    const batch = await call(contract.readBatch, { params: { id: whole } });
    const items = asked || status !== undefined ? await allItems(whole, status, context) : undefined;
    out.result(items === undefined ? batch : { ...batch, items }, () =>
      [batchDetailText(batch, translator), ...(items === undefined ? [] : [itemsTable(items, translator)])].join('\n'),
    );
    return exitCodes.done;
  },
});

async function allItems(id: string, status: readonly contract.BatchItemStatus[] | undefined, { call }: Context) {
  const items: contract.BatchItemView[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1000, cursor, ...(status === undefined ? {} : { status: [...status] }) };
    const page = await call(contract.listBatchItems, { params: { id }, query });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

const runCommand = define({
  words: ['models', 'batches', 'run'],
  arguments: [{ name: 'id', required: true }],
  output: 'ndjson',
  input: z.object({ id: batchIdInput }),
  run: async ({ id }, context) => runBatch(await wholeBatchId(id, context), context),
});

function stepCommand(step: 'pause' | 'resume' | 'cancel' | 'retry'): Command<Models> {
  const routes = {
    pause: contract.pauseBatch,
    resume: contract.resumeBatch,
    cancel: contract.cancelBatch,
    retry: contract.retryBatch,
  };
  const goesOn = step === 'resume' || step === 'retry';
  return define({
    words: ['models', 'batches', step],
    ...withId,
    input: z.object({ id: batchIdInput }),
    async run({ id }, context) {
      const { call, out, translator } = context;
      const batch = await call(routes[step], { params: { id: await wholeBatchId(id, context) } });
      out.result(batch, () => batchText(batch, translator));
      if (goesOn) out.note(translator.text('cli.models.batches.queued', { id: batch.id }));
      return exitCodes.done;
    },
  });
}

const changeCommand = define({
  words: ['models', 'batches', 'change'],
  ...withId,
  options: [
    { flags: '--name <name>' },
    { flags: '--priority <priority>' },
    { flags: '--mode <mode>' },
    { flags: '--strategy <strategy>' },
    { flags: '--parallel <n>' },
    { flags: '--window <window...>' },
    { flags: '--any-time' },
    { flags: '--max-files <n>' },
    { flags: '--max-bytes <size>' },
    { flags: '--max-minutes <n>' },
  ],
  input: contract.batchChangeSchema.omit({ windows: true, caps: true }).extend({
    id: batchIdInput,
    window: contract.batchChangeSchema.shape.windows,
    anyTime: z.boolean().default(false),
    ...capInputShape,
  }),
  async run({ id, window, anyTime, maxFiles, maxBytes, maxMinutes, ...change }, context) {
    const { call, out, translator } = context;
    const caps = capsOf({ maxFiles, maxBytes, maxMinutes });
    const windows = anyTime ? [] : window;
    const body = {
      ...change,
      ...(windows === undefined ? {} : { windows }),
      ...(Object.keys(caps).length === 0 ? {} : { caps }),
    };
    const batch = await call(contract.changeBatch, { params: { id: await wholeBatchId(id, context) }, body });
    out.result(batch, () => batchText(batch, translator));
    return exitCodes.done;
  },
});

const formats = ['json', 'csv', 'html'] as const;

const reportCommand = define({
  words: ['models', 'batches', 'report'],
  ...withId,
  options: [{ flags: '--format <format>' }, { flags: '--out <file>' }],
  saves: true,
  input: z.object({
    id: batchIdInput,
    format: z.enum(formats).optional(),
    out: z.string().min(1).optional(),
  }),
  async run({ id, format: asked, out: file }, context) {
    const { call, out, translator } = context;
    const params = { id: await wholeBatchId(id, context) };
    const named = formats.find((one) => `.${one}` === extname(file ?? '').toLowerCase());
    const format = asked ?? named ?? 'json';
    const report = await call(contract.reportBatch, { params, query: { format } });
    if (file === undefined) {
      const whole = await textOf(report);
      out.result(format === 'json' ? JSON.parse(whole) : { format, content: whole }, () => whole);
      return exitCodes.done;
    }
    const { file: path } = await context.save(file, report);
    out.result({ path, format }, () => translator.text('cli.models.batches.report.written', { path }));
    return exitCodes.done;
  },
});

function textOf(pieces: Pieces): Promise<string> {
  return text(Readable.from(pieces, { objectMode: false }));
}

export const batchCommands: ReadonlyArray<Command<Models>> = [
  batchStartCommand,
  listCommand,
  showCommand,
  runCommand,
  stepCommand('pause'),
  stepCommand('resume'),
  stepCommand('cancel'),
  stepCommand('retry'),
  changeCommand,
  reportCommand,
];
