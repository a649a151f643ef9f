import { z } from 'zod';

import type { RepairResult, Vault } from '#engines/vault';
import { type Command, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import { describeProblem, tellReading } from './examination.ts';
import {
  defineVaultCommand,
  noteSome,
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
  from: z.string().min(1).optional(),
  fromPassphraseFile: z.string().min(1).optional(),
  fromSource: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

export function repairCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'repair'],
    options: [
      ...repositoryOptions,
      { flags: '--from <dir>' },
      { flags: '--from-passphrase-file <path>' },
      { flags: '--from-source' },
      { flags: '--dry-run' },
      signingOption,
    ],
    input,
    async run({ from, fromPassphraseFile, fromSource, dryRun, ...place }, context) {
      const { out, signal, translator } = context;
      await using vault = await openRepository(place, deps, context);
      await using helper =
        from === undefined
          ? undefined
          : await openRepository(
              { repo: from, passphraseFile: fromPassphraseFile ?? place.passphraseFile },
              deps,
              context,
            );
      const done = await vault.repair({
        fromSource,
        dryRun,
        signal,
        ...helperOf(helper),
        onProgress: tellReading(context),
      });
      out.progress(undefined);
      const remaining = done.remaining.map((problem) => describeProblem(problem, translator));
      noteSome(
        remaining.map(({ message }) => message),
        context,
      );
      const errors = done.errors.map((problem) => describeProblem(problem, translator));
      out.result({ ...done, errors, remaining }, () => sentenceOf(done, translator));
      return remaining.length === 0 ? exitCodes.done : exitCodes.mismatch;
    },
  });
}

function helperOf(helper: Vault | undefined): { readonly from?: Vault } {
  return helper === undefined ? {} : { from: helper };
}

function sentenceOf(done: RepairResult, translator: Translator): string {
  if (done.errors.length === 0) return translator.text('cli.vault.repair.sound');
  return translator.text(done.dryRun ? 'cli.vault.repair.would' : 'cli.vault.repair.done', {
    errors: translator.number(done.errors.length),
    healed: translator.number(done.healed.length),
    rebuilt: translator.number(done.rebuilt.length),
    remaining: translator.number(done.remaining.length),
  });
}
