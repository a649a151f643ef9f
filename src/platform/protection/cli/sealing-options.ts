/** The options of every command that seals or opens a file. */
import { z } from 'zod';

import { type SealingKeys, type SealingLevel, sealingLevels } from '#engines/sealing';
import type { CommandContext } from '#platform/cli';
import { readPassphrase } from '#platform/passphrases';

import { type OpenProtection, sealingKeys } from '../protection.ts';

/** What sealed files are called, after their own name. */
export const sealedEnding = '.kura';

export const passphraseOptions = [
  { flags: '--passphrase-file <path>' },
  { flags: '--passphrase-fd <number>' },
] as const;
export const recipientOptions = [{ flags: '--recipient <key...>' }, { flags: '--recipients-file <path...>' }] as const;

export const levelInput = z.enum(sealingLevels);
export const passphraseInput = {
  passphraseFile: z.string().min(1).optional(),
  passphraseFd: z.coerce.number().int().min(0).optional(),
};
export const recipientInput = {
  recipient: z.array(z.string().min(1)).optional(),
  recipientsFile: z.array(z.string().min(1)).optional(),
};

export interface SealingInput {
  readonly level: SealingLevel;
  readonly passphraseFile?: string | undefined;
  readonly passphraseFd?: number | undefined;
  readonly recipient?: readonly string[] | undefined;
  readonly recipientsFile?: readonly string[] | undefined;
}

type Asker = Pick<CommandContext<unknown>, 'translator' | 'signal'>;

/** Keys for a level, as options name them; a person at a terminal is asked for a passphrase where one is missing. */
export async function sealingKeysFor(open: OpenProtection, input: SealingInput, asker: Asker): Promise<SealingKeys> {
  const { level } = input;
  const passphrase = level === 'standard' || level === 'maximum' ? await newPassphrase(input, asker) : undefined;
  return sealingKeys(open, {
    level,
    passphrase,
    recipients: input.recipient,
    recipientsFiles: input.recipientsFile,
  });
}

function newPassphrase(input: SealingInput, { translator, signal }: Asker): Promise<string | undefined> {
  const question = translator.text('passphrases.new');
  return readPassphrase(input, { question, again: translator.text('passphrases.again'), signal });
}
