/** Where passphrases come from: a file that is named, or the environment. They are never stored and never logged. */
import { readFile } from 'node:fs/promises';

import { KuraError, toKuraError } from '#kernel/errors';

export interface PassphraseWish {
  /** Wins over the environment when both are there. */
  readonly file: string | undefined;
  /** Value of `KURA_VAULT_PASSPHRASE`. */
  readonly fromEnvironment: string | undefined;
}

/**
 * The passphrase without the line end that editors add; undefined when none was given.
 * @throws KuraError invalid `backups.passphrase-file-unreadable` | `backups.passphrase-file-empty`.
 */
export async function readPassphrase({ file, fromEnvironment }: PassphraseWish): Promise<string | undefined> {
  if (file === undefined) return fromEnvironment === '' ? undefined : fromEnvironment;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const params = { path: file, reason: toKuraError(cause).message };
    throw new KuraError('invalid', 'backups.passphrase-file-unreadable', { params, cause });
  });
  const passphrase = text.replace(/\r?\n$/, '');
  if (passphrase === '') throw new KuraError('invalid', 'backups.passphrase-file-empty', { params: { path: file } });
  return passphrase;
}
