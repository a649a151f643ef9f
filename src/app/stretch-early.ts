/**
 * `kura encrypt` and `kura decrypt` with a passphrase in a file: it is stretched before the program is loaded, for the memory
 * of both at once is over what these commands may take. Whatever looks odd is left to the commands, which say what is wrong.
 */
import { open, readFile } from 'node:fs/promises';

import { passphraseIn, scryptSaltBytes, stretchAhead } from '#kernel/stretch-passphrase';
import { KIB } from '#kernel/units';

/** Longer than what stands before the slots of any file that needs a passphrase alone. */
const beginningBytes = 16 * KIB;
const mostWork = 18;

export async function stretchEarly(argv: readonly string[]): Promise<void> {
  const [command] = argv;
  const passphraseFile = valueOf(argv, '--passphrase-file');
  if (passphraseFile === undefined) return;
  try {
    if (command === 'encrypt' && ['standard', 'maximum'].includes(valueOf(argv, '--level') ?? '')) {
      await stretchAhead(await passphraseAt(passphraseFile));
    } else if (command === 'decrypt') {
      await stretchFor(await passphraseAt(passphraseFile), argv);
    }
  } catch {
    // A file that cannot be read: the command asks for it again.
  }
}

async function passphraseAt(path: string): Promise<string> {
  return passphraseIn(await readFile(path, 'utf8'));
}

async function stretchFor(passphrase: string, argv: readonly string[]): Promise<void> {
  for (const path of argv.slice(1).filter((word) => !word.startsWith('--'))) {
    const stanza = stanzaIn(await beginningOf(path).catch(() => ''));
    if (stanza !== undefined) return await stretchAhead(passphrase, stanza);
  }
}

/** The salt and work of a sealed file's passphrase, as `KURA-SEALED/1` and age write them. */
function stanzaIn(beginning: string): { readonly salt: Uint8Array; readonly workFactor: number } | undefined {
  if (!beginning.startsWith('KURA-SEALED/1\n')) return undefined;
  const [, age = ''] = /"for":"passphrase","age":"([A-Za-z0-9+/=]+)"/.exec(beginning) ?? [];
  const text = Buffer.from(age, 'base64').toString('latin1');
  const [, salt = '', work = ''] = /^-> scrypt ([A-Za-z0-9+/]{22}) (\d\d?)$/m.exec(text) ?? [];
  const bytes = Buffer.from(salt, 'base64');
  const workFactor = Number(work);
  return bytes.byteLength === scryptSaltBytes && workFactor > 0 && workFactor <= mostWork
    ? { salt: bytes, workFactor }
    : undefined;
}

async function beginningOf(path: string): Promise<string> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(beginningBytes), 0, beginningBytes, 0);
  return buffer.subarray(0, bytesRead).toString('latin1');
}

function valueOf(argv: readonly string[], option: string): string | undefined {
  const index = argv.findIndex((word) => word === option || word.startsWith(`${option}=`));
  return index < 0 ? undefined : (argv[index]?.split('=')[1] ?? argv[index + 1]);
}
