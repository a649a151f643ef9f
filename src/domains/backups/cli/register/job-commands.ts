/** `kura backups edit|move|pause|resume|hold|archive|unarchive|import`: jobs changed. */
import { z } from 'zod';

import { isKuraError, KuraError, systemCode } from '#kernel/errors';
import { type Command, defineCommand } from '#platform/cli';

import type { Backups } from '../../backups.ts';
import * as contract from '../../contract/index.ts';
import { factInput, factOptions, factsOf } from './fact-options.ts';
import { listCommands } from './list-commands.ts';
import { renderImport, renderJob } from './render-jobs.ts';

const define = defineCommand<Backups>();
const jobArgument = { name: 'job', required: true } as const;

const editCommand = define({
  words: ['backups', 'edit'],
  arguments: [jobArgument],
  options: factOptions,
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema, ...factInput }),
  async run({ job: key, ...facts }, { call, out, translator }) {
    const job = await call(contract.changeBackupJob, { params: { key }, body: factsOf(facts) });
    out.result(job, () => renderJob({ ...job, verdict: null, schedule: null }, translator));
    return 0;
  },
});

const moveCommand = define({
  words: ['backups', 'move'],
  arguments: [jobArgument],
  options: [{ flags: '--source <place>' }, { flags: '--target <machine>' }, { flags: '--site <name>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    source: z.string().min(1),
    target: z.union([z.literal('none').transform(() => null), z.string()]).optional(),
    site: contract.siteSchema.optional(),
  }),
  async run({ job: key, source, target, site }, { call, out, translator }) {
    const body = { source, ...(target === undefined ? {} : { target }), ...(site === undefined ? {} : { site }) };
    const job = await call(contract.moveBackupSource, { params: { key }, body });
    out.result(job, () => translator.text('cli.backups.move.done', { job: key, source: job.source }));
    return 0;
  },
});

const pauseCommand = define({
  words: ['backups', 'pause'],
  arguments: [jobArgument],
  options: [{ flags: '--until <time>' }, { flags: '--reason <text>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    until: z.iso.datetime({ offset: true }).optional(),
    reason: z.string().optional(),
  }),
  async run({ job: key, until, reason }, { call, out, translator }) {
    const how = until === undefined ? { active: false } : { pausedUntil: new Date(until).toISOString() };
    const body = { ...how, ...(reason === undefined ? {} : { pauseReason: reason }) };
    const job = await call(contract.changeBackupJob, { params: { key }, body });
    out.result(job, () => translator.text('cli.backups.pause.done', { job: key }));
    return 0;
  },
});

const resumeCommand = define({
  words: ['backups', 'resume'],
  arguments: [jobArgument],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema }),
  async run({ job: key }, { call, out, translator }) {
    const job = await call(contract.changeBackupJob, { params: { key }, body: { active: true } });
    out.result(job, () => translator.text('cli.backups.resume.done', { job: key }));
    return 0;
  },
});

const holdCommand = define({
  words: ['backups', 'hold'],
  arguments: [jobArgument],
  options: [{ flags: '--reason <text>' }, { flags: '--lift' }],
  remote: true,
  input: z
    .strictObject({
      job: contract.jobKeySchema,
      reason: z.string().min(1).optional(),
      lift: z.boolean().default(false),
    })
    .refine(({ reason, lift }) => (reason === undefined) === lift, { path: ['reason'] }),
  async run({ job: key, reason = null }, { call, out, translator }) {
    const job = await call(contract.holdBackupJob, { params: { key }, body: { reason } });
    const text = reason === null ? 'cli.backups.hold.lifted' : 'cli.backups.hold.done';
    out.result(job, () => translator.text(text, { job: key }));
    return 0;
  },
});

const archiveCommand = define({
  words: ['backups', 'archive'],
  arguments: [jobArgument],
  options: [{ flags: '--reason <text>' }],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema, reason: z.string().min(1) }),
  async run({ job: key, reason }, { call, out, translator }) {
    const job = await call(contract.archiveBackupJob, { params: { key }, body: { reason } });
    out.result(job, () => translator.text('cli.backups.archive.done', { job: key }));
    return 0;
  },
});

const unarchiveCommand = define({
  words: ['backups', 'unarchive'],
  arguments: [jobArgument],
  remote: true,
  input: z.strictObject({ job: contract.jobKeySchema }),
  async run({ job: key }, { call, out, translator }) {
    const job = await call(contract.unarchiveBackupJob, { params: { key } });
    out.result(job, () => translator.text('cli.backups.unarchive.done', { job: key }));
    return 0;
  },
});

const importCommand = define({
  words: ['backups', 'import'],
  arguments: [{ name: 'file', required: true }],
  options: [{ flags: '--apply' }],
  remote: true,
  reads: true,
  input: z.strictObject({ file: z.string().min(1), apply: z.boolean().default(false) }),
  async run({ file, apply }, { call, out, translator, read }) {
    const content = await read(file).catch((cause: unknown) => {
      if (isKuraError(cause)) throw cause;
      const params = { reason: `${file}: ${systemCode(cause) ?? String(cause)}` };
      throw new KuraError('invalid', 'backups.import-unreadable', { params, cause });
    });
    const text = Buffer.from(content).toString('utf8');
    const format = /\.jsonl?(?:\.kura)?$/i.test(file) ? 'json' : 'csv';
    const report = await call(contract.importBackupJobs, { body: { format, text, dryRun: !apply } });
    out.result(report, () => renderImport(report, translator));
    return report.refused > 0 ? 1 : 0;
  },
});

const editCopyCommand = define({
  words: ['backups', 'edit-copy'],
  arguments: [jobArgument, { name: 'copy', required: true }],
  options: [
    { flags: '--name <name>' },
    { flags: '--role <role>' },
    { flags: '--site <name>' },
    { flags: '--media <kind>' },
    { flags: '--rotation-days <days>' },
    { flags: '--provider <key>' },
    { flags: '--locked-until <time>' },
    { flags: '--enable' },
    { flags: '--disable' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    copy: contract.copyNameSchema,
    name: contract.copyNameSchema.optional(),
    role: contract.copyRoleSchema.optional(),
    site: contract.siteSchema.optional(),
    media: contract.mediaKindSchema.optional(),
    rotationDays: z.union([z.literal('none').transform(() => null), z.coerce.number().int()]).optional(),
    provider: z.union([z.literal('none').transform(() => null), contract.providerKeySchema]).optional(),
    lockedUntil: z.iso.datetime({ offset: true }).optional(),
    enable: z.boolean().default(false),
    disable: z.boolean().default(false),
  }),
  async run({ job: key, copy, enable, disable, lockedUntil, ...facts }, { call, out, translator }) {
    const body = Object.fromEntries(
      Object.entries({
        ...facts,
        lockedUntil: lockedUntil === undefined ? undefined : new Date(lockedUntil).toISOString(),
        enabled: enable || disable ? enable : undefined,
      }).filter(([, value]) => value !== undefined),
    );
    const changed = await call(contract.changeBackupCopy, { params: { key, copy }, body });
    out.result(changed, () => translator.text('cli.backups.edit-copy.done', { copy: `${key}/${changed.name}` }));
    return 0;
  },
});

export const jobCommands: ReadonlyArray<Command<Backups>> = [
  ...listCommands,
  editCommand,
  moveCommand,
  pauseCommand,
  resumeCommand,
  holdCommand,
  archiveCommand,
  unarchiveCommand,
  importCommand,
  editCopyCommand,
];
