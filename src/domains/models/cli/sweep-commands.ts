/** `kura models sweep plan | export | run | status | stop | remove`. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';

import * as contract from '../contract/index.ts';
import { localActor } from '../core/actor.ts';
import type { Models } from '../models.ts';
import { commaList } from './comma-list.ts';
import { sweepTable } from './sweep-table.ts';

type Context = CommandContext<Models>;
const define = defineCommand<Models>();
const named = { arguments: [{ name: 'name', required: true }], remote: true } as const;
const nameInput = z.object({ name: contract.sweepNameSchema });
const plan = contract.sweepPlanSchema.shape;

const planCommand = define({
  words: ['models', 'sweep', 'plan'],
  ...named,
  options: [
    { flags: '--from <file>' },
    { flags: '--creator <name...>' },
    { flags: '--base <base...>' },
    { flags: '--type <type...>' },
    { flags: '--category <category...>' },
    { flags: '--tag <tag...>' },
    { flags: '--sort <sort...>' },
    { flags: '--period <period...>' },
    { flags: '--limit-per-cell <n>' },
    { flags: '--nsfw <rating>' },
    { flags: '--license <permission...>' },
    { flags: '--since <day>' },
    { flags: '--min-downloads <n>' },
  ],
  input: z.object({
    name: contract.sweepNameSchema,
    from: z.string().min(1).optional(),
    creator: commaList.pipe(plan.creators.unwrap().optional()),
    base: commaList.pipe(plan.bases.unwrap().optional()),
    type: commaList.pipe(plan.types.unwrap().optional()),
    category: commaList.pipe(plan.categories.unwrap().optional()),
    tag: commaList.pipe(plan.tags.unwrap().optional()),
    sort: commaList.pipe(plan.sorts.unwrap().optional()),
    period: commaList.pipe(plan.periods.unwrap().optional()),
    limitPerCell: plan.limitPerCell,
    nsfw: contract.searchConditionShape.nsfw.unwrap().optional(),
    license: commaList.pipe(plan.license),
    since: plan.since,
    minDownloads: plan.minDownloads,
  }),
  async run({ from, creator, base, type, category, tag, sort, period, ...rest }, { call, out, translator }) {
    const lists = { creators: creator, bases: base, types: type, categories: category, tags: tag, sorts: sort };
    const typed = Object.entries({ ...lists, periods: period, ...rest }).filter(([, value]) => value !== undefined);
    const stored = from === undefined ? {} : await readPlan(from);
    const body = contract.sweepPlanSchema.parse({ ...stored, ...Object.fromEntries(typed) });
    const sweep = await call(contract.planSweep, { body });
    out.result(sweep, () => translator.text('cli.models.sweep.plan.done', { name: sweep.name, cells: sweep.cells }));
    return 0;
  },
});

/** @throws KuraError `models.sweep-bad-plan`. */
async function readPlan(file: string): Promise<contract.SweepPlan> {
  try {
    return contract.sweepPlanSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error;
    const reason = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : error.message;
    throw new KuraError('invalid', 'models.sweep-bad-plan', { params: { file, reason }, cause: error });
  }
}

const exportCommand = define({
  words: ['models', 'sweep', 'export'],
  ...named,
  options: [{ flags: '--output <file>' }],
  saves: true,
  input: z.object({ name: contract.sweepNameSchema, output: z.string().min(1).optional() }),
  async run({ name, output }, { call, out, translator, save }) {
    const { sweep } = await call(contract.readSweep, { params: { name } });
    const text = `${JSON.stringify(sweep.plan, null, 2)}\n`;
    if (output === undefined) {
      out.result(sweep.plan, () => text);
      return 0;
    }
    const { file: path } = await save(output, text);
    out.result({ path, plan: sweep.plan }, () => translator.text('cli.models.sweep.written', { path }));
    return 0;
  },
});

const runCommand = define({
  words: ['models', 'sweep', 'run'],
  ...named,
  options: [{ flags: '--refresh' }],
  input: nameInput.extend({ refresh: z.boolean().default(false) }),
  async run(input, context) {
    return context.globals.server === undefined ? runHere(input, context) : runThere(input, context);
  },
});

interface RunInput {
  readonly name: string;
  readonly refresh: boolean;
}

async function runHere({ name, refresh }: RunInput, context: Context): Promise<number> {
  const { call, open, out, signal, translator } = context;
  const { sweeps } = await open();
  if (refresh) await sweeps.restart(name, localActor);
  const { length: cells } = (await sweeps.report(name)).cells;
  await sweeps.run(name, {
    actor: localActor,
    signal,
    onProgress: ({ place, label }, { pages, models }) =>
      out.progress(translator.text('cli.models.sweep.run.progress', { place: place + 1, cells, label, pages, models })),
  });
  out.progress(undefined);
  const report = await call(contract.readSweep, { params: { name } });
  out.result(report, () => sweepTable(report, translator));
  if (report.sweep.status === 'completed') return exitCodes.done;
  return signal.aborted ? exitCodes.interrupted : exitCodes.partlyDone;
}

async function runThere({ name, refresh }: RunInput, { call, out, translator }: Context): Promise<number> {
  const sweep = await call(contract.startSweep, { params: { name }, body: { refresh } });
  out.result(sweep, () => translator.text('cli.models.sweep.run.queued', { name }));
  return exitCodes.done;
}

const statusCommand = define({
  words: ['models', 'sweep', 'status'],
  arguments: [{ name: 'name' }],
  remote: true,
  input: z.object({ name: contract.sweepNameSchema.optional() }),
  async run({ name }, { call, out, translator }) {
    if (name !== undefined) {
      const report = await call(contract.readSweep, { params: { name } });
      out.result(report, () => sweepTable(report, translator));
      return 0;
    }
    const { items } = await call(contract.listSweeps);
    out.result({ items }, () =>
      items.length === 0
        ? translator.text('cli.models.sweep.status.empty')
        : items.map((sweep) => statusLine(sweep, translator)).join('\n'),
    );
    return 0;
  },
});

function statusLine({ name, status, cells, cellsDone }: contract.SweepView, translator: Context['translator']): string {
  const facts = { name, status: translator.text(`models.sweep-status-${status}`), cells, done: cellsDone };
  return translator.text('cli.models.sweep.status.line', facts);
}

const stopCommand = define({
  words: ['models', 'sweep', 'stop'],
  ...named,
  input: nameInput,
  async run({ name }, { call, out, translator }) {
    const sweep = await call(contract.stopSweep, { params: { name } });
    out.result(sweep, () => statusLine(sweep, translator));
    return 0;
  },
});

const removeCommand = define({
  words: ['models', 'sweep', 'remove'],
  ...named,
  input: nameInput,
  async run({ name }, { call, out, translator }) {
    const answer = await call(contract.removeSweep, { params: { name } });
    out.result(answer, () => translator.text('cli.models.sweep.remove.done', { name }));
    return 0;
  },
});

export const sweepCommands: ReadonlyArray<Command<Models>> = [
  planCommand,
  exportCommand,
  runCommand,
  statusCommand,
  stopCommand,
  removeCommand,
];
