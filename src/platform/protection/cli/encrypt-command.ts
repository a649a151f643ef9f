/** `kura encrypt`: a file that only the keys of its level open. The original stays. */
import { z } from 'zod';

import { sealFile } from '#engines/sealing';
import type { Command } from '#platform/cli';

import { defineProtectionCommand, type ProtectionServices } from './protection-services.ts';
import {
  levelInput,
  passphraseInput,
  passphraseOptions,
  recipientInput,
  recipientOptions,
  sealedEnding,
  sealingKeysFor,
} from './sealing-options.ts';

export const encryptCommand: Command<ProtectionServices> = defineProtectionCommand({
  words: ['encrypt'],
  arguments: [{ name: 'file', required: true }],
  options: [{ flags: '--level <level>' }, { flags: '--out <path>' }, ...passphraseOptions, ...recipientOptions],
  input: z.strictObject({
    file: z.string().min(1),
    level: levelInput,
    out: z.string().min(1).optional(),
    ...passphraseInput,
    ...recipientInput,
  }),
  run: async (input, { open, out, translator, signal }) => {
    const keys = await sealingKeysFor(open, input, { translator, signal });
    const target = input.out ?? `${input.file}${sealedEnding}`;
    const { level, bytes } = await sealFile({ source: input.file, target, signal }, keys);
    out.result({ out: target, level, bytes }, () =>
      translator.text('cli.encrypt.done', { out: target, level, bytes: translator.number(bytes) }),
    );
    return undefined;
  },
});
