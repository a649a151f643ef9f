/** `kura backups drill …`: restore drills and other tests, here with progress, or queued on a server. */
import { userInfo } from 'node:os';

import { z } from 'zod';

import { localCaller } from '#platform/access';
import { type Command, type CommandContext, defineCommand, exitCodes, table } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { presentDrill } from '../../core/drills/present-drill.ts';
import { tellReading } from '../tell-reading.ts';
import { drillIdOf, drillIdSchema } from './drill-id.ts';
import { renderDrill, renderDrillDetail } from './render-drill.ts';

const define = defineCommand<Backups>();
const jobArgument = { name: 'job', required: true } as const;
const idArgument = { name: 'drill', required: true } as const;
const idInput = { drill: drillIdSchema };

const runCommand = define({
  words: ['backups', 'drill', 'run'],
  arguments: [jobArgument],
  options: [
    { flags: '--kind <kind>' },
    { flags: '--copy <name>' },
    { flags: '--files <n>' },
    { flags: '--seed <hex>' },
    { flags: '--safetensors' },
    { flags: '--check <word...>' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    kind: contract.drillKindSchema.default('full'),
    copy: contract.copyNameSchema.optional(),
    files: z.coerce.number().int().min(1).max(10_000).default(20),
    seed: contract.startDrillSchema.shape.seed,
    safetensors: z.boolean().default(false),
    check: z.array(z.string()).default([]),
  }),
  async run({ job, safetensors, check, ...wanted }, context) {
    const { call, out, translator } = context;
    const body = { ...wanted, checks: { sqlite: true, safetensors, command: check } };
    if (context.globals.server !== undefined) {
      const started = await call(contract.startDrill, { params: { key: job }, body });
      const copies = started.drills.map(({ copy }) => copy).join(', ');
      out.result(started, () => translator.text('cli.backups.drill.run.queued', { job, copies }));
      return exitCodes.done;
    }
    return await runHere(job, body, context);
  },
});

async function runHere(job: string, wanted: contract.StartDrill, context: CommandContext<Backups>): Promise<number> {
  const { open, out, signal, translator } = context;
  const backups = await open();
  const drills = await backups.proof.drills.runNow(localCaller(personHere()), job, wanted, {
    signal,
    onProgress: tellReading(job, context),
  });
  out.progress(undefined);
  const views = drills.map((drill) => presentDrill(drill, translator));
  out.result({ drills: views }, () => views.map((view) => renderDrill(view, translator)).join('\n'));
  if (views.some(({ result }) => result === 'failed')) return exitCodes.mismatch;
  if (views.every(({ result }) => result === 'passed')) return exitCodes.done;
  return views.some(({ result }) => result === 'passed') ? exitCodes.partlyDone : exitCodes.failed;
}

const listCommand = define({
  words: ['backups', 'drill', 'list'],
  arguments: [{ name: 'job' }],
  options: [{ flags: '--kind <kind>' }, { flags: '--result <result>' }, { flags: '--limit <n>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema.optional(),
    kind: contract.drillKindSchema.optional(),
    result: contract.drillResultSchema.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  async run(query, { call, out, translator }) {
    const page = await call(contract.listDrills, { query });
    out.result(page, () =>
      page.items.length === 0
        ? translator.text('cli.backups.drill.list.empty')
        : page.items.map((one) => `${translator.time(one.startedAt)}  ${renderDrill(one, translator)}`).join('\n'),
    );
    return 0;
  },
});

const showCommand = define({
  words: ['backups', 'drill', 'show'],
  arguments: [idArgument],
  remote: true,
  input: z.strictObject(idInput),
  async run({ drill: named }, { call, out, translator }) {
    const id = await drillIdOf(named, { call });
    const drill = await call(contract.readDrill, { params: { id } });
    out.result(drill, () => renderDrillDetail(drill, translator));
    return 0;
  },
});

const coverageCommand = define({
  words: ['backups', 'coverage'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listCoverage);
    out.result({ items }, () => {
      if (items.length === 0) return translator.text('cli.backups.coverage.empty');
      const rows = items.map(({ job, copy, bytes, neverRead, everythingSince, withinDays, met }) => [
        met ? '✔' : '✖',
        `${job}/${copy}`,
        translator.bytes(bytes),
        everythingSince === null
          ? translator.text('cli.backups.coverage.never', { bytes: translator.bytes(neverRead.bytes) })
          : translator.text('cli.backups.coverage.since', { time: translator.time(everythingSince) }),
        translator.text('cli.backups.coverage.goal', { days: withinDays }),
      ]);
      return table(rows);
    });
    return items.every(({ met }) => met) ? exitCodes.done : exitCodes.mismatch;
  },
});

export const drillCommands: ReadonlyArray<Command<Backups>> = [runCommand, listCommand, showCommand, coverageCommand];

/** The tester of the record; some containers run under a user id without a name. */
function personHere(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
