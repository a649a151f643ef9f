import { z } from 'zod';

import type { ConflictRule, RestoreResult } from '#engines/vault';
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
  exclude: z.array(z.string().min(1)).optional(),
  overwrite: z.boolean().default(false),
  overwriteOlder: z.boolean().default(false),
  keepBoth: z.boolean().default(false),
  skipExisting: z.boolean().default(false),
  deleteExtra: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  owners: z.enum(['keep', 'mine']).optional(),
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
      { flags: '--exclude <pattern...>' },
      { flags: '--overwrite' },
      { flags: '--overwrite-older' },
      { flags: '--keep-both' },
      { flags: '--skip-existing' },
      { flags: '--delete-extra' },
      { flags: '--dry-run' },
      { flags: '--owners <whose>' },
      { flags: '--verify' },
    ],
    input,
    async run({ snapshot, target, include, exclude, verify, deleteExtra, dryRun, owners, ...rest }, context) {
      const { out, signal, translator } = context;
      const { overwrite, overwriteOlder, keepBoth, skipExisting, ...place } = rest;
      const conflict = conflictRule({ overwrite, newer: overwriteOlder, rename: keepBoth, skip: skipExisting });
      await using vault = await openRepository(place, deps, context);
      const done = await vault.restore({
        snapshot,
        target,
        conflict,
        verify,
        deleteExtra,
        dryRun,
        signal,
        ...(include === undefined ? {} : { include }),
        ...(exclude === undefined ? {} : { exclude }),
        ...(owners === undefined ? {} : { owners }),
        onProgress: ({ files, bytes, totalFiles, totalBytes, path }) =>
          out.progress(() =>
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
      return report(done, { target, dryRun }, context);
    },
  });
}

/** One rule at most; none means that nothing may be in the way. */
function conflictRule(asked: Readonly<Record<Exclude<ConflictRule, 'refuse'>, boolean>>): ConflictRule {
  const rules = (['overwrite', 'newer', 'rename', 'skip'] as const).filter((rule) => asked[rule]);
  if (rules.length > 1) throw new KuraError('invalid', 'backups.restore-contradiction');
  return rules[0] ?? 'refuse';
}

interface Purpose {
  readonly target: string;
  readonly dryRun: boolean;
}

function report(done: RestoreResult, purpose: Purpose, context: Parameters<typeof noteSome>[1]): number {
  const { out, translator } = context;
  const problems = done.problems.map(({ path, error }) => ({ path, ...faultOf(error, translator) }));
  const notes = done.notes.map((note) => ({ ...note, message: translator.text(note.code, { ...note }) }));
  noteSome(
    [...problems.map(({ path, message }) => `${path}: ${message}`), ...notes.map(({ message }) => message)],
    context,
  );
  for (const path of done.torn.slice(0, 1)) {
    out.warn(translator.text('cli.vault.restore.torn', { path, count: done.torn.length }));
  }
  const { files, bytes, seconds, skipped, torn, result, unchanged, renamed, deleted, deletedPaths } = done;
  const counts = { files, bytes, seconds, snapshot: done.snapshot.id, unchanged, skipped, renamed, deleted };
  out.result({ ...counts, deletedPaths, torn, result, dryRun: purpose.dryRun, notes, problems }, () =>
    [sentenceOf(done, purpose, translator), ...deletedPaths.map((path) => `  - ${path}`)].join('\n'),
  );
  if (done.problems.length === 0) return exitCodes.done;
  return done.problems.some(({ error }) => error.kind === 'mismatch') ? exitCodes.mismatch : exitCodes.partlyDone;
}

function sentenceOf(done: RestoreResult, { target, dryRun }: Purpose, translator: Translator): string {
  const whole = done.result === 'complete' ? 'cli.vault.restore.done' : 'cli.vault.restore.partial';
  return translator.text(dryRun ? 'cli.vault.restore.rehearsed' : whole, {
    files: translator.number(done.files),
    bytes: translator.bytes(done.bytes),
    seconds: translator.number(Math.round(done.seconds * 10) / 10),
    target,
    unchanged: translator.number(done.unchanged),
    skipped: translator.number(done.skipped),
    deleted: translator.number(done.deleted),
    problems: translator.number(done.problems.length),
  });
}
