import { z } from 'zod';

import type { VerifyResult } from '#engines/vault';
import { type Command, exitCodes } from '#platform/cli';
import type { Translator } from '#platform/i18n';

import {
  defineVaultCommand,
  faultOf,
  noteSome,
  openRepository,
  repositoryInput,
  repositoryOptions,
  type VaultCommandDeps,
} from './vault-command.ts';

export function verifyCommand(deps: VaultCommandDeps): Command<unknown> {
  return defineVaultCommand({
    words: ['vault', 'verify'],
    options: [...repositoryOptions, { flags: '--read-data' }],
    input: z.strictObject({ ...repositoryInput, readData: z.boolean().default(false) }),
    async run({ readData, ...place }, context) {
      const { out, signal, translator } = context;
      await using vault = await openRepository(place, deps, context);
      const found = await vault.verify({
        readData,
        signal,
        onProgress: ({ objects, bytes, totalBytes, errors }) =>
          out.progress(
            translator.text('cli.vault.verify.progress', {
              objects: translator.number(objects),
              bytes: translator.bytes(bytes),
              totalBytes: translator.bytes(totalBytes),
              errors,
            }),
          ),
      });
      out.progress(undefined);
      const errors = found.errors.map(({ object, error, snapshots, files, affectedFiles }) => ({
        object,
        ...faultOf(error, translator),
        snapshots,
        files,
        affectedFiles,
      }));
      const notes = found.notes.map(({ code, params }) => ({ code, params, message: translator.text(code, params) }));
      noteSome(
        [...errors, ...notes].map(({ message }) => message),
        context,
      );
      const { objects, bytes, snapshots, seconds } = found;
      out.result({ objects, bytes, errors, notes, snapshots, seconds, readData }, () =>
        sentenceOf(found, readData, translator),
      );
      return errors.length === 0 ? exitCodes.done : exitCodes.mismatch;
    },
  });
}

function sentenceOf(found: VerifyResult, readData: boolean, translator: Translator): string {
  const sound = readData ? 'cli.vault.verify.sound-data' : 'cli.vault.verify.sound';
  return translator.text(found.errors.length === 0 ? sound : 'cli.vault.verify.damaged', {
    snapshots: translator.number(found.snapshots),
    objects: translator.number(found.objects),
    bytes: translator.bytes(found.bytes),
    errors: translator.number(found.errors.length),
  });
}
