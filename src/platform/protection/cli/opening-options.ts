/** The options of every command that opens sealed files, and when a person is asked for a passphrase. */
import { z } from 'zod';

import { isKuraError } from '#kernel/errors';
import type { CommandContext } from '#platform/cli';
import { type PassphraseWish, readPassphrase } from '#platform/passphrases';

export const identityOptions = [
  { flags: '--identity-file <path...>' },
  { flags: '--signer <fingerprint...>' },
] as const;
export const identityInput = {
  identityFile: z.array(z.string().min(1)).optional(),
  signer: z.array(z.string().regex(/^[0-9a-f]{16}$/)).optional(),
};

type Asker = Pick<CommandContext<unknown>, 'translator' | 'signal'>;

/** A person at a terminal is asked for the passphrase only when the file turns out to need one. */
export async function withPassphrase<Result>(
  wish: PassphraseWish,
  { translator, signal }: Asker,
  attempt: (passphrase: string | undefined) => Promise<Result>,
): Promise<Result> {
  const given = wish.passphraseFile !== undefined || wish.passphraseFd !== undefined;
  const prompt = { question: translator.text('passphrases.wanted'), signal };
  try {
    return await attempt(given ? await readPassphrase(wish, prompt) : undefined);
  } catch (error) {
    if (given || !isKuraError(error) || error.code !== 'sealing.passphrase-missing') throw error;
    const typed = await readPassphrase(wish, prompt);
    if (typed === undefined) throw error;
    return await attempt(typed);
  }
}
