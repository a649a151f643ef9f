/** `kura decrypt`: the content of a sealed file, verified to its last byte before it has a name. */
import { z } from 'zod';

import { openFile } from '#engines/sealing';
import { isKuraError, KuraError } from '#kernel/errors';
import type { Command, CommandContext } from '#platform/cli';

import { openingKeys } from '../protection.ts';
import { readPassphrase } from '../read-passphrase.ts';
import { sealedEnding } from './encrypt-command.ts';
import { defineProtectionCommand, type ProtectionServices } from './protection-services.ts';
import { levelInput, passphraseInput, passphraseOptions } from './sealing-options.ts';

const inputSchema = z.strictObject({
  file: z.string().min(1),
  level: levelInput.optional(),
  out: z.string().min(1).optional(),
  identityFile: z.array(z.string().min(1)).optional(),
  signer: z.array(z.string().regex(/^[0-9a-f]{16}$/)).optional(),
  ...passphraseInput,
});
type Input = z.output<typeof inputSchema>;

export const decryptCommand: Command<ProtectionServices> = defineProtectionCommand({
  words: ['decrypt'],
  arguments: [{ name: 'file', required: true }],
  options: [
    { flags: '--level <level>' },
    { flags: '--out <path>' },
    ...passphraseOptions,
    { flags: '--identity-file <path...>' },
    { flags: '--signer <fingerprint...>' },
  ],
  input: inputSchema,
  run: async (input, context) => {
    const { out, translator } = context;
    const target = input.out ?? plainName(input.file);
    const { level, bytes, signer } = await opened(input, target, context);
    out.result({ out: target, level, bytes, ...(signer === undefined ? {} : { signer }) }, () =>
      translator.text(signer === undefined ? 'cli.decrypt.done' : 'cli.decrypt.done-signed', {
        out: target,
        level,
        bytes: translator.number(bytes),
        signer,
      }),
    );
    return undefined;
  },
});

/** A person at a terminal is asked for the passphrase only when the file turns out to need one. */
async function opened(input: Input, target: string, { open, translator, signal }: CommandContext<ProtectionServices>) {
  const services = await open();
  const pair = { source: input.file, target, signal };
  async function attempt(passphrase: string | undefined) {
    const files = { passphrase, identityFiles: input.identityFile, signers: input.signer };
    return await openFile(pair, await openingKeys(services, files), input.level);
  }
  const given = input.passphraseFile !== undefined || input.passphraseFd !== undefined;
  const prompt = { question: translator.text('protection.passphrase'), signal };
  try {
    return await attempt(given ? await readPassphrase(input, prompt) : undefined);
  } catch (error) {
    if (given || !isKuraError(error) || error.code !== 'sealing.passphrase-missing') throw error;
    const typed = await readPassphrase(input, prompt);
    if (typed === undefined) throw error;
    return await attempt(typed);
  }
}

function plainName(file: string): string {
  if (file.endsWith(sealedEnding)) return file.slice(0, -sealedEnding.length);
  throw new KuraError('invalid', 'protection.out-missing');
}
