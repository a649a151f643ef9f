/** `kura backups test-plan …` and `kura backups canary …`. */
import { z } from 'zod';

import { type Command, defineCommand, exitCodes, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';

const define = defineCommand<Backups>();
const place = { job: contract.jobKeySchema, kind: contract.drillKindSchema };
const placeArguments = [
  { name: 'job', required: true },
  { name: 'kind', required: true },
] as const;
const minutes = z.coerce.number().positive().optional();

const setCommand = define({
  words: ['backups', 'test-plan', 'set'],
  arguments: placeArguments,
  options: [
    { flags: '--every <frequency>' },
    { flags: '--from <day>' },
    { flags: '--by-hand' },
    { flags: '--assignee <name>' },
    { flags: '--files <n>' },
    { flags: '--rto-minutes <n>' },
    { flags: '--rpo-minutes <n>' },
    { flags: '--safetensors' },
    { flags: '--check <word...>' },
  ],
  remote: true,
  input: z.strictObject({
    ...place,
    every: contract.testFrequencySchema,
    from: z.iso.date().optional(),
    byHand: z.boolean().default(false),
    assignee: z.string().min(1).optional(),
    files: z.coerce.number().int().min(1).max(10_000).default(20),
    rtoMinutes: minutes,
    rpoMinutes: minutes,
    safetensors: z.boolean().default(false),
    check: z.array(z.string()).default([]),
  }),
  async run({ job: key, kind, every, from, byHand, rtoMinutes, rpoMinutes, ...wanted }, { call, out, translator }) {
    const { assignee, files, safetensors, check } = wanted;
    const body = {
      frequency: every,
      automatic: !byHand,
      assignee: assignee ?? null,
      files,
      rtoSeconds: secondsOf(rtoMinutes),
      rpoSeconds: secondsOf(rpoMinutes),
      checks: { sqlite: true, safetensors, command: check },
      ...(from === undefined ? {} : { startsOn: from }),
    };
    const plan = await call(contract.saveTestPlan, { params: { key, kind }, body });
    out.result(plan, () => planTable([plan], translator));
    return 0;
  },
});

const recommendCommand = define({
  words: ['backups', 'test-plan', 'recommend'],
  arguments: [{ name: 'job', required: true }],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema }),
  async run({ job: key }, { call, out, translator }) {
    const { items } = await call(contract.planRecommendedTests, { params: { key } });
    out.result({ items }, () =>
      items.length === 0 ? translator.text('cli.backups.test-plan.recommend.nothing') : planTable(items, translator),
    );
    return 0;
  },
});

const endCommand = define({
  words: ['backups', 'test-plan', 'end'],
  arguments: placeArguments,
  remote: true,
  input: z.strictObject(place),
  async run({ job: key, kind }, { call, out, translator }) {
    await call(contract.endTestPlan, { params: { key, kind } });
    out.result({ job: key, kind }, () => translator.text('cli.backups.test-plan.end.done', { job: key }));
    return 0;
  },
});

const listCommand = define({
  words: ['backups', 'test-plan', 'list'],
  arguments: [{ name: 'job' }],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema.optional() }),
  async run(query, { call, out, translator }) {
    const { items } = await call(contract.listTestPlans, { query });
    out.result({ items }, () =>
      items.length === 0 ? translator.text('cli.backups.test-plan.list.empty') : planTable(items, translator),
    );
    return 0;
  },
});

const calendarCommand = define({
  words: ['backups', 'test-plan', 'calendar'],
  options: [{ flags: '--from <day>' }, { flags: '--until <day>' }],
  remote: true,
  input: z.strictObject({ from: z.iso.date(), until: z.iso.date() }),
  async run(query, { call, out, translator }) {
    const { items } = await call(contract.listPlannedTests, { query });
    out.result({ items }, () =>
      items.length === 0
        ? translator.text('cli.backups.test-plan.list.empty')
        : table(
            items.map(({ on, job, kind, assignee }) => [
              on,
              job,
              translator.text(`backups.drill-kind-${kind}`),
              assignee ?? '',
            ]),
          ),
    );
    return 0;
  },
});

const plantCommand = define({
  words: ['backups', 'canary', 'plant'],
  arguments: [
    { name: 'job', required: true },
    { name: 'path', required: true },
  ],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema, path: z.string().min(1) }),
  async run({ job: key, path }, { call, out, translator }) {
    const canary = await call(contract.plantCanary, { params: { key }, body: { path } });
    out.result(canary, () => canaryTable([canary], translator));
    return 0;
  },
});

const canariesCommand = define({
  words: ['backups', 'canary', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listCanaries);
    out.result({ items }, () => canariesText(items, translator));
    return 0;
  },
});

const checkCommand = define({
  words: ['backups', 'canary', 'check'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.checkCanaries);
    out.result({ items }, () => canariesText(items, translator));
    const touched = items.some(({ state }) => state === 'changed' || state === 'missing');
    return touched ? exitCodes.mismatch : exitCodes.done;
  },
});

const removeCommand = define({
  words: ['backups', 'canary', 'remove'],
  arguments: [{ name: 'canary', required: true }],
  remote: true,
  input: z.strictObject({ canary: z.uuid() }),
  async run({ canary: id }, { call, out, translator }) {
    await call(contract.removeCanary, { params: { id } });
    out.result({ id }, () => translator.text('cli.backups.canary.remove.done'));
    return 0;
  },
});

export const testPlanCommands: ReadonlyArray<Command<Backups>> = [
  setCommand,
  recommendCommand,
  endCommand,
  listCommand,
  calendarCommand,
  plantCommand,
  canariesCommand,
  checkCommand,
  removeCommand,
];

function secondsOf(given: number | undefined): number | null {
  return given === undefined ? null : Math.round(given * 60);
}

function planTable(plans: readonly contract.TestPlanView[], translator: Translator): string {
  return table(
    plans.map(({ job, kind, frequency, dueOn, assignee, standing }) => [
      dueOn,
      job,
      translator.text(`backups.drill-kind-${kind}`),
      translator.text(`backups.frequency-${frequency}`),
      translator.text(`backups.plan-${standing}`),
      assignee ?? '',
    ]),
  );
}

function canariesText(items: readonly contract.CanaryView[], translator: Translator): string {
  return items.length === 0 ? translator.text('cli.backups.canary.list.empty') : canaryTable(items, translator);
}

function canaryTable(items: readonly contract.CanaryView[], translator: Translator): string {
  return table(
    items.map(({ id, job, path, state, checkedAt }) => [
      id,
      job,
      path,
      translator.text(`backups.canary-${state}`),
      translator.time(checkedAt),
    ]),
  );
}
