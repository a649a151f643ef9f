import { resolve } from 'node:path';
import { z } from 'zod';

import { createLocalDiskStorage, initVault } from '#engines/vault';
import { KuraError } from '#kernel/errors';
import type { Command } from '#platform/cli';

import { readPassphrase } from '../../core/vaults/read-passphrase.ts';
import { defineVaultCommand, repositoryInput, repositoryOptions, type VaultCommandDeps } from './vault-command.ts';

const input = z.strictObject({
  ...repositoryInput,
  /** `false` is `--no-encryption`. */
  encryption: z.union([z.enum(['aes256', 'none']), z.boolean()]).default('aes256'),
});

export function initCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'init'],
    options: [...repositoryOptions, { flags: '--encryption <kind>' }, { flags: '--no-encryption' }],
    input,
    async run({ repo, passphraseFile, encryption: asked }, { out, translator }) {
      const open = asked === false || asked === 'none';
      const passphrase = open ? undefined : await choosePassphrase(passphraseFile, deps);
      if (open && passphraseFile !== undefined) throw new KuraError('invalid', 'backups.passphrase-contradiction');
      const made = await initVault({
        storage: createLocalDiskStorage({ folder: repo }),
        encryption: open ? 'none' : 'aes256',
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      const repository = resolve(repo);
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
