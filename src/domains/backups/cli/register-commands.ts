/** `kura backups protect|add-copy|medium`: what is protected, and where its copies lie. */
import { resolve } from 'node:path';
import { z } from 'zod';

import { type Command, defineCommand, type Globals } from '#platform/cli';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';
import { isToolAddress } from '../core/engines/engine-place.ts';
import { toolOf } from '../core/engines/tool-of.ts';
import { isStreamSource } from '../core/sources/job-source.ts';
import { isAddress } from '../core/vaults/repository-place.ts';
import { exitCodeList } from './exit-code-list.ts';
import { factInput, factOptions, factsOf } from './register/fact-options.ts';
import { toolInput, toolOptions, toolSettingsOf } from './tool-options.ts';

const define = defineCommand<Backups>();
const jobArgument = { name: 'job', required: true } as const;

const protectCommand = define({
  words: ['backups', 'protect'],
  arguments: [
    { name: 'key', required: true },
    { name: 'command', variadic: true },
  ],
  options: [
    { flags: '--source <dir>' },
    { flags: '--target <machine>' },
    { flags: '--site <name>' },
    ...factOptions,
    { flags: '--warn-exit-codes <codes>' },
  ],
  remote: true,
  input: z.strictObject({
    key: contract.jobKeySchema,
    source: z.string().min(1),
    target: z.string().optional(),
    site: contract.siteSchema.optional(),
    ...factInput,
    command: z.array(z.string()).default([]),
    warnExitCodes: exitCodeList.default([]),
  }),
  async run({ key, source, target, site, command, warnExitCodes, ...facts }, { call, globals, out, translator }) {
    const job = await call(contract.protectFolder, {
      body: {
        key,
        source: target !== undefined || isStreamSource(source) ? source : pathFor(globals, source),
        ...factsOf(facts),
        ...(target === undefined ? {} : { target }),
        ...(command.length === 0 ? {} : { command, warnExitCodes }),
        ...(site === undefined ? {} : { site }),
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
    { flags: '--repo <place>' },
    { flags: '--site <name>' },
    { flags: '--media <kind>' },
    { flags: '--name <name>' },
    { flags: '--role <role>' },
    { flags: '--offline' },
    { flags: '--rotation-days <days>' },
    { flags: '--passphrase-file <path>' },
    { flags: '--engine <name>' },
    { flags: '--tool <name>' },
    { flags: '--encrypted' },
    { flags: '--provider <key>' },
    { flags: '--locked-until <time>' },
    ...toolOptions,
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
    engine: contract.copyEngineSchema.optional(),
    tool: contract.reportedToolSchema.optional(),
    encrypted: z.boolean().optional(),
    provider: contract.providerKeySchema.optional(),
    lockedUntil: z.iso.datetime({ offset: true }).optional(),
    ...toolInput,
  }),
  async run(input, { call, globals, out, translator }) {
    const { job, repo, passphraseFile, rotationDays, name, role, engine, site, media, offline } = input;
    const { tool, encrypted, provider, lockedUntil } = input;
    const settings = toolSettingsOf(input);
    const added = await call(contract.addBackupCopy, {
      params: { key: job },
      body: {
        site,
        media,
        offline,
        repository: isAddress(repo) || isToldPlace(engine, repo) ? repo : pathFor(globals, repo),
        ...(tool === undefined ? {} : { tool }),
        ...(encrypted === undefined ? {} : { encrypted }),
        ...(provider === undefined ? {} : { provider }),
        ...(lockedUntil === undefined ? {} : { lockedUntil: new Date(lockedUntil).toISOString() }),
        ...(engine === undefined ? {} : { engine }),
        ...(Object.keys(settings).length === 0 ? {} : { engineSettings: settings }),
        ...(name === undefined ? {} : { name }),
        ...(role === undefined ? {} : { role }),
        ...(rotationDays === undefined ? {} : { rotationDays }),
        ...(passphraseFile === undefined ? {} : { passphraseFile: pathFor(globals, passphraseFile) }),
      },
    });
    const done = `cli.backups.add-copy.${added.engine === 'reported' ? 'reported' : 'done'}`;
    out.result(added, () => translator.text(done, { job, copy: added.name }));
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

export const registerCommands: ReadonlyArray<Command<Backups>> = [protectCommand, addCopyCommand, mediumCommand];

/** Not a path of this machine: as its tool writes it, or as somebody calls it. */
function isToldPlace(engine: contract.CopyEngine | undefined, place: string): boolean {
  if (engine === 'reported') return true;
  const tool = engine === undefined ? undefined : toolOf({ engine });
  return tool !== undefined && isToolAddress(tool, place);
}

/** Relative paths are those of this shell; a server elsewhere has no such place and wants the whole path. */
function pathFor({ server }: Globals, path: string): string {
  return server === undefined ? resolve(path) : path;
}
