/** `kura decrypt`: the content of a sealed file, verified to its last byte before it has a name. */
import { z } from 'zod';

import { openFile } from '#engines/sealing';
import { KuraError } from '#kernel/errors';
import type { Command, CommandContext } from '#platform/cli';

import { openingKeys } from '../protection.ts';
import { identityInput, identityOptions, withPassphrase } from './opening-options.ts';
import { defineProtectionCommand, type ProtectionServices } from './protection-services.ts';
import { levelInput, passphraseInput, passphraseOptions, sealedEnding } from './sealing-options.ts';

const inputSchema = z.strictObject({
  file: z.string().min(1),
  level: levelInput.optional(),
  out: z.string().min(1).optional(),
  ...identityInput,
  ...passphraseInput,
});
type Input = z.output<typeof inputSchema>;

export const decryptCommand: Command<ProtectionServices> = defineProtectionCommand({
  words: ['decrypt'],
  arguments: [{ name: 'file', required: true }],
  options: [{ flags: '--level <level>' }, { flags: '--out <path>' }, ...passphraseOptions, ...identityOptions],
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

async function opened(input: Input, target: string, context: CommandContext<ProtectionServices>) {
  const pair = { source: input.file, target, signal: context.signal };
  return await withPassphrase(input, context, async (passphrase) => {
    const files = { passphrase, identityFiles: input.identityFile, signers: input.signer };
    return await openFile(pair, openingKeys(context.open, files), input.level);
  });
}

function plainName(file: string): string {
  if (file.endsWith(sealedEnding)) return file.slice(0, -sealedEnding.length);
  throw new KuraError('invalid', 'protection.out-missing');
}
