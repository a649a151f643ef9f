/** `kura backups jobs|export-jobs|change-jobs`: many jobs at once. */
import { z } from 'zod';

import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { renderJobs, renderMany } from './render-jobs.ts';

const define = defineCommand<Backups>();

const filterOptions = [
  { flags: '--search <text>' },
  { flags: '--verdict <status>' },
  { flags: '--owner <name>' },
  { flags: '--criticality <level>' },
  { flags: '--class <class>' },
  { flags: '--tag <tag>' },
  { flags: '--state <state>' },
  { flags: '--order <order>' },
];
const filterInput = {
  search: z.string().optional(),
  verdict: contract.verdictStatusSchema.optional(),
  owner: z.string().optional(),
  criticality: contract.criticalitySchema.optional(),
  class: contract.dataClassSchema.optional(),
  tag: z.string().optional(),
  state: z.enum(contract.jobStates).optional(),
  order: z.enum(contract.jobOrders).optional(),
};

function queryOf({ search, class: dataClass, ...filters }: z.output<z.ZodObject<typeof filterInput>>) {
  const given = Object.entries({ ...filters, q: search, dataClass }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

const jobsCommand = define({
  words: ['backups', 'jobs'],
  options: [...filterOptions, { flags: '--limit <n>' }],
  remote: true,
  input: z.strictObject({ ...filterInput, limit: z.coerce.number().int().default(500) }),
  async run({ limit, ...filters }, { call, out, translator }) {
    const page = await call(contract.listBackupJobs, { query: { ...queryOf(filters), limit } });
    out.result(page, () => renderJobs(page, translator));
    return 0;
  },
});

const exportCommand = define({
  words: ['backups', 'export-jobs'],
  arguments: [{ name: 'file', required: true }],
  options: filterOptions,
  remote: true,
  saves: true,
  input: z.strictObject({ file: z.string().min(1), ...filterInput }),
  async run({ file, ...filters }, { call, out, translator, save }) {
    const format = /\.jsonl?(?:\.kura)?$/i.test(file) ? 'json' : 'csv';
    const parts: string[] = [];
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const query: Record<string, unknown> = { ...queryOf(filters), format, offset };
      const part: z.output<typeof contract.exportBackupJobs.output> = await call(contract.exportBackupJobs, { query });
      parts.push(part.text);
      offset = part.nextOffset;
    }
    const told = await save(file, Buffer.from(parts.join('')));
    out.result({ ...told, format }, () => translator.text('cli.backups.export-jobs.done', { file: told.file }));
    return 0;
  },
});

const manyCommand = define({
  words: ['backups', 'change-jobs'],
  arguments: [
    { name: 'action', required: true },
    { name: 'jobs', required: true, variadic: true },
  ],
  options: [{ flags: '--reason <text>' }, { flags: '--apply' }],
  remote: true,
  input: z.strictObject({
    action: z.enum(contract.jobActions),
    jobs: z.array(contract.jobKeySchema).min(1),
    reason: z.string().min(1).optional(),
    apply: z.boolean().default(false),
  }),
  async run({ action, jobs: keys, reason, apply }, { call, out, translator }) {
    const body = { action, keys, dryRun: !apply, ...(reason === undefined ? {} : { reason }) };
    const report = await call(contract.changeBackupJobs, { body });
    out.result(report, () => renderMany(report, translator));
    return report.refused > 0 ? 1 : 0;
  },
});

export const listCommands: ReadonlyArray<Command<Backups>> = [jobsCommand, exportCommand, manyCommand];
