/** `kura backups tool …`: restic, borg and rclone as Kura finds and runs them. */
import { resolve } from 'node:path';

import { z } from 'zod';

import { localCaller } from '#platform/access';
import { type Command, defineCommand, exitCodes, type Globals, table } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import type { Backups } from '../backups.ts';
import * as contract from '../contract/index.ts';

const define = defineCommand<Backups>();
const copyArguments = [
  { name: 'job', required: true },
  { name: 'copy', required: true },
] as const;
const copyInput = { job: contract.jobKeySchema, copy: contract.copyNameSchema };

const listCommand = define({
  words: ['backups', 'tool', 'list'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const { items } = await call(contract.listTools);
    out.result({ items }, () =>
      table(
        items.map(({ tool, version, oldestVersion, state }) => [
          state === 'ok' ? '✔' : '✖',
          tool,
          version ?? '–',
          translator.text(`backups.tool-${state}`, { oldest: oldestVersion }),
        ]),
      ),
    );
    return exitCodes.done;
  },
});

const initCommand = define({
  words: ['backups', 'tool', 'init'],
  arguments: [{ name: 'tool', required: true }],
  options: [{ flags: '--repo <place>' }, { flags: '--passphrase-file <path>' }, { flags: '--environment <name...>' }],
  remote: true,
  input: z.strictObject({
    tool: contract.toolNameSchema,
    repo: z.string().min(1),
    passphraseFile: z.string().min(1).optional(),
    environment: z.array(z.string()).default([]),
  }),
  async run({ tool, repo, passphraseFile, environment }, { call, globals, out, translator }) {
    const made = await call(contract.initToolRepository, {
      params: { tool },
      body: {
        repository: placeFor(globals, repo),
        environment,
        ...(passphraseFile === undefined ? {} : { passphraseFile: placeFor(globals, passphraseFile) }),
      },
    });
    const told = { tool, repository: made.repository };
    out.result(made, () => translator.text(`cli.backups.tool.init.${made.encrypted ? 'done' : 'done-open'}`, told));
    return exitCodes.done;
  },
});

const showCommand = define({
  words: ['backups', 'tool', 'show'],
  arguments: copyArguments,
  remote: true,
  input: z.strictObject(copyInput),
  async run({ job: key, copy }, { call, out, translator }) {
    const state = await call(contract.readCopyTool, { params: { key, copy } });
    out.result(state, () => renderState(state, translator));
    return exitCodes.done;
  },
});

const number = z.coerce.number().int().min(1).optional();

const forgetCommand = define({
  words: ['backups', 'tool', 'forget'],
  arguments: copyArguments,
  options: [
    { flags: '--keep-last <n>' },
    { flags: '--keep-daily <n>' },
    { flags: '--keep-weekly <n>' },
    { flags: '--keep-monthly <n>' },
    { flags: '--keep-yearly <n>' },
    { flags: '--apply' },
  ],
  remote: true,
  input: z.strictObject({
    ...copyInput,
    keepLast: number,
    keepDaily: number,
    keepWeekly: number,
    keepMonthly: number,
    keepYearly: number,
    apply: z.boolean().default(false),
  }),
  async run({ job: key, copy, apply, keepLast, keepDaily, keepWeekly, keepMonthly, keepYearly }, context) {
    const { call, out, translator } = context;
    const keep = { last: keepLast, daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly, yearly: keepYearly };
    const done = await call(contract.forgetToolSnapshots, { params: { key, copy }, body: { keep, dryRun: !apply } });
    const counts = { kept: done.kept.length, forgotten: done.forgotten.length };
    out.result(done, () =>
      [
        translator.text(`cli.backups.tool.forget.${apply ? 'done' : 'planned'}`, counts),
        ...done.forgotten.map((id) => `  ${id.slice(0, 32)}`),
      ].join('\n'),
    );
    return exitCodes.done;
  },
});

const restoreCommand = define({
  words: ['backups', 'tool', 'restore'],
  arguments: copyArguments,
  options: [{ flags: '--target <dir>' }, { flags: '--snapshot <id>' }, { flags: '--include <path...>' }],
  input: z.strictObject({
    ...copyInput,
    target: z.string().min(1),
    snapshot: z.string().min(1).optional(),
    include: z.array(z.string().min(1)).optional(),
  }),
  async run({ target, ...wanted }, { open, out, signal, translator }) {
    const { tools } = await open();
    const actor = localCaller('kura backups tool restore');
    const done = await tools.restore({ ...wanted, actor, target: resolve(target), signal });
    const { snapshot, problems } = done;
    const told = { snapshot: snapshot.slice(0, 32), target: done.target, problems: problems.length };
    out.result(done, () =>
      [
        translator.text(`cli.backups.tool.restore.${problems.length === 0 ? 'done' : 'partial'}`, told),
        ...problems.slice(0, 20).map((line) => `  ${line}`),
      ].join('\n'),
    );
    return problems.length === 0 ? exitCodes.done : exitCodes.partlyDone;
  },
});

const logCommand = define({
  words: ['backups', 'tool', 'log'],
  arguments: [{ name: 'run', required: true }],
  remote: true,
  input: z.strictObject({ run: z.uuid() }),
  async run({ run }, { call, out }) {
    const told = await call(contract.readRunLog, { params: { id: run } });
    out.result(told, () => [`${told.tool} ${told.version ?? ''}`.trim(), told.log].join('\n'));
    return exitCodes.done;
  },
});

export const toolCommands: ReadonlyArray<Command<Backups>> = [
  listCommand,
  initCommand,
  showCommand,
  forgetCommand,
  restoreCommand,
  logCommand,
];

function renderState(state: contract.CopyTool, translator: Translator): string {
  const { tool, version, repository, storedBytes, snapshotCount, snapshots, nextVerification, nextPart } = state;
  const head = translator.text('cli.backups.tool.show.head', {
    tool,
    version,
    repository,
    bytes: translator.bytes(storedBytes),
    snapshots: translator.number(snapshotCount),
  });
  const next =
    nextVerification === null
      ? translator.text('cli.backups.tool.show.unverified')
      : translator.text('cli.backups.tool.show.next', { time: translator.time(nextVerification), ...nextPart });
  const rows = snapshots.map(({ id, at, tags }) => [`  ${id.slice(0, 32)}`, translator.time(at), tags.join(' ')]);
  return [head, next, ...(rows.length === 0 ? [] : [table(rows)])].join('\n');
}

/** Relative paths are those of this shell; addresses, and places of a server elsewhere, are passed on as they are. */
function placeFor({ server }: Globals, place: string): string {
  const isAddress = /^[\p{L}\p{N}_.+@ -]+:/u.test(place);
  return server === undefined && !isAddress ? resolve(place) : place;
}
