import { resolve } from 'node:path';
import { z } from 'zod';

import { initVault } from '#engines/vault';
import { KuraError } from '#kernel/errors';
import type { Command } from '#platform/cli';

import { readPassphrase } from '../../core/vaults/read-passphrase.ts';
import { closeStorage, isAddress, openStorageAt } from '../../core/vaults/repository-place.ts';
import { defineVaultCommand, repositoryInput, repositoryOptions, type VaultCommandDeps } from './vault-command.ts';

const input = z.strictObject({
  ...repositoryInput,
  /** `false` is `--no-encryption`. */
  encryption: z.union([z.enum(['aes256', 'none']), z.boolean()]).default('aes256'),
  appendOnly: z.boolean().default(false),
});

export function initCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'init'],
    options: [
      ...repositoryOptions,
      { flags: '--encryption <kind>' },
      { flags: '--no-encryption' },
      { flags: '--append-only' },
    ],
    input,
    async run({ repo, passphraseFile, encryption: asked, appendOnly }, { globals, out, translator }) {
      const open = asked === false || asked === 'none';
      const passphrase = open ? undefined : await choosePassphrase(passphraseFile, deps);
      if (open && passphraseFile !== undefined) throw new KuraError('invalid', 'backups.passphrase-contradiction');
      const storage = await openStorageAt(repo, deps.storages(globals));
      await using _open = { [Symbol.asyncDispose]: () => closeStorage(storage) };
      const made = await initVault({
        storage,
        encryption: open ? 'none' : 'aes256',
        appendOnly,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      const repository = isAddress(repo) ? repo : resolve(repo);
      out.result({ repository, id: made.id, encryption: made.encryption }, () =>
        translator.text(open ? 'cli.vault.init.done-open' : 'cli.vault.init.done', { repository }),
      );
      return 0;
    },
  });
}

async function choosePassphrase(file: string | undefined, deps: VaultCommandDeps): Promise<string> {
  const passphrase = await readPassphrase({ file, fromEnvironment: deps.passphrase });
  if (passphrase === undefined) throw new KuraError('invalid', 'backups.passphrase-needed');
  return passphrase;
}
