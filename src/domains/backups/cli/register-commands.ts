/** `kura backups protect|add-copy|jobs|pause|resume|medium`: what is protected, and where its copies lie. */
import { resolve } from 'node:path';
import { z } from 'zod';

import { type Command, defineCommand, type Globals } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';
import { copiesTable } from './render-copies.ts';

const define = defineCommand<Backups>();
const jobArgument = { name: 'job', required: true } as const;

const protectCommand = define({
  words: ['backups', 'protect'],
  arguments: [{ name: 'key', required: true }],
  options: [
    { flags: '--source <dir>' },
    { flags: '--title <text>' },
    { flags: '--site <name>' },
    { flags: '--every <hours>' },
    { flags: '--verify-every <days>' },
  ],
  remote: true,
  input: z.strictObject({
    key: contract.jobKeySchema,
    source: z.string().min(1),
    title: z.string().optional(),
    site: contract.siteSchema.optional(),
    every: z.coerce.number().optional(),
    verifyEvery: z.coerce.number().int().optional(),
  }),
  async run({ key, source, title, site, every, verifyEvery }, { call, globals, out, translator }) {
    const job = await call(contract.protectFolder, {
      body: {
        key,
        source: pathFor(globals, source),
        ...(title === undefined ? {} : { title }),
        ...(site === undefined ? {} : { site }),
        ...(every === undefined ? {} : { everyHours: every }),
        ...(verifyEvery === undefined ? {} : { verifyEveryDays: verifyEvery }),
      },
    });
    out.result(job, () => translator.text('cli.backups.protect.done', { job: job.key, source: job.source }));
    return 0;
  },
});

const addCopyCommand = define({
  words: ['backups', 'add-copy'],
  arguments: [jobArgument],
  options: [
    { flags: '--repo <dir>' },
    { flags: '--site <name>' },
    { flags: '--media <kind>' },
    { flags: '--name <name>' },
    { flags: '--role <role>' },
    { flags: '--offline' },
    { flags: '--rotation-days <days>' },
    { flags: '--passphrase-file <path>' },
  ],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    repo: z.string().min(1),
    site: contract.siteSchema,
    media: contract.mediaKindSchema,
    name: contract.copyNameSchema.optional(),
    role: contract.copyRoleSchema.optional(),
    offline: z.boolean().default(false),
    rotationDays: z.coerce.number().int().optional(),
    passphraseFile: z.string().min(1).optional(),
  }),
  async run({ job, repo, passphraseFile, rotationDays, name, role, ...copy }, { call, globals, out, translator }) {
    const added = await call(contract.addBackupCopy, {
      params: { key: job },
      body: {
        ...copy,
        repository: pathFor(globals, repo),
        ...(name === undefined ? {} : { name }),
        ...(role === undefined ? {} : { role }),
        ...(rotationDays === undefined ? {} : { rotationDays }),
        ...(passphraseFile === undefined ? {} : { passphraseFile: pathFor(globals, passphraseFile) }),
      },
    });
    out.result(added, () => translator.text('cli.backups.add-copy.done', { job, copy: added.name }));
    return 0;
  },
});

const jobsCommand = define({
  words: ['backups', 'jobs'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listBackupJobs);
    out.result({ items }, () => renderJobs(items, translator));
    return 0;
  },
});

const mediumCommand = define({
  words: ['backups', 'medium'],
  arguments: [jobArgument, { name: 'copy', required: true }],
  options: [{ flags: '--state <state>' }],
  remote: true,
  input: z.strictObject({
    job: contract.jobKeySchema,
    copy: contract.copyNameSchema,
    state: contract.recordableStateSchema,
  }),
  async run({ job, copy, state }, { call, out, translator }) {
    const changed = await call(contract.recordMedium, { params: { key: job, copy }, body: { state } });
    const told = { copy: `${job}/${copy}`, state: translator.text(`backups.state-${state}`) };
    out.result(changed, () => translator.text('cli.backups.medium.done', told));
    return 0;
  },
});

function switchCommand(word: 'pause' | 'resume'): Command<Backups> {
  return define({
    words: ['backups', word],
    arguments: [jobArgument],
    remote: true,
    input: z.strictObject({ job: contract.jobKeySchema }),
    async run({ job: key }, { call, out, translator }) {
      const job = await call(contract.changeBackupJob, { params: { key }, body: { active: word === 'resume' } });
      out.result(job, () => translator.text(`cli.backups.${word}.done`, { job: key }));
      return 0;
    },
  });
}

export const registerCommands: ReadonlyArray<Command<Backups>> = [
  protectCommand,
  addCopyCommand,
  jobsCommand,
  mediumCommand,
  switchCommand('pause'),
  switchCommand('resume'),
];

/** Relative paths are those of this shell; a server elsewhere has no such place and wants the whole path. */
function pathFor({ server }: Globals, path: string): string {
  return server === undefined ? resolve(path) : path;
}

function renderJobs(items: readonly contract.JobView[], translator: Translator): string {
  if (items.length === 0) return translator.text('cli.backups.jobs.empty');
  return items
    .map((job) => {
      const facts = translator.text('cli.backups.jobs.facts', {
        source: job.source,
        site: job.site,
        hours: job.everyHours,
      });
      const head = `${job.key}${job.active ? '' : ` (${translator.text('backups.verdict-paused')})`}  ${job.title}`;
      const copies =
        job.copies.length === 0 ? translator.text('cli.backups.jobs.no-copies') : copiesTable(job.copies, translator);
      return `${head}\n  ${facts}\n${indent(copies)}`;
    })
    .join('\n');
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
