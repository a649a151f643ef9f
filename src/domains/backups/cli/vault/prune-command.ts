import { z } from 'zod';

import type { PruneResult } from '#engines/vault';
import { type Command, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import {
  defineVaultCommand,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

export function pruneCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'prune'],
    options: [...repositoryOptions, { flags: '--dry-run' }],
    input: z.strictObject({ ...repositoryInput, dryRun: z.boolean().default(false) }),
    async run({ dryRun, ...place }, context) {
      const { out, signal, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const done = await vault.prune({
        dryRun,
        signal,
        onProgress: ({ repackedBytes, totalRepackedBytes, removedFiles, totalFiles }) =>
          out.progress(() =>
            translator.text('cli.vault.prune.progress', {
              bytes: translator.bytes(repackedBytes),
              totalBytes: translator.bytes(totalRepackedBytes),
              files: translator.number(removedFiles),
              totalFiles: translator.number(totalFiles),
            }),
          ),
      });
      out.progress(undefined);
      for (const object of done.damaged) out.warn(`✖ ${translator.text('cli.vault.prune.damaged', { object })}`);
      out.result(done, () => pruneSentence(done, translator));
      return done.damaged.length === 0 ? exitCodes.done : exitCodes.partlyDone;
    },
  });
}

export function pruneSentence(done: PruneResult, translator: Translator): string {
  const sentence = translator.text(done.dryRun ? 'cli.vault.prune.would' : 'cli.vault.prune.done', {
    objects: translator.number(done.removedObjects),
    files: translator.number(done.removedFiles),
    bytes: translator.bytes(done.freedBytes),
    repacked: translator.bytes(done.repackedBytes),
    kept: translator.bytes(done.keptUnusedBytes),
  });
  return done.retained.length === 0 ? sentence : `${sentence}\n${retainedSentence(done, translator)}`;
}

/** Until when the storage gives nothing up. */
export function retainedSentence({ retained }: Pick<PruneResult, 'retained'>, translator: Translator): string {
  const until = retained.map((each) => each.until).toSorted();
  return translator.text('cli.vault.retained', {
    files: translator.number(retained.length),
    until: until.at(-1) ?? '',
  });
}
