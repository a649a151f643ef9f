/** `kura backups document plan …`: reports that are made by themselves. */
import { z } from 'zod';

import { withoutUndefined } from '#kernel/without-undefined';
import { type Command, defineCommand, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';

const define = defineCommand<Backups>();
const nameArgument = { name: 'name', required: true } as const;
const nameInput = z.strictObject({ name: contract.documentPlanNameSchema });
const shape = contract.documentPlanBodySchema.shape;

const listCommand = define({
  words: ['backups', 'document', 'plan', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listDocumentPlans);
    out.result({ items }, () => renderPlans(items, translator));
    return 0;
  },
});

const setCommand = define({
  words: ['backups', 'document', 'plan', 'set'],
  arguments: [nameArgument],
  options: [
    { flags: '--kind <kind>' },
    { flags: '--format <format>' },
    { flags: '--table <table>' },
    { flags: '--job <key>' },
    { flags: '--every <rhythm>' },
    { flags: '--at <time>' },
    { flags: '--day <n>' },
    { flags: '--zone <zone>' },
    { flags: '--language <language>' },
    { flags: '--to <target...>' },
    { flags: '--no-attach' },
    { flags: '--keep-days <n>' },
    { flags: '--off' },
  ],
  remote: true,
  input: z.strictObject({
    name: contract.documentPlanNameSchema,
    kind: shape.kind,
    format: shape.format,
    table: shape.table,
    job: shape.job,
    every: shape.every,
    at: shape.at.unwrap().optional(),
    day: z.coerce.number().int().optional(),
    zone: shape.zone,
    language: shape.language,
    to: contract.deliverySchema.shape.to.optional(),
    attach: z.boolean().default(true),
    keepDays: z.coerce.number().int().optional(),
    off: z.boolean().default(false),
  }),
  async run({ name, kind, every, off, ...rest }, { call, out, translator }) {
    const body = { kind, every, enabled: !off, ...withoutUndefined(rest) };
    const plan = await call(contract.putDocumentPlan, { params: { name }, body });
    out.result(plan, () => renderPlans([plan], translator));
    return 0;
  },
});

const removeCommand = define({
  words: ['backups', 'document', 'plan', 'remove'],
  arguments: [nameArgument],
  remote: true,
  input: nameInput,
  async run(params, { call, out, translator }) {
    const removed = await call(contract.removeDocumentPlan, { params });
    out.result(removed, () => translator.text('backups.document.plan-removed', removed));
    return 0;
  },
});

const runCommand = define({
  words: ['backups', 'document', 'plan', 'run'],
  arguments: [nameArgument],
  remote: true,
  input: nameInput,
  async run(params, { call, out, translator }) {
    const queued = await call(contract.runDocumentPlan, { params });
    out.result(queued, () => translator.text('backups.document.plan-queued', queued));
    return 0;
  },
});

function renderPlans(items: readonly contract.DocumentPlan[], translator: Translator): string {
  if (items.length === 0) return translator.text('backups.document.no-plans');
  return table(
    items.map(({ name, kind, every, at, zone, to, nextRun }) => [
      name,
      translator.text(`backups.document.kind.${kind}`),
      `${translator.text(`backups.document.every.${every}`)} ${at} (${zone})`,
      nextRun === null ? translator.text('backups.document.plan-off') : translator.time(nextRun),
      to.join(', '),
    ]),
  );
}

export const planCommands: ReadonlyArray<Command<Backups>> = [listCommand, setCommand, removeCommand, runCommand];
