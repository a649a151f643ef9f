/** `kura models watch add | list | run | findings | pause | resume | remove`: fit for cron and for the server alike. */
import { z } from 'zod';

import { KuraError } from '#kernel/errors';
import { type Command, type CommandContext, defineCommand, exitCodes, table, truncate } from '#platform/cli';

import * as contract from '../contract/index.ts';
import type { Models } from '../models.ts';

type Context = CommandContext<Models>;
const define = defineCommand<Models>();
const named = { arguments: [{ name: 'name', required: true }], remote: true } as const;
const nameInput = z.object({ name: contract.searchNameSchema });

const addCommand = define({
  words: ['models', 'watch', 'add'],
  ...named,
  options: [
    { flags: '--search <name>' },
    { flags: '--cron <pattern>' },
    { flags: '--zone <zone>' },
    { flags: '--every <span>' },
  ],
  input: nameInput.extend({
    search: contract.searchNameSchema,
    cron: z.string().min(1).optional(),
    zone: z.string().min(1).default('UTC'),
    every: contract.spanSchema.refine(...contract.longEnough).optional(),
  }),
  async run({ name, search, cron, zone, every }, { call, out, translator }) {
    if ((cron === undefined) === (every === undefined)) throw new KuraError('invalid', 'models.watch-timing');
    const timing =
      cron === undefined ? { kind: 'interval' as const, everyMs: every ?? 0 } : { kind: 'cron' as const, cron, zone };
    const watch = await call(contract.addWatch, { body: { name, search, timing } });
    const next = watch.nextRun ?? '–';
    out.result(watch, () => translator.text('cli.models.watch.add.done', { name, search, next }));
    return 0;
  },
});

const listCommand = define({
  words: ['models', 'watch', 'list'],
  remote: true,
  input: z.object({}),
  async run(_input, { call, out, translator }) {
    const answer = await call(contract.listWatches);
    out.result(answer, () =>
      answer.items.length === 0
        ? translator.text('cli.models.watch.list.empty')
        : answer.items.map((watch) => watchLines(watch, translator)).join('\n'),
    );
    return 0;
  },
});

function watchLines(watch: contract.WatchView, translator: Context['translator']): string {
  const { name, search, unseen, known, lastOutcome, nextRun, reason } = watch;
  const outcome = translator.text(`cli.models.watch.outcome.${lastOutcome ?? 'none'}`);
  const facts = { name, search, unseen, known, outcome, next: nextRun ?? '–' };
  const line = translator.text('cli.models.watch.list.line', facts);
  return reason === null ? line : `${line}\n  ${reason.message} [${reason.code}]`;
}

const runCommand = define({
  words: ['models', 'watch', 'run'],
  ...named,
  input: nameInput,
  async run({ name }, context) {
    return context.globals.server === undefined ? lookHere(name, context) : lookThere(name, context);
  },
});

/** Exit code 0 whether something was new or not: the answer says which. */
async function lookHere(name: string, context: Context): Promise<number> {
  const { call, open, out, signal, translator } = context;
  const { watches } = await open();
  const { outcome, found, unseen } = await watches.run(name, {
    signal,
    onProgress: ({ pages, models, versions }) =>
      out.progress(translator.text('cli.models.collect.progress', { pages, models, versions })),
  });
  const { items } = await call(contract.listWatches);
  const watch = items.find((one) => one.name === name);
  const { items: findings } = await call(contract.listFindings, { params: { name }, query: { limit: 1000 } });
  const known = watch?.known ?? 0;
  const reason = watch?.reason ?? null;
  const fresh = findings.slice(0, found);
  out.result({ name, outcome, found, unseen, known, ...(reason === null ? {} : { reason }), findings: fresh }, () =>
    [
      translator.text(`models.watch-outcome-${outcome}`, { found, unseen, known }),
      ...(reason === null ? [] : [`  ${reason.message} [${reason.code}]`]),
      ...(fresh.length === 0 ? [] : [findingTable(fresh)]),
    ].join('\n'),
  );
  if (outcome === 'interrupted') return exitCodes.interrupted;
  return outcome === 'failed' ? exitCodes.failed : exitCodes.done;
}

async function lookThere(name: string, { call, out, translator }: Context): Promise<number> {
  const { jobId } = await call(contract.runWatch, { params: { name } });
  out.result({ jobId }, () => translator.text('cli.models.watch.run.queued', { id: jobId }));
  return exitCodes.done;
}

const findingsCommand = define({
  words: ['models', 'watch', 'findings'],
  ...named,
  options: [{ flags: '--all' }, { flags: '--mark-seen' }, { flags: '--limit <n>' }],
  input: nameInput.extend({
    all: z.boolean().default(false),
    markSeen: z.boolean().default(false),
    limit: contract.listFindings.query.shape.limit,
  }),
  async run({ name, all, markSeen, limit }, { call, out, translator }) {
    const query = { only: all ? ('all' as const) : ('unseen' as const), limit };
    const answer = await call(contract.listFindings, { params: { name }, query });
    // Only what was on the list: something may have been found since.
    const newest = answer.items[0]?.position;
    if (markSeen && newest !== undefined) {
      await call(contract.markFindingsSeen, { params: { name }, body: { upTo: newest } });
    }
    out.result(answer, () =>
      answer.items.length === 0 ? translator.text('cli.models.watch.findings.empty') : findingTable(answer.items),
    );
    return 0;
  },
});

function findingTable(items: readonly contract.WatchFinding[]): string {
  return table(
    items.map(({ modelId, versionId, name, versionName, type, baseModel, foundAt }) => [
      `${modelId}@${versionId}`,
      truncate(name, 40),
      truncate(versionName, 20),
      type,
      baseModel ?? '',
      foundAt,
    ]),
  );
}

function switchCommand(word: 'pause' | 'resume'): Command<Models> {
  return define({
    words: ['models', 'watch', word],
    ...named,
    input: nameInput,
    async run({ name }, { call, out, translator }) {
      const watch = await call(contract.changeWatch, { params: { name }, body: { enabled: word === 'resume' } });
      out.result(watch, () => watchLines(watch, translator));
      return 0;
    },
  });
}

const removeCommand = define({
  words: ['models', 'watch', 'remove'],
  ...named,
  input: nameInput,
  async run({ name }, { call, out, translator }) {
    const answer = await call(contract.removeWatch, { params: { name } });
    out.result(answer, () => translator.text('cli.models.watch.removed', { name }));
    return 0;
  },
});

export const watchCommands: ReadonlyArray<Command<Models>> = [
  addCommand,
  listCommand,
  runCommand,
  findingsCommand,
  switchCommand('pause'),
  switchCommand('resume'),
  removeCommand,
];
