/** Where passphrases come from: a file, a file descriptor, or a person at a terminal. Never an argument, which others can see. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { KuraError, toKuraError } from '#kernel/errors';
import { normalPassphrase, passphraseIn } from '#kernel/stretch-passphrase';

export interface PassphraseWish {
  readonly passphraseFile?: string | undefined;
  readonly passphraseFd?: number | undefined;
}

export interface PassphrasePrompt {
  readonly question: string;
  /** Asked besides when a new passphrase is chosen, for nobody sees what they type. */
  readonly again?: string | undefined;
  readonly signal: AbortSignal;
}

/** What was read before the program was loaded: a descriptor gives its content once, and a person is asked once. */
const readAhead = new Map<string, Promise<string | undefined>>();

/** As `readPassphrase`, whose next call with the same wish gets the same answer, or the same error. */
export async function readPassphraseAhead(wish: PassphraseWish, prompt: PassphrasePrompt): Promise<string | undefined> {
  const answer = readNow(wish, prompt);
  readAhead.set(placeOf(wish), answer);
  return await answer;
}

/**
 * The passphrase in its normal form; undefined where none is given and nobody is at the terminal.
 * @throws KuraError invalid `passphrases.unreadable`, `passphrases.differ`
 */
export async function readPassphrase(wish: PassphraseWish, prompt: PassphrasePrompt): Promise<string | undefined> {
  const place = placeOf(wish);
  const answer = readAhead.get(place);
  readAhead.delete(place);
  return await (answer ?? readNow(wish, prompt));
}

function placeOf({ passphraseFile, passphraseFd }: PassphraseWish): string {
  return passphraseFile === undefined ? `descriptor ${passphraseFd ?? 'of the terminal'}` : `file ${passphraseFile}`;
}

async function readNow(wish: PassphraseWish, prompt: PassphrasePrompt): Promise<string | undefined> {
  const given = wish.passphraseFile ?? wish.passphraseFd;
  if (given !== undefined) return fromFile(given);
  if (!process.stdin.isTTY) return undefined;
  const first = await ask(prompt.question, prompt.signal);
  if (prompt.again !== undefined && (await ask(prompt.again, prompt.signal)) !== first) {
    throw new KuraError('invalid', 'passphrases.differ');
  }
  return first === '' ? undefined : normalPassphrase(first);
}

function fromFile(place: string | number): string {
  try {
    const passphrase = passphraseIn(readFileSync(place, 'utf8'));
    if (passphrase !== '') return passphrase;
  } catch (cause) {
    const params = { path: String(place), reason: toKuraError(cause).message };
    throw new KuraError('invalid', 'passphrases.unreadable', { params, cause });
  }
  throw new KuraError('invalid', 'sealing.passphrase-missing');
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(`${question} `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  using terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question('', { signal });
  } finally {
    process.stderr.write('\n');
  }
}
