import { z } from 'zod';

import type { CopyResult } from '#engines/vault';
import { type Command, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import {
  defineVaultCommand,
  faultOf,
  openRepository,
  repositoryInput,
  repositoryOptions,
  signingInput,
  signingOption,
  type VaultCommandDeps,
} from './vault-command.ts';

const input = z.strictObject({
  ...repositoryInput,
  ...signingInput,
  snapshots: z.array(z.string().min(1)).default([]),
  to: z.string().min(1),
  toPassphraseFile: z.string().min(1).optional(),
});

export function copyCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'copy'],
    arguments: [{ name: 'snapshots', variadic: true }],
    options: [...repositoryOptions, { flags: '--to <place>' }, { flags: '--to-passphrase-file <path>' }, signingOption],
    input,
    async run({ snapshots, to, toPassphraseFile, signingKey, ...place }, context) {
      const { out, signal, translator } = context;
      await using from = await openRepository(place, deps, context);
      const target = { repo: to, passphraseFile: toPassphraseFile ?? place.passphraseFile, signingKey };
      await using other = await openRepository(target, deps, context);
      const done = await from.copyTo(other, {
        signal,
        ...(snapshots.length === 0 ? {} : { snapshots }),
        onProgress: ({ snapshots: copied, totalSnapshots, files, readBytes, newBytes }) =>
          out.progress(() =>
            translator.text('cli.vault.copy.progress', {
              snapshots: translator.number(copied),
              totalSnapshots: translator.number(totalSnapshots),
              files: translator.number(files),
              bytes: translator.bytes(readBytes),
              newBytes: translator.bytes(newBytes),
            }),
          ),
      });
      out.progress(undefined);
      const failed = done.failed.map(({ snapshot, error }) => ({ snapshot, ...faultOf(error, translator) }));
      for (const { snapshot, message } of failed) out.warn(`✖ ${snapshot.slice(0, 12)}: ${message}`);
      out.result({ ...done, failed }, () => sentenceOf(done, translator));
      return failed.length === 0 ? exitCodes.done : exitCodes.partlyDone;
    },
  });
}

function sentenceOf(done: CopyResult, translator: Translator): string {
  return translator.text('cli.vault.copy.done', {
    copied: translator.number(done.copied.length),
    present: translator.number(done.present.length),
    failed: translator.number(done.failed.length),
    newBytes: translator.bytes(done.newBytes),
    seconds: translator.number(Math.round(done.seconds * 10) / 10),
  });
}
