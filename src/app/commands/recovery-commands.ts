/** `kura dr`: Kura's own backup, the drill that proves it, and the way back on a new machine. */
import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import {
  backUpOwnData,
  copyNameSchema,
  type DrillView,
  type RecoveryStatus,
  readDrill,
  readRecoveryStatus,
  startDrill,
} from '#backups/contract';
import { KuraError } from '#kernel/errors';
import { localCaller } from '#platform/access';
import { type Command, type CommandContext, defineCommand, exitCodes } from '#platform/cli';
import type { Environment } from '#platform/config';
import { masterKeyInKit } from '#platform/protection';
import { masterKeyOf } from '#platform/secrets';

import type { AppContext } from '../context.ts';
import { localUserName } from '../local-user.ts';
import { drillText, recoveryStatusText } from './recovery-texts.ts';
import { restoreOwnCommand } from './restore-own-command.ts';

type Context = CommandContext<AppContext>;

const define = defineCommand<AppContext>();

const statusCommand = define({
  words: ['dr', 'status'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, { call, out, translator }) {
    const status = await call(readRecoveryStatus);
    out.result(status, () => recoveryStatusText(status, translator));
    return exitCodes.done;
  },
});

const backupCommand = define({
  words: ['dr', 'backup'],
  remote: true,
  input: z.strictObject({}),
  async run(_input, context) {
    const { call, globals, open, out, signal, translator } = context;
    if (globals.server !== undefined) {
      const queued = await call(backUpOwnData);
      out.result(queued, () => translator.text('cli.dr.backup.queued', { job: queued.jobId }));
      return exitCodes.done;
    }
    const { backups } = await open();
    const done = await backups.recovery.backUp(localCaller(localUserName()), {
      signal,
      onProgress: (copy, { files, bytes }) => {
        const told = { copy: copy.name, files: translator.number(files), bytes: translator.bytes(bytes) };
        out.progress(translator.text('cli.dr.backup.progress', told));
      },
    });
    out.progress(undefined);
    if (done === undefined) throw new KuraError('conflict', 'app.own-backup-paused');
    const status = await call(readRecoveryStatus);
    const runs = done.runs.map(({ copy, result, snapshot, files, bytes, newBytes, error }) => {
      const reason = error === null ? null : translator.text(error.code, error.params);
      return { copy, result, snapshot, files, bytes, newBytes, reason };
    });
    out.result({ job: done.job, runs, recoveryKit: status.recoveryKit }, () => recoveryStatusText(status, translator));
    for (const { copy, reason } of runs) if (reason !== null) out.warn(`${copy}: ${reason}`);
    const failed = runs.filter(({ result }) => result === 'failed').length;
    if (failed === 0 && runs.length > 0) return exitCodes.done;
    return failed < runs.length ? exitCodes.partlyDone : exitCodes.failed;
  },
});

const drillCommand = define({
  words: ['dr', 'drill'],
  options: [{ flags: '--copy <name>' }, { flags: '--every-copy' }, { flags: '--kit-file <path>' }],
  output: 'ndjson',
  remote: true,
  input: z.strictObject({
    copy: copyNameSchema.optional(),
    everyCopy: z.boolean().default(false),
    kitFile: z.string().min(1).optional(),
  }),
  async run({ copy: named, everyCopy, kitFile }, context) {
    const { call, globals, out, translator } = context;
    const status = await call(readRecoveryStatus);
    const copy = everyCopy ? undefined : (named ?? copyToTry(status));
    if (globals.server === undefined) return await drillHere({ copy, kitFile, status }, context);
    if (kitFile !== undefined)
      throw new KuraError('invalid', 'cli.local-only', { params: { command: 'dr drill --kit-file' } });
    const { drills } = await call(startDrill, {
      params: { key: status.job },
      body: { kind: 'full', copy, checks: {} },
    });
    out.event({ event: 'queued', drills }, () =>
      translator.text('cli.dr.drill.queued', { copies: drills.map(({ copy: name }) => name).join(', ') }),
    );
    return exitCodes.done;
  },
});

/** @throws KuraError not-found `app.no-own-backup` */
function copyToTry({ newest }: RecoveryStatus): string {
  if (newest === null) throw new KuraError('not-found', 'app.no-own-backup');
  return newest.copy;
}

interface DrillWish {
  readonly copy: string | undefined;
  readonly kitFile: string | undefined;
  readonly status: RecoveryStatus;
}

async function drillHere({ copy, kitFile, status }: DrillWish, { call, open, out, signal, translator }: Context) {
  const { backups, storedSecrets } = await open();
  if (kitFile !== undefined) await requireOwnKit(kitFile, storedSecrets.master().id);
  out.event({ event: 'started', job: status.job, copy: copy ?? null, kit: kitFile !== undefined }, () =>
    translator.text('cli.dr.drill.started', { copy: copy ?? '*' }),
  );
  const checks = { sqlite: true, safetensors: false, command: [] };
  const wanted = { kind: 'full' as const, files: 20, checks, ...(copy === undefined ? {} : { copy }) };
  const ended = await backups.proof.drills.runNow(localCaller(localUserName()), status.job, wanted, {
    signal,
    onProgress: ({ name }, { objects, bytes, totalBytes }) => {
      if (out.json) out.event({ event: 'progress', copy: name, files: objects, bytes, totalBytes });
      const told = { copy: name, bytes: translator.bytes(bytes), totalBytes: translator.bytes(totalBytes) };
      out.progress(translator.text('cli.dr.drill.progress', told));
    },
  });
  out.progress(undefined);
  const views: DrillView[] = [];
  for (const { id } of ended) {
    const drill = await call(readDrill, { params: { id } });
    views.push(drill);
    out.event({ event: 'done', ...drill }, () => drillText(drill, translator));
  }
  if (views.some(({ result }) => result === 'failed')) return exitCodes.mismatch;
  return views.length > 0 && views.every(({ result }) => result === 'passed') ? exitCodes.done : exitCodes.failed;
}

export function recoveryCommands(environment: Environment): readonly Command<AppContext>[] {
  return [statusCommand, backupCommand, drillCommand, restoreOwnCommand(environment)];
}

/** A kit that nobody tried is no kit. @throws KuraError mismatch `app.kit-of-other-key` */
async function requireOwnKit(file: string, needed: string): Promise<void> {
  const { id } = masterKeyOf(masterKeyInKit(await readFile(file, 'utf8')));
  if (id !== needed) throw new KuraError('mismatch', 'app.kit-of-other-key', { params: { id, needed } });
}
