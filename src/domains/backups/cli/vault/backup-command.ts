import { z } from 'zod';

import type { BackupResult } from '#engines/vault';
import { type Command, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import {
  defineVaultCommand,
  noteSome,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

const input = z.strictObject({
  ...repositoryInput,
  source: z.string().min(1),
  tag: z.array(z.string().min(1)).default([]),
  exclude: z.array(z.string().min(1)).default([]),
});

export function backupCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'backup'],
    arguments: [{ name: 'source', required: true }],
    options: [...repositoryOptions, { flags: '--tag <tag...>' }, { flags: '--exclude <pattern...>' }],
    input,
    async run({ source, tag, exclude, ...place }, context) {
      const { out, signal, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const done = await vault.backup({
        source,
        tags: tag,
        exclude,
        signal,
        onProgress: ({ files, bytes, newBytes, path }) =>
          out.progress(
            translator.text('cli.vault.backup.progress', {
              files: translator.number(files),
              bytes: translator.bytes(bytes),
              newBytes: translator.bytes(newBytes),
              path,
            }),
          ),
      });
      out.progress(undefined);
      const problems = done.problems.map(({ path, code, reason }) => ({
        path,
        code,
        message: translator.text(code, { path, reason }),
      }));
      noteSome(
        problems.map(({ message }) => message),
        context,
      );
      out.result(documentOf(done, problems), () => sentenceOf(done, translator));
      return done.result === 'complete' ? exitCodes.done : exitCodes.partlyDone;
    },
  });
}

function documentOf(done: BackupResult, problems: readonly object[]): object {
  const { files, bytes, newObjects, newBytes, readBytes, reusedFiles, seconds, result } = done;
  const snapshot = done.snapshot.id;
  return { snapshot, files, bytes, newObjects, newBytes, seconds, readBytes, reusedFiles, result, problems };
}

function sentenceOf(done: BackupResult, translator: Translator): string {
  return translator.text(done.result === 'complete' ? 'cli.vault.backup.done' : 'cli.vault.backup.partial', {
    snapshot: done.snapshot.id.slice(0, 12),
    files: translator.number(done.files),
    bytes: translator.bytes(done.bytes),
    newBytes: translator.bytes(done.newBytes),
    seconds: translator.number(Math.round(done.seconds * 10) / 10),
    problems: translator.number(done.problems.length),
  });
}
