/**
 * `kura encrypt` and `kura decrypt` with a passphrase: it is read and stretched before the program is loaded, for the memory of
 * both at once is over what these commands may take. Whatever looks odd is left to the commands, which say what is wrong.
 */
import { open } from 'node:fs/promises';

import { scryptSaltBytes, stretchAhead } from '#kernel/stretch-passphrase';
import { KIB } from '#kernel/units';
import type { PassphraseWish } from '#platform/passphrases';
import { optionValue } from './option-value.ts';

/** Longer than what stands before the slots of any file that needs a passphrase alone. */
const beginningBytes = 16 * KIB;
const mostWork = 18;

interface Stanza {
  readonly salt: Uint8Array;
  readonly workFactor: number;
}

export async function stretchEarly(argv: readonly string[]): Promise<void> {
  const [command] = argv;
  if (argv.includes('--help') || argv.includes('-h')) return;
  try {
    if (command === 'encrypt' && ['standard', 'maximum'].includes(optionValue(argv, '--level') ?? '')) {
      await stretchGiven(argv, { isNew: true });
    } else if (command === 'decrypt') {
      const stanza = await stanzaOf(argv);
      if (stanza !== undefined) await stretchGiven(argv, { isNew: false, stanza });
    }
  } catch {
    // What cannot be read, or was typed twice and not the same: the command says so.
  }
}

interface Stretching {
  readonly isNew: boolean;
  readonly stanza?: Stanza;
}

async function stretchGiven(argv: readonly string[], { isNew, stanza }: Stretching): Promise<void> {
  const { readPassphraseAhead } = await import('#platform/passphrases');
  const wish = wishOf(argv);
  const isGiven = wish.passphraseFile !== undefined || wish.passphraseFd !== undefined;
  const asking = isGiven || !process.stdin.isTTY ? { question: '' } : await questions(argv, isNew);
  const passphrase = await readPassphraseAhead(wish, { ...asking, signal: new AbortController().signal });
  if (passphrase !== undefined) await stretchAhead(passphrase, stanza);
}

function wishOf(argv: readonly string[]): PassphraseWish {
  const descriptor = optionValue(argv, '--passphrase-fd');
  return {
    passphraseFile: optionValue(argv, '--passphrase-file'),
    passphraseFd: descriptor === undefined ? undefined : Number(descriptor),
  };
}

async function questions(argv: readonly string[], isNew: boolean) {
  const { passphraseQuestions } = await import('./passphrase-questions.ts');
  return passphraseQuestions(argv, isNew);
}

async function stanzaOf(argv: readonly string[]): Promise<Stanza | undefined> {
  for (const path of argv.slice(1).filter((word) => !word.startsWith('--'))) {
    const stanza = stanzaIn(await beginningOf(path).catch(() => ''));
    if (stanza !== undefined) return stanza;
  }
  return undefined;
}

/** The salt and work of a sealed file's passphrase, as `KURA-SEALED/1` and age write them. */
function stanzaIn(beginning: string): Stanza | undefined {
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
