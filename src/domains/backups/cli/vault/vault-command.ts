/** What all vault commands have in common. */
import { z } from 'zod';

import type { Vault } from '#engines/vault';
import type { KuraError } from '#kernel/errors';
import { type CommandContext, defineCommand, type Output } from '#platform/cli';
import { describeError, type Translator } from '#platform/i18n';

import { openLocalVault } from '../../core/vaults/open-local-vault.ts';
import { readPassphrase } from '../../core/vaults/read-passphrase.ts';

export interface VaultCommandDeps {
  /** Value of `KURA_VAULT_PASSPHRASE`; undefined when it is not set. */
  readonly passphrase: string | undefined;
}

export const defineVaultCommand = defineCommand<unknown>();
export const repositoryOptions = [{ flags: '--repo <dir>' }, { flags: '--passphrase-file <path>' }];
export const repositoryInput = { repo: z.string().min(1), passphraseFile: z.string().min(1).optional() };

export interface RepositoryInput {
  readonly repo: string;
  readonly passphraseFile?: string | undefined;
}

export async function openRepository(
  { repo, passphraseFile }: RepositoryInput,
  deps: VaultCommandDeps,
  { signal }: Pick<CommandContext<unknown>, 'signal'>,
): Promise<Vault> {
  const passphrase = await readPassphrase({ file: passphraseFile, fromEnvironment: deps.passphrase });
  return openLocalVault({ repository: repo, passphrase, signal });
}

export interface Fault {
  readonly code: string;
  readonly message: string;
}

export function faultOf(error: KuraError, translator: Translator): Fault {
  const { code, title } = describeError(error, translator);
  return { code, message: title };
}

/** For people; the JSON document has all of them. */
const mostShown = 20;

export function noteSome(lines: readonly string[], { out, translator }: Shown): void {
  for (const line of lines.slice(0, mostShown)) out.warn(`  ${line}`);
  if (lines.length > mostShown) {
    out.warn(`  ${translator.text('backups.and-more', { count: translator.number(lines.length - mostShown) })}`);
  }
}

interface Shown {
  readonly out: Output;
  readonly translator: Translator;
}
