import { z } from 'zod';

import type { RestoreResult } from '#engines/vault';
import { KuraError } from '#kernel/errors';
import { type Command, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import {
  defineVaultCommand,
  faultOf,
  noteSome,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

const input = z.strictObject({
  ...repositoryInput,
  snapshot: z.string().min(1),
  target: z.string().min(1),
  include: z.array(z.string().min(1)).optional(),
  overwrite: z.boolean().default(false),
  skipExisting: z.boolean().default(false),
  verify: z.boolean().default(false),
});

export function restoreCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'restore'],
    arguments: [{ name: 'snapshot', required: true }],
    options: [
      ...repositoryOptions,
      { flags: '--target <dir>' },
      { flags: '--include <pattern...>' },
      { flags: '--overwrite' },
      { flags: '--skip-existing' },
      { flags: '--verify' },
    ],
    input,
    async run({ snapshot, target, include, verify, overwrite, skipExisting, ...place }, context) {
      const { out, signal, translator } = context;
      const conflict = conflictRule(overwrite, skipExisting);
      await using vault = await openRepository(place, deps, context);
      const done = await vault.restore({
        snapshot,
        target,
        conflict,
        verify,
        signal,
        ...(include === undefined ? {} : { include }),
        onProgress: ({ files, bytes, totalFiles, totalBytes, path }) =>
          out.progress(
            translator.text('cli.vault.restore.progress', {
              files: translator.number(files),
              totalFiles: translator.number(totalFiles),
              bytes: translator.bytes(bytes),
              totalBytes: translator.bytes(totalBytes),
              path,
            }),
          ),
      });
      out.progress(undefined);
      return report(done, target, context);
    },
  });
}

function conflictRule(overwrite: boolean, skipExisting: boolean): 'refuse' | 'overwrite' | 'skip' {
  if (overwrite && skipExisting) throw new KuraError('invalid', 'backups.restore-contradiction');
  if (overwrite) return 'overwrite';
  return skipExisting ? 'skip' : 'refuse';
}

function report(done: RestoreResult, target: string, context: Parameters<typeof noteSome>[1]): number {
  const { out, translator } = context;
  const problems = done.problems.map(({ path, error }) => ({ path, ...faultOf(error, translator) }));
  noteSome(
    problems.map(({ path, message }) => `${path}: ${message}`),
    context,
  );
  for (const path of done.torn.slice(0, 1)) {
    out.warn(translator.text('cli.vault.restore.torn', { path, count: done.torn.length }));
  }
  const { files, bytes, seconds, skipped, torn, result } = done;
  out.result({ files, bytes, seconds, snapshot: done.snapshot.id, skipped, torn, result, problems }, () =>
    sentenceOf(done, target, translator),
  );
  if (done.problems.length === 0) return exitCodes.done;
  return done.problems.some(({ error }) => error.kind === 'mismatch') ? exitCodes.mismatch : exitCodes.partlyDone;
}

function sentenceOf(done: RestoreResult, target: string, translator: Translator): string {
  return translator.text(done.result === 'complete' ? 'cli.vault.restore.done' : 'cli.vault.restore.partial', {
    files: translator.number(done.files),
    bytes: translator.bytes(done.bytes),
    seconds: translator.number(Math.round(done.seconds * 10) / 10),
    target,
    skipped: translator.number(done.skipped),
    problems: translator.number(done.problems.length),
  });
}
