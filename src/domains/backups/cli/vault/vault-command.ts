/** What all vault commands have in common. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

import type { Vault, VaultKeyAccess } from '#engines/vault';
import { KuraError, toKuraError } from '#kernel/errors';
import { type CommandContext, defineCommand, type Globals, type Output } from '#platform/cli';
import { describeError, type Translator } from '#platform/i18n';
import type { SourceDeps } from '../../core/sources/open-source.ts';
import { openVaultAt } from '../../core/vaults/open-vault-at.ts';
import { readPassphrase } from '../../core/vaults/read-passphrase.ts';
import { closeStorage, openStorageAt } from '../../core/vaults/repository-place.ts';
import type { StorageOpener } from '../../ports.ts';

export interface VaultCommandDeps {
  /** Value of `KURA_VAULT_PASSPHRASE`; undefined when it is not set. */
  readonly passphrase: string | undefined;
  /** For repositories on servers. */
  readonly storages: (globals: Globals) => StorageOpener;
  /** For sources that are databases and programs. */
  readonly sources: Pick<SourceDeps, 'environment' | 'copySqlite'>;
}

export const defineVaultCommand = defineCommand<unknown>();
export const repositoryOptions = [{ flags: '--repo <place>' }, { flags: '--passphrase-file <path>' }];
export const repositoryInput = { repo: z.string().min(1), passphraseFile: z.string().min(1).optional() };
/** Of commands that make snapshots. */
export const signingOption = { flags: '--signing-key <path>' };
export const signingInput = { signingKey: z.string().min(1).optional() };

export interface RepositoryInput {
  readonly repo: string;
  readonly passphraseFile?: string | undefined;
  /** File with the private key that signs the snapshots made. */
  readonly signingKey?: string | undefined;
}

export async function openRepository(
  { repo, passphraseFile, signingKey }: RepositoryInput,
  deps: VaultCommandDeps,
  { signal, globals }: Pick<CommandContext<unknown>, 'signal' | 'globals'>,
): Promise<Vault> {
  const passphrase = await readPassphrase({ file: passphraseFile, fromEnvironment: deps.passphrase });
  const signing = signingKey === undefined ? {} : { signingKey: await readSigningKey(signingKey) };
  return await openVaultAt({ repository: repo, passphrase, signal, ...signing }, deps.storages(globals));
}

/** For what changes how the repository is opened. @throws as `requirePassphrase`. */
export async function keyAccessOf(
  { repo, passphraseFile }: RepositoryInput,
  deps: VaultCommandDeps,
  { signal, globals }: Pick<CommandContext<unknown>, 'signal' | 'globals'>,
): Promise<VaultKeyAccess & AsyncDisposable> {
  const passphrase = await requirePassphrase(passphraseFile, deps);
  const storage = await openStorageAt(repo, deps.storages(globals));
  return { storage, passphrase, signal, [Symbol.asyncDispose]: () => closeStorage(storage) };
}

/** From the file or the environment. @throws KuraError invalid `vault.passphrase-missing`, and as `readPassphrase`. */
export async function requirePassphrase(file: string | undefined, deps: VaultCommandDeps): Promise<string> {
  const passphrase = await readPassphrase({ file, fromEnvironment: deps.passphrase });
  if (passphrase === undefined) throw new KuraError('invalid', 'vault.passphrase-missing');
  return passphrase;
}

async function readSigningKey(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    const params = { path, reason: toKuraError(cause).message };
    throw new KuraError('invalid', 'backups.signing-key-unreadable', { params, cause });
  });
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
